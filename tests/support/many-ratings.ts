/** A demonstration unit's code, so that bad ratings find their unit. */
export interface RatingTarget {
  readonly deptCode: string;
  readonly areaCode: string;
}

export interface MadeRating {
  readonly body: Record<string, unknown>;
  readonly bad: boolean;
}

/** The n-th rating of a run: about 8% bad, named and anonymous, with tags of the level; the same n gives the same content. */
export const makeRating = (run: string, n: number, target: RatingTarget): MadeRating => {
  const bad = n % 12 === 5;
  const level = bad ? (n % 24 === 5 ? '1' : '2') : ['5', '5', '4', '5', '3'][n % 5];
  const tags: Record<string, string> = { '5': '510,517', '4': '411', '3': '310', '2': '209,213', '1': '109' };
  return {
    bad,
    body: {
      codeSystem: 'PLATFORM',
      sourceSystem: 'bench',
      projectNo: `${run}-${n}`,
      serviceNumber: 1,
      assessNumber: 1,
      satisfaction: level,
      channel: n % 3 === 0 ? '4' : '2',
      assessTime: '2026-10-08T10:00:00+08:00',
      taskCode: '0120140010',
      taskName: '灵活就业人员参保登记',
      deptCode: target.deptCode,
      areaCode: target.areaCode,
      proStatus: '3',
      caseType: '2',
      acceptDate: '2026-10-07T09:00:00+08:00',
      evalDetail: tags[level ?? '5'],
      ...(n % 2 === 0 ? { writingEvaluation: `第${n}次来办事，窗口说明清楚。`, userName: '王小明', mobile: `138${String(10_000_000 + n)}` } : {}),
    },
  };
};
