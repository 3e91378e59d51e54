import { reactive, watch } from 'vue';
import type { PublicInquiryBody } from '#contracts/api/public-tickets';
import { randomKey } from '../../../shared/citizen/http';

export type ReportType = PublicInquiryBody['type'];

export interface ReportForm {
  type: ReportType;
  content: string;
  regionCode: string;
  address: string;
  name: string;
  phone: string;
  isAnonymous: boolean;
  isSecret: boolean;
  /** One per report: a second press, or a lost answer, sends the same one. */
  submissionKey: string;
}

export interface ReportKind {
  readonly type: ReportType;
  readonly label: string;
  readonly hint: string;
}

export const reportKinds: readonly ReportKind[] = [
  { type: 'HELP', label: '求助', hint: '有困难，请帮忙' },
  { type: 'COMPLAINT', label: '投诉', hint: '对单位或服务不满' },
  { type: 'CONSULT', label: '咨询', hint: '问政策、问怎么办' },
  { type: 'REPORT', label: '举报', hint: '违法违规线索，默认保密' },
  { type: 'SUGGESTION', label: '建议', hint: '怎样可以更好' },
  { type: 'PRAISE', label: '表扬', hint: '谁做得好' },
];

/** Kept in the tab only (security P-8); what is typed outlives a refresh and a lost line. */
const key = 'huiyin:report';

const empty = (): ReportForm => ({
  type: 'HELP',
  content: '',
  regionCode: '',
  address: '',
  name: '',
  phone: '',
  isAnonymous: false,
  isSecret: false,
  submissionKey: randomKey(),
});

const stored = (): Partial<ReportForm> => JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<ReportForm>;

export const useReportForm = (): { readonly form: ReportForm; clear(): void } => {
  const form = reactive<ReportForm>({ ...empty(), ...stored() });
  watch(form, () => sessionStorage.setItem(key, JSON.stringify(form)));
  return {
    form,
    clear: () => {
      Object.assign(form, empty());
      sessionStorage.removeItem(key);
    },
  };
};

const phonePattern = /^\+?[0-9][0-9\- ]{4,19}$/;

/** The same questions the server asks, put before anything is sent; answers by field. */
export const faultsOf = (form: ReportForm): Readonly<Record<string, string>> => ({
  ...(form.content.trim() === '' ? { content: '写几句发生了什么。' } : {}),
  ...(form.regionCode === '' ? { regionCode: '选一下事情发生在哪里。' } : {}),
  ...(!form.isAnonymous && !phonePattern.test(form.phone.trim()) ? { phone: '留一个能打通的电话；不想留就选“不留姓名电话”。' } : {}),
});

const optional = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

export const bodyOf = (form: ReportForm): Partial<PublicInquiryBody> => {
  const [address, name, phone] = [optional(form.address), optional(form.name), optional(form.phone)];
  return {
    type: form.type,
    content: form.content.trim(),
    regionCode: form.regionCode,
    source: 'WEB',
    isAnonymous: form.isAnonymous,
    isSecret: form.isSecret || form.type === 'REPORT',
    ...(address === undefined ? {} : { address }),
    ...(form.isAnonymous || name === undefined ? {} : { name }),
    ...(form.isAnonymous || phone === undefined ? {} : { phone }),
  };
};
