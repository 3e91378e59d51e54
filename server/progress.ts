/** Long work tells how far it is; shown on a terminal only. */
export type Progress = (done: number, total: number | null, what: string) => void;
