/**
 * rules §5.2. The rules list one table of numbers; PHONE has none, so a phone rating waits as 待报送 until a site maps it, and no other
 * channel's number is borrowed.
 */
export const ratingChannels = {
  PC: { label: '电脑端', platformCode: 1, textLimit: 500 },
  MOBILE: { label: '移动端', platformCode: 2, textLimit: 500 },
  QR_CODE: { label: '二维码', platformCode: 3, textLimit: 500 },
  HALL_TABLET: { label: '大厅平板', platformCode: 4, textLimit: 150 },
  HALL_OTHER: { label: '大厅其他终端', platformCode: 5, textLimit: 150 },
  SMS: { label: '短信', platformCode: 6, textLimit: 500 },
  SYSTEM_DEFAULT: { label: '系统默认', platformCode: 7, textLimit: 500 },
  PHONE: { label: '电话', platformCode: null, textLimit: 500 },
} as const;

export type RatingChannel = keyof typeof ratingChannels;
export const ratingChannelNames = Object.keys(ratingChannels) as readonly RatingChannel[];
