import { filetypeinfo } from 'magic-bytes.js';
import { DomainError } from '#kernel';

interface FileType {
  readonly mediaType: string;
  readonly extensions: readonly string[];
  /** What the content's first bytes are recognised as; Office files are zip containers. */
  readonly signatures: readonly string[];
}

/** The short list of what may be uploaded (security X-5); SVG, HTML and macros are not on it. */
const fileTypes: readonly FileType[] = [
  { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], signatures: ['jpg', 'jpeg'] },
  { mediaType: 'image/png', extensions: ['png'], signatures: ['png'] },
  { mediaType: 'application/pdf', extensions: ['pdf'], signatures: ['pdf'] },
  { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extensions: ['docx'], signatures: ['docx', 'zip'] },
  { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extensions: ['xlsx'], signatures: ['xlsx', 'zip'] },
  { mediaType: 'audio/mpeg', extensions: ['mp3'], signatures: ['mp3'] },
  { mediaType: 'audio/wav', extensions: ['wav'], signatures: ['wav'] },
  { mediaType: 'video/mp4', extensions: ['mp4'], signatures: ['mp4'] },
];

const removed = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\\/:*?"<>|]/gu;

/** The name without path parts, control, bidi and zero-width marks; cleaned before anything is checked. */
export const cleanFileName = (given: string): string => {
  const base = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = base
    .replaceAll(removed, '')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const points = [...clean];
  return points.length <= 120 ? clean : `${points.slice(0, 100).join('')}${points.slice(-20).join('')}`;
};

const refused = (message: string): DomainError =>
  new DomainError({ kind: 'invalid', code: 'attachment/type-not-allowed', message, errors: [{ path: '/file', code: 'type-not-allowed', message }] });

/** The media type when content and extension agree; refuses everything else. */
export const mediaTypeOf = (fileName: string, content: Buffer): string => {
  const extension = /\.([a-z0-9]{2,5})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const type = fileTypes.find((entry) => entry.extensions.includes(extension));
  if (type === undefined) throw refused('只能上传 JPG、PNG、PDF、DOCX、XLSX、MP3、WAV、MP4 文件。');
  if (content.length === 0) throw refused('文件是空的。');
  const seen = filetypeinfo(content.subarray(0, 64)).flatMap((guess) => [guess.typename, guess.extension ?? '']);
  if (!type.signatures.some((signature) => seen.includes(signature))) throw refused('文件内容与扩展名不符。');
  return type.mediaType;
};
