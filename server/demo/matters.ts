import type { CreateTicketBody } from '#contracts/api/tickets';

/** What citizens of the invented city bring: words of our own, no real place, no real person. */
export interface Matter {
  readonly type: NonNullable<CreateTicketBody['type']>;
  readonly title: string;
  readonly content: string;
  readonly categoryCode: string;
  readonly orgId: string;
  /** Login of the unit's handler. */
  readonly handler: string;
  readonly urgency?: 'NORMAL' | 'URGENT';
  readonly address?: string;
  readonly details?: CreateTicketBody['details'];
  readonly result: string;
}

const help = { type: 'HELP' } as const;
const consult = { type: 'CONSULT' } as const;

export const matters: readonly Matter[] = [
  {
    ...help,
    title: '小区夜间停水',
    content: '望湖小区三号楼昨晚十点开始停水，今早还没来，家里有老人和孩子。',
    categoryCode: '030101',
    orgId: 'org-lz-donghu',
    handler: 'handler.donghu',
    urgency: 'URGENT',
    address: '东湖区湖滨街道望湖小区三号楼',
    result: '水泵房阀门损坏，已更换，当日恢复供水。',
  },
  {
    ...help,
    title: '路面塌陷存在安全隐患',
    content: '津门路与通江路交叉口非机动车道塌了一块，夜里看不见，已经有人摔倒。',
    categoryCode: '010201',
    orgId: 'org-lz-urban',
    handler: 'handler.urban',
    urgency: 'URGENT',
    address: '西津区津门路通江路口',
    result: '已设围挡并回填，三日内完成路面恢复。',
  },
  {
    ...help,
    title: '路灯不亮',
    content: '青溪大道南段十几盏路灯连着几晚没有亮，上夜班的人走路害怕。',
    categoryCode: '010203',
    orgId: 'org-lz-qingxi',
    handler: 'handler.qingxi',
    address: '青溪县青溪大道南段',
    result: '线路被施工挖断，已抢修，路灯全部点亮。',
  },
  {
    ...help,
    title: '楼下烧烤店油烟直排',
    content: '湖滨路一家烧烤店油烟对着居民窗户排，晚上不敢开窗。',
    categoryCode: '100201',
    orgId: 'org-lz-donghu',
    handler: 'handler.donghu',
    address: '东湖区湖滨路',
    result: '已责令安装净化设施并调整排口，复查达标。',
  },
  {
    ...help,
    title: '电梯反复故障',
    content: '锦绣苑五号楼电梯一个月坏了四次，物业说等配件，高层老人下不了楼。',
    categoryCode: '020104',
    orgId: 'org-lz-housing',
    handler: 'handler.housing',
    address: '西津区锦绣苑五号楼',
    result: '已约谈物业并更换门机板，连续运行一周无故障。',
  },
  {
    ...help,
    title: '工资拖欠两个月',
    content: '在城东一家装修公司干活，八月九月工资没有发，老板电话不接。',
    categoryCode: '060101',
    orgId: 'org-lz-hrss',
    handler: 'handler2.hrss',
    address: '东湖区城东建材市场',
    result: '劳动监察已立案，单位承诺分两次付清，首笔已到账。',
  },
  {
    ...help,
    title: '社保关系转不过来',
    content: '从安渡市辞职回澜州，养老保险转移申请提交二十天没有动静。',
    categoryCode: '050102',
    orgId: 'org-lz-hrss',
    handler: 'handler2.hrss',
    address: '澜州市社保大厅',
    result: '转出地联系函退回，已与安渡市核对账户并重新发起，转移完成。',
  },
  {
    ...help,
    title: '医保异地备案后仍不能直接结算',
    content: '已经在小程序上备案到安渡市，住院结算时医院说查不到备案信息。',
    categoryCode: '050202',
    orgId: 'org-lz-hsa',
    handler: 'handler.hsa',
    address: '澜州市医保中心',
    result: '备案信息同步失败，已重新上传，出院时直接结算成功。',
  },
  {
    ...help,
    title: '房产证办理一直拖延',
    content: '交房两年，开发商说资料已经报了，不动产登记中心说没有收到。',
    categoryCode: '020202',
    orgId: 'org-lz-realty',
    handler: 'handler.realty',
    address: '东湖区云锦府',
    result: '开发企业补齐测绘资料，首登已完成，可预约办理分户。',
  },
  {
    ...help,
    title: '公积金账户查不到缴存记录',
    content: '换了单位之后公积金账户显示两条，少了半年的缴存。',
    categoryCode: '020302',
    orgId: 'org-lz-fund',
    handler: 'handler.fund',
    address: '澜州市公积金中心',
    result: '两个账户已合并，缺失月份由原单位补缴到账。',
  },
  {
    ...help,
    title: '残疾人补贴没有到账',
    content: '两项补贴从上个月起没有发，村里说名单报上去了。',
    categoryCode: '050303',
    orgId: 'org-lz-civil',
    handler: 'handler.civil',
    address: '云岭县云峰镇',
    result: '银行卡号变更未同步，已更正并补发。',
  },
  {
    ...help,
    title: '宅基地确权资料丢失',
    content: '当年交的材料镇里找不到，现在让我重新开证明。',
    categoryCode: '120102',
    orgId: 'org-lz-yunling',
    handler: 'handler.yunling',
    address: '云岭县云峰镇上坪村',
    result: '在县档案馆调到原始材料，无需再开证明，证书已发放。',
  },
  {
    ...consult,
    title: '灵活就业人员怎样参保',
    content: '辞职后想自己交养老保险，问在澜州怎么登记，能不能网上办。',
    categoryCode: '050101',
    orgId: 'org-lz-hrss',
    handler: 'handler.hrss',
    details: { matter: '灵活就业人员参保登记' },
    result: '可网上办理，已发办理指引。',
  },
  {
    ...consult,
    title: '夫妻一方在外地能不能在澜州登记结婚',
    content: '两人户口都不在澜州，想在这里登记，要带什么。',
    categoryCode: '110103',
    orgId: 'org-lz-civil',
    handler: 'handler.civil',
    details: { matter: '结婚登记' },
    result: '可以，带双方身份证和近期合照即可。',
  },
  {
    ...consult,
    title: '在澜州买房怎样提取安渡的公积金',
    content: '公积金在安渡缴，在澜州买了新房，想问能不能在澜州交材料。',
    categoryCode: '020302',
    orgId: 'org-lz-fund',
    handler: 'handler2.fund',
    details: { matter: '购房提取住房公积金', receivingRegion: '930100', handlingRegion: '940100' },
    result: '可在澜州窗口代收，安渡审批。',
  },
  {
    ...consult,
    title: '身份证丢了能在外地补办吗',
    content: '户口在海岚省，人在澜州上班，身份证丢了。',
    categoryCode: '110101',
    orgId: 'org-lz-police',
    handler: 'handler.police',
    details: { matter: '异地补领居民身份证' },
    result: '可在任一受理点补领。',
  },
  {
    ...consult,
    title: '个体户执照怎么注销',
    content: '店已经不开了，执照还没销，问能不能简易注销。',
    categoryCode: '090303',
    orgId: 'org-lz-amr',
    handler: 'handler.amr',
    details: { matter: '个体工商户注销登记' },
    result: '符合简易注销条件，可线上申请。',
  },
  {
    type: 'SUGGESTION',
    title: '建议增设夜间社保服务窗口',
    content: '上班族白天请假不方便，建议社保大厅每周开一个晚上。',
    categoryCode: '050101',
    orgId: 'org-lz-hrss',
    handler: 'handler2.hrss',
    details: { field: '社会保险经办服务' },
    result: '拟自下月起每周三延时至 20 点，已公告。',
  },
  {
    type: 'SUGGESTION',
    title: '建议公交早高峰加车',
    content: '从津门到高新区的公交早高峰挤不上去，建议加密。',
    categoryCode: '040101',
    orgId: 'org-lz-xijin',
    handler: 'handler.xijin',
    details: { field: '公共交通' },
    result: '已与公交公司协调，早高峰加开三班。',
  },
  {
    type: 'PRAISE',
    title: '表扬不动产窗口工作人员',
    content: '给老人办抵押注销，工作人员主动上门核验，省了很多事。',
    categoryCode: '020202',
    orgId: 'org-lz-realty',
    handler: 'handler2.realty',
    result: '已转达并在内部通报表扬。',
  },
];

