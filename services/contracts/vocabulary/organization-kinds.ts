/** What a unit is; a government and a hotline centre stand for their whole region, the others for themselves. */
export const organizationKinds = {
  GOVERNMENT: '人民政府',
  GOVERNMENT_DEPARTMENT: '政府部门',
  HOTLINE_CENTER: '热线中心',
  STREET: '镇街',
  PUBLIC_SERVICE: '公共服务单位',
  HALL: '政务大厅',
} as const;

export type OrganizationKind = keyof typeof organizationKinds;
