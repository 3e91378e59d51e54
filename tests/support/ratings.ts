import type { z } from 'zod';
import { RatingInput } from '#contracts/api/ratings';
import type { StaffActor } from '#kernel';
import type { Role } from '#contracts/vocabulary/roles';

export type RawRating = z.input<typeof RatingInput>;

let count = 0;

/** A rating as a platform sends it; a new service each time. */
export const aRating = (changes: Partial<RawRating> = {}): RawRating => {
  count += 1;
  return {
    codeSystem: 'PLATFORM',
    sourceSystem: 'hall-a',
    projectNo: `P${String(count).padStart(8, '0')}`,
    serviceNumber: 1,
    assessNumber: 1,
    satisfaction: 5,
    channel: 4,
    assessTime: '2026-10-09 08:30:00',
    taskCode: '11990000123456789K4990101001000',
    taskName: '不动产登记资料查询',
    deptCode: '11990100MB0000001X',
    areaCode: '990101',
    proStatus: 3,
    caseType: 1,
    acceptDate: '2026-10-09 08:00:00',
    ...changes,
  };
};

export const aBadRating = (changes: Partial<RawRating> & { readonly named?: boolean } = {}): RawRating => {
  const { named = true, ...rest } = changes;
  return aRating({
    satisfaction: 1,
    evalDetail: '109,113',
    writingEvaluation: '到窗口又要户口本原件，白跑一趟。',
    ...(named ? { userName: '张三丰', mobile: '13812345678' } : { isAnonymous: true }),
    ...rest,
  });
};

/** As the endpoint's schema hands it on. */
export const parsed = (raw: RawRating): RatingInput => RatingInput.parse(raw);

export const aStaff = (changes: Partial<StaffActor> & { readonly roles: readonly Role[] }): StaffActor => ({
  kind: 'staff',
  id: 'staff-1',
  name: '周敏',
  orgId: 'centre',
  orgPath: '/province/centre/',
  regionCode: '990000',
  sessionId: 'session',
  address: '127.0.0.1',
  ...changes,
});
