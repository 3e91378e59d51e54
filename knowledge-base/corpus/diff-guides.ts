import type { GuideContent } from '../contracts';

export interface GuideChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const fieldsOf = (content: GuideContent): ReadonlyMap<string, unknown> => {
  const { materials, ...rest } = content;
  const fields = new Map<string, unknown>(Object.entries(rest));
  // Materials are compared by name, so that one line added at the top is one change and not ten.
  for (const material of materials) fields.set(`materials/${material.name}`, material);
  return fields;
};

/** What a later version says differently, field by field. */
export const diffGuides = (before: GuideContent, after: GuideContent): GuideChange[] => {
  const old = fieldsOf(before);
  const now = fieldsOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => !same(old.get(field), now.get(field)))
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }));
};
