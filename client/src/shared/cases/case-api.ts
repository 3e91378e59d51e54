import type { MustDo, RectificationDetail, RectificationForm, RectificationItem } from '#contracts/api/rectification';
import type { Api, Query } from '../api/client';
import type { Page } from '../api/page';

export type { MustDo, RectificationDetail, RectificationForm, RectificationItem };

interface SavedDraft {
  readonly draftVersion: number;
  readonly savedAt: string;
}

/** The rectification's part of the API, in one place, so that its addresses stand in the client once. */
export const createCaseApi = (api: Api) => ({
  list: (query: Query) => api.get<Page<RectificationItem>>('/rectifications', { query }),
  read: (id: string) => api.get<RectificationDetail>(`/rectifications/${id}`),
  mustDo: () => api.get<MustDo>('/rectifications/must-do'),
  move: (id: string, given: { readonly action: string; readonly input: Readonly<Record<string, unknown>>; readonly version: number }) =>
    api.post<unknown>(`/rectifications/${id}/moves/${given.action}`, { body: given.input, ifMatch: given.version }),
  saveDraft: (id: string, form: RectificationForm) => api.put<SavedDraft>(`/rectifications/${id}/draft`, { body: form }),
  addContact: (id: string, contact: Readonly<Record<string, unknown>>) => api.post<unknown>(`/rectifications/${id}/contacts`, { body: contact }),
  addCallback: (id: string, callback: Readonly<Record<string, unknown>>) => api.post<unknown>(`/rectifications/${id}/callbacks`, { body: callback }),
});

export type CaseApi = ReturnType<typeof createCaseApi>;
