import { column } from '#platform';

const ofCase = { rectificationId: column.ref() };

export const caseColumns = {
  id: column.id(),
  caseNo: column.code(20),
  sourceSystem: column.code(),
  projectNo: column.code(50),
  serviceNumber: column.number(),
  state: column.code(30),
  version: column.number(),
  round: column.number(),
  level: column.code(20),
  channel: column.code(20),
  caseType: column.code(10),
  taskCode: column.code(64),
  taskName: column.code(200),
  regionCode: column.code(6),
  deptCode: column.code(18),
  windowName: column.codeOrNull(100),
  isRealName: column.flag(),
  orgId: column.refOrNull(),
  orgPath: column.codeOrNull(400),
  ratedOrgPath: column.codeOrNull(400),
  ratedStaffId: column.refOrNull(),
  ratedAt: column.instant(),
  openedAt: column.instant(),
  roundStartedAt: column.instant(),
  verifiedAt: column.instantOrNull(),
  isTrue: column.flagOrNull(),
  isReasonable: column.flagOrNull(),
  outcome: column.codeOrNull(20),
  appealedAt: column.instantOrNull(),
  pausedAt: column.instantOrNull(),
  extensions: column.count(),
  submittedAt: column.instantOrNull(),
  repliedAt: column.instantOrNull(),
  reviewedAt: column.instantOrNull(),
  calledBackAt: column.instantOrNull(),
  callbackResult: column.codeOrNull(20),
  closedAt: column.instantOrNull(),
  closedDissatisfied: column.flag(),
  notAdoptedCategory: column.codeOrNull(20),
  verifyDueAt: column.instant(),
  rectifyDueAt: column.instant(),
  rectifyFirstDueAt: column.instant(),
  appealFileDueAt: column.instantOrNull(),
  currentDueAt: column.instantOrNull(),
  ledgerDueAt: column.instant(),
  ledgerMonth: column.code(7),
  evidenceCount: column.count(),
  content: column.textOrNull(),
};

export const deadlineColumns = {
  id: column.id(),
  ...ofCase,
  clockName: column.code(20),
  round: column.number(),
  startsAt: column.instant(),
  amount: column.number(),
  firstDueAt: column.instant(),
  dueAt: column.instant(),
  provisional: column.flag(),
  calendarVersion: column.number(),
  termsVersion: column.number(),
  metAt: column.instantOrNull(),
};

export const pauseColumns = { id: column.id(), ...ofCase, clockName: column.code(20), fromAt: column.instant(), toAt: column.instantOrNull() };

export const attemptColumns = {
  id: column.id(),
  ...ofCase,
  round: column.number(),
  at: column.instant(),
  method: column.code(20),
  result: column.code(20),
  note: column.text(),
  staffId: column.ref(),
  recordedAt: column.instant(),
};

export const linkColumns = { originId: column.id(), kind: column.code(12), ...ofCase, at: column.instant() };
export const handColumns = {
  rectificationId: column.id(),
  staffId: { ...column.ref(), primaryKey: true },
  part: { ...column.code(20), primaryKey: true },
  at: column.instant(),
};
export const draftColumns = {
  rectificationId: column.id(),
  content: column.text(),
  savedBy: column.ref(),
  savedAt: column.instant(),
  draftVersion: column.number(),
};

const flags = new Set(['isRealName', 'closedDissatisfied', 'provisional']);
const flagsOrNull = new Set(['isTrue', 'isReasonable']);
const isInstant = (name: string): boolean => name === 'at' || name.endsWith('At');

const plainValue = (name: string, value: unknown): unknown => {
  if (flags.has(name)) return Boolean(value);
  if (value === null) return null;
  if (flagsOrNull.has(name)) return Boolean(value);
  return isInstant(name) ? Number(value) : value;
};

/** What the drivers give differs in flags and big numbers; what leaves the store does not. */
export const plain = (row: object): unknown =>
  Object.fromEntries(Object.entries(row).map(([name, value]: [string, unknown]) => [name, plainValue(name, value)]));
