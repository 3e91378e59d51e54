import type { Trails } from '#platform';
import type { InquiryAudits } from '../store/inquiry-audits';

export interface InquiryFinding {
  readonly invariant: string;
  readonly checked: number;
  readonly offending: readonly string[];
  readonly note?: string;
}

const batch = 500;

/** The trail belongs to the platform and is asked through its door, one conversation after the other. */
const brokenTrails = async (audits: InquiryAudits, trails: Trails): Promise<readonly string[]> => {
  const broken: string[] = [];
  for (let after = ''; ;) {
    const rows = await audits.states(after, batch);
    for (const { id, version, state } of rows) {
      const steps = await trails.of('conversation', id);
      if (steps.length !== version || steps.at(-1)?.version !== version || steps.at(-1)?.to !== state) broken.push(id);
    }
    if (rows.length < batch) return broken;
    after = rows.at(-1)?.id ?? '';
  }
};

/** security T-1: looks at every conversation and changes none. */
export const createVerifyInquiries = (audits: InquiryAudits, trails: Trails) => async (): Promise<readonly InquiryFinding[]> => {
  const checked = await audits.count();
  return [
    { invariant: 'I-09 conversation', checked, offending: await brokenTrails(audits, trails), note: '轨迹条数、末次状态与会话的版本、状态一致' },
    { invariant: 'conversation lines', checked, offending: await audits.brokenLines(), note: '消息序号从 1 起连续，末号与会话一致' },
    { invariant: 'conversation states', checked, offending: await audits.brokenStates(), note: '对话中必有坐席，排队中必在队里，结束的有结束时间' },
  ];
};
