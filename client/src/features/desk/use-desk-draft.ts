import { useServerDraft } from '../../shared/drafts/use-server-draft';
import type { RectificationDetail } from '../../shared/cases/case-api';
import { useCaseApi } from '../../shared/cases/use-cases';
import { type DeskForm, toBody, toDeskForm } from './desk-form';

/** What the department types, kept on the server; the whole form is sent, for a draft replaces the one before. */
export const useDeskDraft = (detail: () => RectificationDetail) => {
  const cases = useCaseApi();
  const { id } = detail();
  let last = toDeskForm(detail());
  let first: RectificationDetail | null = detail();
  return useServerDraft<DeskForm>({
    load: async () => {
      // The case is on the screen already; only after a conflict it is asked for again.
      const source = first ?? (await cases.read(id));
      first = null;
      last = toDeskForm(source);
      return { version: source.draft?.draftVersion ?? 0, content: last };
    },
    save: async (changes) => {
      const content = { ...last, ...changes };
      const saved = await cases.saveDraft(id, toBody(content));
      last = content;
      return { version: saved.draftVersion, content };
    },
  });
};
export type DeskDraft = ReturnType<typeof useDeskDraft>;
