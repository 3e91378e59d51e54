import type { GuideHead, KnowledgeStatus } from '../contracts';

const shanghaiOffsetMs = 8 * 3_600_000;

/** Calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export const dayOf = (at: Date): string => new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(0, 10);

export const shanghaiInstant = (millis: number): string => `${new Date(millis + shanghaiOffsetMs).toISOString().slice(0, 23)}+08:00`;

export const isValidOn = (head: Pick<GuideHead, 'validFrom' | 'validUntil'>, day: string): boolean =>
  head.validFrom <= day && (head.validUntil === null || day <= head.validUntil);

export const statusOn = (stored: KnowledgeStatus, head: Pick<GuideHead, 'validUntil'>, day: string): KnowledgeStatus =>
  stored === 'PUBLISHED' && head.validUntil !== null && head.validUntil < day ? 'EXPIRED' : stored;
