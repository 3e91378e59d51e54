import type { Desk } from './demo-spec';

/** What one place does its own way; enough that two places differ where it matters to the person who asks. */
export interface DeskPractice {
  readonly unit: string;
  readonly ownerOrgId?: string;
  readonly window: string;
  readonly phone: string;
  /** Added to the item's materials. */
  readonly extra?: string;
  /** Working days faster (−) or slower (+) than the usual promise. */
  readonly days?: number;
  readonly delivery: string;
}

export interface DemoPlace {
  readonly code: string;
  readonly name: string;
  readonly areaCode: string;
  readonly hours: string;
  readonly version: string;
  readonly verifiedAt: string;
  readonly practices: Readonly<Partial<Record<Desk, DeskPractice>>>;
}

const sms = '短信告知进度';
const mail = '免费寄递';

export const demoPlaces: readonly DemoPlace[] = [
  {
    code: '930100',
    name: '云江省澜州市',
    areaCode: '0920',
    hours: '工作日 9:00–17:30，每周三延时至 20:00',
    version: '2026-09-01',
    verifiedAt: '2026-10-08',
    practices: {
      hrss: {
        unit: '澜州市人力资源和社会保障局',
        ownerOrgId: 'org-lz-hrss',
        window: '澜州市社会保险经办大厅 12 号窗口',
        phone: '0920-8120101',
        delivery: `${sms}；证卡在大厅自取或${mail}`,
      },
      hsa: { unit: '澜州市医疗保障局', ownerOrgId: 'org-lz-hsa', window: '澜州市医保中心 6 号窗口', phone: '0920-8120202', delivery: sms },
      police: {
        unit: '澜州市公安局',
        ownerOrgId: 'org-lz-police',
        window: '澜州市户政大厅 5 号窗口',
        phone: '0920-8120303',
        delivery: `证件${mail}或到受理点领取`,
      },
      fund: {
        unit: '澜州市住房公积金管理中心',
        ownerOrgId: 'org-lz-fund',
        window: '澜州市公积金中心 2 号窗口',
        phone: '0920-8120404',
        delivery: `${sms}；款项划入本人银行账户`,
        days: -1,
      },
      civil: { unit: '澜州市民政局', ownerOrgId: 'org-lz-civil', window: '澜州市民政服务大厅 1 号窗口', phone: '0920-8120505', delivery: '现场领取' },
      realty: {
        unit: '澜州市不动产登记中心',
        ownerOrgId: 'org-lz-realty',
        window: '澜州市不动产登记大厅 3 号窗口',
        phone: '0920-8120606',
        delivery: `电子证明推送，纸质${mail}`,
      },
      amr: {
        unit: '澜州市市场监督管理局',
        ownerOrgId: 'org-lz-amr',
        window: '澜州市政务服务中心企业开办专区',
        phone: '0920-8120707',
        delivery: '电子证照即时生效，纸质寄递',
      },
      notary: { unit: '澜州市公证处', window: '澜州市公证处受理厅', phone: '0920-8120808', delivery: '电子公证书，纸质寄递到付' },
      disabled: { unit: '澜州市残疾人联合会', window: '澜州市残联服务窗口', phone: '0920-8120909', delivery: `${mail}到户` },
      ecology: { unit: '澜州市生态环境局', window: '澜州市政务服务中心 B 区', phone: '0920-8121010', delivery: '平台下载' },
      vehicle: { unit: '澜州市公安局车辆管理所', ownerOrgId: 'org-lz-police', window: '澜州市车管所办证厅', phone: '0920-8121111', delivery: '现场领取' },
    },
  },
  {
    code: '940100',
    name: '海岚省安渡市',
    areaCode: '0960',
    hours: '工作日 8:30–17:00，周六上午值班',
    version: '2026-08-15',
    verifiedAt: '2026-09-28',
    practices: {
      hrss: {
        unit: '安渡市人力资源和社会保障局',
        ownerOrgId: 'org-ad-hrss',
        window: '安渡市人社综合窗口 A05',
        phone: '0960-6610101',
        extra: '居住证或社保缴费记录|1|0|代收时核对在当地居住',
        days: 2,
        delivery: `${sms}；证卡邮寄到付`,
      },
      hsa: {
        unit: '安渡市医疗保障局',
        ownerOrgId: 'org-ad-hsa',
        window: '安渡市医保服务厅 2 号窗口',
        phone: '0960-6610202',
        days: 1,
        delivery: '服务平台消息和短信告知',
      },
      police: {
        unit: '安渡市公安局',
        ownerOrgId: 'org-ad-police',
        window: '安渡市公安政务服务站',
        phone: '0960-6610303',
        extra: '近期免冠照片回执|1|0|可在大厅自助拍照机取得',
        days: 3,
        delivery: '证件到付邮寄',
      },
      fund: {
        unit: '安渡市住房公积金管理中心',
        window: '安渡市公积金中心 6 号窗口',
        phone: '0960-6610404',
        extra: '增值税发票|1|0|购房、装修类须原件核验',
        delivery: '划入本人银行账户，不另行通知',
      },
      civil: { unit: '安渡市民政局', window: '安渡市婚姻和社会事务服务厅', phone: '0960-6610505', days: 2, delivery: '现场领取或寄递' },
      realty: {
        unit: '安渡市不动产登记中心',
        window: '安渡市不动产登记厅 8 号窗口',
        phone: '0960-6610606',
        extra: '询问笔录|1|0|可线上签署',
        days: 1,
        delivery: '纸质证书自取，电子证明同步',
      },
      amr: { unit: '安渡市市场监督管理局', window: '安渡市政务中心市场准入区', phone: '0960-6610707', days: 1, delivery: '电子证照，纸质自取' },
      notary: {
        unit: '安渡市海晏公证处',
        window: '安渡市海晏公证处',
        phone: '0960-6610808',
        extra: '用途声明|1|0|写明使用国家或单位',
        days: 2,
        delivery: '纸质自取或寄递',
      },
      disabled: { unit: '安渡市残疾人联合会', window: '安渡市残联一楼窗口', phone: '0960-6610909', days: 3, delivery: '社区代领' },
      vehicle: {
        unit: '安渡市公安局交警支队车管所',
        ownerOrgId: 'org-ad-police',
        window: '安渡市车管所 3 号窗口',
        phone: '0960-6611111',
        delivery: '现场领取或寄递',
      },
    },
  },
  {
    code: '950100',
    name: '北原省朔宁市',
    areaCode: '0961',
    hours: '工作日 8:30–12:00、13:30–17:30',
    version: '2026-07-20',
    verifiedAt: '2026-09-15',
    practices: {
      hrss: { unit: '朔宁市社会保险事业中心', window: '朔宁市社保中心 1 楼 4 号窗口', phone: '0961-5520101', days: 5, delivery: '短信告知，证卡网点领取' },
      police: { unit: '朔宁市公安局', window: '朔宁市户籍服务大厅', phone: '0961-5520303', days: 2, delivery: '到受理点领取' },
      fund: {
        unit: '朔宁市住房公积金中心',
        window: '朔宁市公积金服务厅',
        phone: '0961-5520404',
        extra: '个人征信报告|1|0|贷款类业务',
        delivery: '划入本人银行账户并短信告知',
      },
    },
  },
  {
    code: '960100',
    name: '南屏省榕安市',
    areaCode: '0962',
    hours: '工作日 9:00–12:00、14:00–18:00',
    version: '2026-06-30',
    verifiedAt: '2026-09-10',
    practices: {
      hsa: { unit: '榕安市医疗保障局', window: '榕安市医保大厅 9 号窗口', phone: '0962-7730202', extra: '异地居住登记表|1|0|可在线填写', delivery: '短信告知' },
      realty: { unit: '榕安市自然资源和不动产登记服务中心', window: '榕安市不动产综合窗口', phone: '0962-7730606', days: -1, delivery: '电子证书，不再发纸质' },
    },
  },
];
