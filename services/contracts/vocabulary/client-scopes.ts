/** What a key of a peer system may be allowed; each is one line in the permission table. */
export const clientScopeLabels = {
  'ratings:write': '报送评价',
  'ratings:read': '查询评价',
  'rectifications:read': '查询整改单',
  'tickets:write': '登记工单',
  'tickets:read': '查询工单',
  'reports:read': '查询统计与台账',
  'guides:read': '检索办事指南',
  'guides:write': '维护办事指南',
  'organizations:read': '查询单位目录',
} as const;

export type ClientScope = keyof typeof clientScopeLabels;

export const clientScopes = Object.keys(clientScopeLabels) as readonly ClientScope[];

export const isClientScope = (value: string): value is ClientScope => Object.hasOwn(clientScopeLabels, value);