export const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'] as const;
export const givenNames = ['晓明', '建国', '丽华', '志强', '秀英', '海燕', '文博', '玉兰', '俊杰', '雪梅', '国强', '婷婷', '浩', '静', '敏', '磊'] as const;

/** Rated services: task, unit, code of the task, and the window where it is done. */
export const services = [
  {
    taskName: '灵活就业人员参保登记',
    taskCode: '2014001001',
    orgId: 'org-lz-hrss',
    handler: 'handler.hrss',
    second: 'handler2.hrss',
    approver: 'approver.hrss',
    windowName: '社保大厅 12 号窗口',
  },
  {
    taskName: '养老保险关系转移接续',
    taskCode: '2014001014',
    orgId: 'org-lz-hrss',
    handler: 'handler.hrss',
    second: 'handler2.hrss',
    approver: 'approver.hrss',
    windowName: '社保大厅 3 号窗口',
  },
  {
    taskName: '异地就医备案',
    taskCode: '2036001003',
    orgId: 'org-lz-hsa',
    handler: 'handler.hsa',
    second: 'handler2.hsa',
    approver: 'approver.hsa',
    windowName: '医保中心 6 号窗口',
  },
  {
    taskName: '不动产登记资料查询',
    taskCode: '0115011001',
    orgId: 'org-lz-realty',
    handler: 'handler.realty',
    second: 'handler2.realty',
    approver: 'approver.realty',
    windowName: '不动产 3 号窗口',
  },
  {
    taskName: '购房提取住房公积金',
    taskCode: '2017002002',
    orgId: 'org-lz-fund',
    handler: 'handler.fund',
    second: 'handler2.fund',
    approver: 'approver.fund',
    windowName: '公积金中心 2 号窗口',
  },
  {
    taskName: '户口迁移',
    taskCode: '0709001005',
    orgId: 'org-lz-police',
    handler: 'handler.police',
    second: 'handler2.police',
    approver: 'approver.police',
    windowName: '户政大厅 5 号窗口',
  },
] as const;

export const complaints = [
  { tags: '109', level: '1', words: '指南上没有写要户口本原件，窗口非要，我又跑了一趟。' },
  { tags: '113', level: '1', words: '一楼让去二楼，二楼说不归他们管，来回跑了三次。' },
  { tags: '209', level: '2', words: '说好三个工作日，过了一周还没有办好，也没人告诉我。' },
  { tags: '210', level: '2', words: '同一份证明在两个窗口各交了一遍。' },
  { tags: '212', level: '2', words: '网上预约了十点，到了还要重新取号排队。' },
  { tags: '214', level: '2', words: '问多了就不耐烦，态度不好。' },
  { tags: '111', level: '1', words: '照着样表填的，窗口说样表是错的。' },
] as const;
