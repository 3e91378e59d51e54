/** Why a line was not taken; the other lines are. */
export interface RowFault {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

export interface ImportReport {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: readonly RowFault[];
}
