/** Where a ticket came from (rules §3.1). */
export const sourceChannelLabels = {
  PHONE: '电话',
  WEB: '门户网站',
  APP: 'APP',
  MINI_PROGRAM: '小程序',
  WECHAT: '微信',
  WEIBO: '微博',
  SMS: '短信',
  MAILBOX: '信箱',
  HALL: '大厅“办不成事”窗口',
  POLICE_110: '110 转入',
  SUPERIOR: '上级平台交办',
  RATING_PLATFORM: '好差评平台交办',
  OTHER_HOTLINE: '外地热线转来',
} as const;

export type SourceChannel = keyof typeof sourceChannelLabels;
