import type { attachmentPurposes, AttachmentSubject, AttachmentView } from '#contracts/api/attachments';
import { ApiProblem, noAnswer, toProblem } from '../api/problem';

export const MAX_BYTES = 20 * 1024 * 1024;
const extensions = ['jpg', 'jpeg', 'png', 'pdf', 'docx', 'xlsx', 'mp3', 'wav', 'mp4'] as const;
export const acceptedFiles = extensions.map((extension) => `.${extension}`).join(',');
export const acceptedWords = 'JPG、PNG、PDF、DOCX、XLSX、MP3、WAV、MP4，单个 ≤ 20 MB';

export type Purpose = keyof typeof attachmentPurposes;

export interface UploadTarget {
  readonly subject: AttachmentSubject;
  readonly subjectId: string;
  readonly purpose: Purpose;
}

/** Said before anything is sent; the server looks into the file itself and has the last word. */
export const objectionTo = (file: Pick<File, 'name' | 'size'>): string | null => {
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!extensions.some((known) => known === extension)) return `不收 .${extension} 文件，可收 ${acceptedWords}`;
  if (file.size === 0) return '文件是空的';
  return file.size > MAX_BYTES ? `${(file.size / 1024 / 1024).toFixed(1)} MB，超过 20 MB` : null;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** XMLHttpRequest because it alone tells how far an upload has come. */
export const uploadFile = (
  file: File,
  target: UploadTarget,
  given: { readonly csrfToken: string | null; readonly onProgress: (share: number) => void },
): Promise<AttachmentView> =>
  new Promise((resolve, reject) => {
    const form = new FormData();
    form.set('subject', target.subject);
    form.set('subjectId', target.subjectId);
    form.set('purpose', target.purpose);
    form.set('file', file, file.name);
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/attachments');
    request.timeout = 120_000;
    if (given.csrfToken !== null) request.setRequestHeader('X-CSRF-Token', given.csrfToken);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) given.onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status === 201) resolve(body as AttachmentView);
      else reject(toProblem(request.status, body));
    });
    request.addEventListener('error', () => reject(noAnswer(false)));
    request.addEventListener('timeout', () => reject(noAnswer(true)));
    request.send(form);
  });

export const sentenceOf = (error: unknown): string => (error instanceof ApiProblem ? error.detail : '没有传上，请重试');

export const sizeWords = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
