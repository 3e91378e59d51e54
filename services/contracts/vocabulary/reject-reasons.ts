/** rules §3.3.2: every refusal tells the citizen why; some must also name the lawful way. */
export const rejectReasonLabels = {
  LEGAL_CHANNEL: '应走或已走诉讼、仲裁、纪检监察、行政复议、政府信息公开等法定途径',
  IN_PETITION: '已进入信访渠道',
  STATE_SECRET: '涉及国家秘密',
  TRADE_SECRET: '涉及商业秘密',
  PRIVACY: '涉及他人隐私',
  UNLAWFUL_OR_IMMORAL: '违法或违背公序良俗',
  ALREADY_CONCLUDED: '已依法处理且结论合法合理，又无新情况',
  OUT_OF_DUTY: '超出政府与公共服务单位职责',
  OUT_OF_TERRITORY: '辖区外事项',
  INFO_NOT_SUPPLIED: '要素不全且逾期未补',
} as const;

export type RejectReason = keyof typeof rejectReasonLabels;

export const needsLegalChannel = (reason: RejectReason): boolean => reason === 'LEGAL_CHANNEL' || reason === 'IN_PETITION';

/** A matter of another place is not refused but referred (rules §3.3.2, §8.4). */
export const mustBeReferred = (reason: RejectReason): boolean => reason === 'OUT_OF_TERRITORY';
