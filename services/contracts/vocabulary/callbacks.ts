export const callbackMethodLabels = { PHONE: '电话', SMS: '短信', WECHAT: '微信', VISIT: '上门' } as const;

export type CallbackMethod = keyof typeof callbackMethodLabels;

/** What came of one attempt; only REACHED is a valid call-back in the sense of rules §7. */
export const callbackResultLabels = { REACHED: '接通并明确答复', NO_ANSWER: '无人接听', WRONG_NUMBER: '号码有误', REFUSED: '拒绝回访' } as const;

export type CallbackResult = keyof typeof callbackResultLabels;

/** How the citizen was told of an extension (rules §3.7). */
export const noticeMethodLabels = { PHONE: '电话告知', SMS: '短信告知', WECHAT: '微信告知', NOT_POSSIBLE: '无联系方式，无法告知' } as const;
