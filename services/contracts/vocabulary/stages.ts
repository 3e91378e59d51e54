/** The five columns in which every desk sorts its work, tickets and rectifications alike (rules §3.5). */
export const stageLabels = { TODO: '待处理', DOING: '办理中', REVIEW: '待审核', CALLBACK: '待回访', DONE: '已完结' } as const;

export type Stage = keyof typeof stageLabels;

const stageOfState: Readonly<Record<string, Stage>> = {
  DRAFT: 'TODO',
  PENDING_ACCEPT: 'TODO',
  PENDING_INFO: 'TODO',
  PENDING_DISPATCH: 'TODO',
  PENDING_SIGN: 'TODO',
  PENDING_ASSIGN: 'TODO',
  PENDING_VERIFY: 'TODO',
  IN_PROGRESS: 'DOING',
  RECTIFYING: 'DOING',
  APPEALING: 'DOING',
  PENDING_REVIEW: 'REVIEW',
  PENDING_CALLBACK: 'CALLBACK',
};

export const stageOf = (state: string): Stage => stageOfState[state] ?? 'DONE';

/** The states that a stage gathers, of those named. */
export const statesOfStage = <State extends string>(stage: Stage, states: readonly State[]): readonly State[] =>
  states.filter((state) => stageOf(state) === stage);
