/**
 * The matters that a hotline sorts by: a tree of three levels (rules §3.1). There is no national table; this is the one a new site
 * starts with, to be replaced by the place's own standard. A code's first two digits name its branch, four its twig.
 */
const tree: Readonly<Record<string, readonly [string, Readonly<Record<string, readonly [string, readonly string[]]>>]>> = {
  '01': [
    '城市管理',
    {
      '01': ['市容环境', ['占道经营', '暴露垃圾', '违规户外广告', '乱停乱放']],
      '02': ['市政设施', ['道路破损', '井盖缺损', '路灯不亮', '排水不畅']],
      '03': ['违法建设', ['私搭乱建', '施工扰民']],
      '04': ['园林绿化', ['树木修剪', '绿地损毁']],
    },
  ],
  '02': [
    '住房建设',
    {
      '01': ['物业服务', ['物业收费', '维修不及时', '公共收益', '电梯故障']],
      '02': ['房屋交易', ['延期交房', '房产证办理', '租赁纠纷']],
      '03': ['住房保障', ['公租房', '公积金', '危旧房改造']],
    },
  ],
  '03': [
    '公用事业',
    {
      '01': ['供水', ['停水', '水质', '水费']],
      '02': ['供电', ['停电', '电费', '电力设施']],
      '03': ['供气', ['停气', '燃气安全']],
      '04': ['供热', ['不热', '热费']],
      '05': ['通信', ['信号与宽带', '资费']],
    },
  ],
  '04': [
    '交通运输',
    {
      '01': ['公共交通', ['公交线路', '公交服务', '地铁']],
      '02': ['出租与网约车', ['拒载绕路', '费用争议']],
      '03': ['道路交通', ['拥堵与信号灯', '车驾管业务', '停车管理']],
    },
  ],
  '05': [
    '社会保障',
    {
      '01': ['社会保险', ['参保登记', '关系转移', '待遇发放', '缴费基数']],
      '02': ['医疗保障', ['医保转移', '异地就医', '报销比例']],
      '03': ['社会救助', ['低保', '临时救助', '残疾人保障']],
    },
  ],
  '06': ['劳动人事', { '01': ['劳动权益', ['拖欠工资', '劳动合同', '工伤']], '02': ['就业服务', ['就业补贴', '技能培训', '档案管理']] }],
  '07': [
    '教育',
    { '01': ['入学招生', ['学区划分', '转学', '中高考']], '02': ['学校管理', ['收费', '师德师风', '校园安全']], '03': ['校外培训', ['退费', '无证办学']] },
  ],
  '08': ['医疗卫生', { '01': ['医疗服务', ['就医秩序', '医患纠纷', '收费']], '02': ['公共卫生', ['疫苗接种', '传染病', '卫生监督']] }],
  '09': [
    '市场监管',
    {
      '01': ['消费维权', ['退换货', '虚假宣传', '预付卡']],
      '02': ['食品药品', ['食品安全', '药品安全']],
      '03': ['价格与许可', ['乱收费', '无照经营', '营业执照办理']],
    },
  ],
  '10': [
    '生态环境',
    {
      '01': ['噪声', ['工业噪声', '社会生活噪声', '施工噪声']],
      '02': ['大气与水', ['油烟', '扬尘', '污水排放']],
      '03': ['固体废物', ['垃圾处置', '危险废物']],
    },
  ],
  '11': [
    '公安政法',
    {
      '01': ['户籍证件', ['身份证', '户口迁移', '出入境证件']],
      '02': ['社会治安', ['治安隐患', '电信诈骗', '犬只管理']],
      '03': ['法律服务', ['法律援助', '公证']],
    },
  ],
  '12': ['农业农村', { '01': ['土地与村务', ['土地承包', '宅基地', '村务公开']], '02': ['农业生产', ['农资质量', '惠农补贴', '水利设施']] }],
  '13': [
    '政务服务',
    {
      '01': ['窗口服务', ['服务态度', '办理超时', '一次性告知']],
      '02': ['网上办事', ['系统故障', '办事指南有误']],
      '03': ['跨省通办', ['异地代收代办', '全程网办', '材料互认']],
    },
  ],
  '14': ['其他', { '01': ['综合', ['意见建议', '表扬感谢', '其他']] }],
};

export interface TicketCategory {
  readonly code: string;
  readonly label: string;
  readonly parentCode: string | null;
  readonly level: 1 | 2 | 3;
}

const flatten = (): readonly TicketCategory[] => {
  const all: TicketCategory[] = [];
  for (const [top, [topLabel, twigs]] of Object.entries(tree)) {
    all.push({ code: top, label: topLabel, parentCode: null, level: 1 });
    for (const [twig, [twigLabel, leaves]] of Object.entries(twigs)) {
      const twigCode = `${top}${twig}`;
      all.push({ code: twigCode, label: twigLabel, parentCode: top, level: 2 });
      leaves.forEach((label, index) => all.push({ code: `${twigCode}${String(index + 1).padStart(2, '0')}`, label, parentCode: twigCode, level: 3 }));
    }
  }
  // JSON objects order integer-like keys first; screens want the order of the codes.
  return all.sort((a, b) => (a.code < b.code ? -1 : 1));
};

export const ticketCategories: readonly TicketCategory[] = flatten();

const byCode = new Map(ticketCategories.map((category) => [category.code, category]));

export const isTicketCategory = (code: string): boolean => byCode.has(code);

/** 城市管理 → 市容环境 → 占道经营 */
export const categoryPath = (code: string): readonly string[] =>
  [2, 4, 6].filter((length) => length <= code.length).flatMap((length) => byCode.get(code.slice(0, length))?.label ?? []);
