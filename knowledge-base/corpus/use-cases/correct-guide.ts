import {
  type Correction,
  type CorrectionAction,
  type CorrectionMove,
  correctionReportSchema,
  type CorrectionReport,
  type CorrectionStatus,
} from '../../contracts';
import type { CorrectionRecord, CorrectionStore } from '../../store/correction-store';
import type { CorpusTools, KnowledgeActor } from '../deps';
import { correctionMissing, guideMissing, KnowledgeError } from '../knowledge-error';
import { shanghaiInstant } from '../validity';

export interface CorrectionTools extends CorpusTools {
  readonly corrections: CorrectionStore;
  /** rules 9: the owner answers within a working day; the calendar is the host's. */
  readonly dueAt: ((from: Date) => Date) | undefined;
}

interface Move {
  readonly from: readonly CorrectionStatus[];
  readonly to: CorrectionStatus;
  readonly needs?: 'ownerOrg' | 'answer';
}

const moves: Readonly<Record<CorrectionAction, Move>> = {
  assign: { from: ['SUBMITTED', 'ASSIGNED'], to: 'ASSIGNED', needs: 'ownerOrg' },
  fix: { from: ['ASSIGNED'], to: 'FIXED', needs: 'answer' },
  dismiss: { from: ['SUBMITTED', 'ASSIGNED'], to: 'DISMISSED', needs: 'answer' },
  close: { from: ['FIXED', 'DISMISSED'], to: 'CLOSED' },
};

const correctedFact = (correction: CorrectionRecord) => ({
  name: 'guide.corrected',
  payload: { correctionId: correction.id, guideId: correction.guideId, status: correction.status },
  rooms: ['knowledge'],
});

export const presentCorrection = ({ revision, updatedAt: _updatedAt, reportedAt, dueAt, ...correction }: CorrectionRecord): Correction => ({
  ...correction,
  version: revision,
  reportedAt: shanghaiInstant(reportedAt),
  dueAt: dueAt === null ? null : shanghaiInstant(dueAt),
});

/** What is known of the guide goes with the report: the version shown, and whose it is, so that it is assigned at once. */
const aboutGuide = async (
  { store }: CorrectionTools,
  { guideId, guideVersion }: CorrectionReport,
): Promise<{ readonly version: number | null; readonly owner: string }> => {
  if (guideId === null) return { version: null, owner: '' };
  const guide = await store.find(guideId);
  const version = guide === null ? null : await store.version(guideId, guideVersion ?? guide.currentVersion);
  if (version === null) throw guideMissing();
  return { version: version.version, owner: version.head.ownerOrg };
};

export const createReportCorrection =
  (tools: CorrectionTools) =>
  async (input: CorrectionReport, actor: KnowledgeActor): Promise<string> => {
    const report = correctionReportSchema.parse(input);
    const { version, owner } = await aboutGuide(tools, report);
    const now = tools.clock.now();
    const correction: CorrectionRecord = {
      ...report,
      guideVersion: version,
      id: tools.ids.next(),
      status: owner === '' ? 'SUBMITTED' : 'ASSIGNED',
      ownerOrg: owner,
      answer: null,
      reportedBy: actor.id,
      reportedAt: now.getTime(),
      dueAt: tools.dueAt?.(now).getTime() ?? null,
      revision: 1,
      updatedAt: now.getTime(),
    };
    return tools.database.inTransaction(async (work) => {
      await tools.corrections.insert(correction, work);
      work.announce(correctedFact(correction));
      return correction.id;
    });
  };

const refuseMove = (correction: CorrectionRecord, { from, needs }: Move, input: CorrectionMove): void => {
  if (!from.includes(correction.status))
    throw new KnowledgeError('conflict', 'knowledge/correction-state', '这条纠错现在不能这样处理。', { facts: { state: correction.status } });
  if (needs !== undefined && (input[needs] ?? '') === '') {
    throw new KnowledgeError('invalid', 'knowledge/correction-incomplete', needs === 'answer' ? '请写明核对结果。' : '请写明由哪个单位核对。', {
      errors: [{ path: `/${needs}`, code: 'required', message: '必填' }],
    });
  }
};

export const createMoveCorrection =
  ({ database, corrections, clock }: CorrectionTools) =>
  (id: string, revision: number, action: CorrectionAction, input: CorrectionMove): Promise<void> =>
    database.inTransaction(async (work) => {
      const found = await corrections.find(id, work);
      if (found === null) throw correctionMissing();
      const move = moves[action];
      refuseMove(found, move, input);
      const changed = {
        ...found,
        revision,
        status: move.to,
        ownerOrg: input.ownerOrg ?? found.ownerOrg,
        answer: input.answer ?? found.answer,
        updatedAt: clock.now().getTime(),
      };
      if (!(await corrections.replaceIfUnchanged(changed, work)))
        throw new KnowledgeError('stale', 'knowledge/correction-changed', '这条纠错已被他人处理，请核对最新内容。');
      work.announce(correctedFact(changed));
    });
