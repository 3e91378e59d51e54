/** Roles of rules §2. */
export const roleLabels = {
  AGENT: '坐席',
  TEAM_LEAD: '班长',
  DISPATCHER: '派单员',
  HANDLER: '承办人',
  ORG_APPROVER: '承办单位负责人',
  REVIEWER: '审核员',
  CALLBACK_AGENT: '回访员',
  RATING_SUPERVISOR: '好差评主管',
  APPEAL_REVIEWER: '申诉复核人',
  KB_EDITOR: '知识编辑',
  KB_REVIEWER: '知识审核',
  MANAGER: '管理者',
  AUDITOR: '审计员',
  ADMIN: '系统管理员',
} as const;

export type Role = keyof typeof roleLabels;

export const roles = Object.keys(roleLabels) as readonly Role[];

export const isRole = (value: string): value is Role => Object.hasOwn(roleLabels, value);
