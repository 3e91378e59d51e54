import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { RatingInput } from '#contracts/api/ratings';
import { caseTypes, proStatuses, raterKinds } from '#contracts/vocabulary/case-types';
import { ratingChannels } from '#contracts/vocabulary/rating-channels';
import { type CodeSystem, satisfactionLevels } from '#contracts/vocabulary/satisfaction';
import type { FieldProblem } from '#kernel';
import { intakeProblems, type RatingIntake } from '../domain/rating-intake';

export type ReadRating = { readonly ok: true; readonly rating: RatingIntake } | { readonly ok: false; readonly errors: readonly FieldProblem[] };

/** The only place where numbers of foreign code systems are turned into names (rules §5.1). */
const named = <T extends string>(given: string | number, numberOf: (name: T) => number | null, names: readonly T[]): T | null => {
  const name = names.find((entry) => entry === given);
  if (name !== undefined) return name;
  return names.find((entry) => numberOf(entry) === Number(given)) ?? null;
};

const keysOf = <T extends string>(table: Readonly<Record<T, unknown>>): readonly T[] => Object.keys(table) as T[];

const levelNames = keysOf(satisfactionLevels);
const channelNames = keysOf(ratingChannels);
const caseTypeNames = keysOf(caseTypes);
const proStatusNames = keysOf(proStatuses);
const raterKindNames = keysOf(raterKinds);

const codedFields = (input: RatingInput, system: CodeSystem) => ({
  satisfaction: named(input.satisfaction, (name) => satisfactionLevels[name].codes[system], levelNames),
  channel: named(input.channel, (name) => ratingChannels[name].platformCode, channelNames),
  caseType: named(input.caseType, (name) => caseTypes[name].codes[system], caseTypeNames),
  proStatus: named(input.proStatus, (name) => proStatuses[name].code, proStatusNames),
  userProp: input.userProp === undefined || input.userProp === null ? undefined : named(input.userProp, (name) => raterKinds[name].code, raterKindNames),
});

const orNull = (value: string | null | undefined): string | null => (value === undefined || value === '' ? null : value);

/** E.164 where the digits are a number that can be rung; otherwise kept as typed, which makes nobody reachable. */
const phoneOf = (mobile: string | null | undefined): string | null => {
  if (mobile === undefined || mobile === null || mobile === '') return null;
  const parsed = parsePhoneNumberFromString(mobile, 'CN');
  return parsed !== undefined && parsed.isPossible() ? parsed.number : mobile.replace(/^\+/, '');
};

const tagsOf = (given: RatingInput['evalDetail']): readonly string[] => {
  const parts = typeof given === 'string' ? given.split(/[,，;；]/) : (given ?? []);
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))].sort();
};

const unknownCodes = (fields: Readonly<Record<string, unknown>>, system: CodeSystem): readonly FieldProblem[] =>
  Object.entries(fields)
    .filter(([, value]) => value === null)
    .map(([field]) => ({ path: `/${field}`, code: 'unknown-code', message: `码系 ${system} 中没有这个代码` }));

/** Translates what a checked request says; answers problems where a number means nothing in the declared system. */
export const translateRating = (input: RatingInput): ReadRating => {
  const fields = codedFields(input, input.codeSystem);
  const { satisfaction, channel, caseType, proStatus } = fields;
  if (satisfaction === null || channel === null || caseType === null || proStatus === null || fields.userProp === null) {
    return { ok: false, errors: unknownCodes(fields, input.codeSystem) };
  }
  const rating: RatingIntake = {
    codeSystem: input.codeSystem,
    sourceSystem: input.sourceSystem,
    projectNo: input.projectNo,
    serviceNumber: input.serviceNumber,
    assessNumber: input.assessNumber,
    level: satisfaction,
    channel,
    caseType,
    proStatus,
    taskCode: input.taskCode,
    taskHandleItem: input.taskHandleItem ?? null,
    taskName: input.taskName,
    deptCode: input.deptCode,
    areaCode: input.areaCode,
    assessAt: input.assessTime,
    acceptAt: input.acceptDate,
    tags: tagsOf(input.evalDetail),
    words: orNull(input.writingEvaluation),
    userName: orNull(input.userName),
    certNo: orNull(input.certNo)?.toUpperCase() ?? null,
    mobile: phoneOf(input.mobile),
    userProp: fields.userProp ?? null,
    isAnonymous: input.isAnonymous ?? false,
    identityVerified: input.identityVerified ?? null,
    windowName: orNull(input.windowName),
    proManager: orNull(input.proManager),
    subMatter: orNull(input.subMatter),
    dataSource: orNull(input.dataSource),
  };
  const errors = intakeProblems(rating);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, rating };
};

/** One row of a batch or a file, not yet looked at. */
export const readRating = (row: unknown): ReadRating => {
  const parsed = RatingInput.safeParse(row);
  if (parsed.success) return translateRating(parsed.data);
  return {
    ok: false,
    errors: parsed.error.issues.slice(0, 20).map((issue) => ({ path: `/${issue.path.map(String).join('/')}`, code: issue.code, message: issue.message })),
  };
};
