/** Figures that the rules mark 荐 or 争: data of a site, not code (rules, preface). */
export interface TicketPolicy {
  readonly maxRehandles: number;
  readonly reopenDays: number;
  readonly archiveDays: number;
  /** How far back the same matter of the same citizen counts as a repetition (rules §3.3.3). */
  readonly duplicateDays: number;
  readonly extensionsPerTicket: number;
  readonly extensionMaxDays: number;
  /** Attempts on different days after which an unreachable citizen counts as called back. */
  readonly callbackAttempts: number;
  readonly callbackDays: number;
  readonly lookupFailures: number;
  readonly lookupLockMinutes: number;
  /** Plain views of sealed fields that one person may open in an hour (security A-5). */
  readonly revealsPerHour: number;
}

export const defaultTicketPolicy: TicketPolicy = {
  maxRehandles: 2,
  reopenDays: 30,
  archiveDays: 30,
  duplicateDays: 30,
  extensionsPerTicket: 1,
  extensionMaxDays: 5,
  callbackAttempts: 3,
  callbackDays: 2,
  lookupFailures: 5,
  lookupLockMinutes: 60,
  revealsPerHour: 60,
};
