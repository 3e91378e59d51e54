/** How a ticket leaves for another hotline (rules §8.4). */
export const referralMethodLabels = {
  WARM_TRANSFER: '三方转接',
  INFORM_CALLER: '告知对方热线',
  AGREEMENT_CHANNEL: '已签协议地区的对接通道',
  LETTER: '函转',
} as const;

export type ReferralMethod = keyof typeof referralMethodLabels;

/** Where to: an emergency line, a lawful channel or the hotline of another place (rules §1, §3.3.1). */
export const referralTargetLabels = {
  EMERGENCY_110: '110 报警',
  EMERGENCY_119: '119 火警',
  EMERGENCY_120: '120 急救',
  EMERGENCY_122: '122 交通事故',
  LEGAL_CHANNEL: '法定渠道',
  OTHER_HOTLINE: '外地 12345 热线',
} as const;

export type ReferralTarget = keyof typeof referralTargetLabels;

/** Personal data leave the place by these ways, so the citizen's consent is recorded first (rules §8.4.3). */
export const needsConsent = (target: ReferralTarget, method: ReferralMethod): boolean =>
  target === 'OTHER_HOTLINE' && (method === 'AGREEMENT_CHANNEL' || method === 'LETTER');
