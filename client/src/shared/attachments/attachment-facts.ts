import { reactive } from 'vue';
import type { IconName } from '../icons/icons';
import { sizeWords } from './upload';

export interface FileFacts {
  readonly name: string;
  readonly note: string;
  readonly icon: IconName;
}

const known = reactive(new Map<string, FileFacts>());
const asked = new Set<string>();

const iconOf = (type: string): IconName => {
  if (type.startsWith('image/')) return 'image';
  return type.startsWith('audio/') || type.startsWith('video/') ? 'sound' : 'file';
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Name, kind and size from the head of the download, so that a row of files needs no second list. */
const ask = async (id: string): Promise<void> => {
  const response = await fetch(`/api/v1/attachments/${id}`, { method: 'HEAD', credentials: 'same-origin' });
  if (!response.ok) return;
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const size = Number(response.headers.get('content-length') ?? '0');
  known.set(id, {
    name: name === undefined ? '附件' : decoded(name),
    note: size > 0 ? sizeWords(size) : '',
    icon: iconOf(response.headers.get('content-type') ?? ''),
  });
};

export const learnFile = (file: { readonly id: string; readonly fileName: string; readonly mediaType: string; readonly size: number }): void => {
  asked.add(file.id);
  known.set(file.id, { name: file.fileName, note: sizeWords(file.size), icon: iconOf(file.mediaType) });
};

export const factsOfFile = (id: string): FileFacts | null => {
  const facts = known.get(id);
  if (facts !== undefined) return facts;
  if (!asked.has(id)) {
    asked.add(id);
    // Without an answer the file keeps its number and its link; opening it says what is wrong.
    ask(id).catch(() => asked.delete(id));
  }
  return null;
};
