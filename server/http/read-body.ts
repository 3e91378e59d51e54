import type { Request } from 'express';
import multer from 'multer';
import type { Response } from 'express';
import { DomainError } from '#kernel';
import type { Endpoint, UploadedFile } from './endpoint';
import { parseStrictJson } from './strict-json';

const tooLarge = (): DomainError => new DomainError({ kind: 'tooLarge', code: 'body-too-large', message: '提交的内容超过大小上限。' });

export const unsupportedMediaType = (message = '请求内容须为 JSON（Content-Type: application/json）。'): DomainError =>
  new DomainError({ kind: 'invalid', code: 'unsupported-media-type', message });

const limitOf = (endpoint: Endpoint): number => endpoint.bodyLimit ?? (endpoint.access === 'public' ? 64 * 1024 : 256 * 1024);

const readBytes = (request: Request, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      request.resume();
      reject(tooLarge());
      return;
    }
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= limit) parts.push(part);
      else {
        request.removeAllListeners('data');
        request.resume();
        reject(tooLarge());
      }
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', () => reject(new DomainError({ kind: 'unreadable', code: 'request-aborted', message: '请求中断，没有收到完整内容。' })));
    request.on('aborted', () => reject(new DomainError({ kind: 'unreadable', code: 'request-aborted', message: '请求中断，没有收到完整内容。' })));
  });

const utf8 = new TextDecoder('utf-8', { fatal: true });

const decode = (bytes: Buffer): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DomainError({ kind: 'unreadable', code: 'unreadable-text', message: '请求内容不是有效的 UTF-8 文字。' });
  }
};

/** The parsed JSON body; an endpoint without a body schema takes none and is not disturbed by an empty one. */
export const readJsonBody = async (request: Request, endpoint: Endpoint): Promise<unknown> => {
  const bytes = await readBytes(request, limitOf(endpoint));
  if (bytes.length === 0) return undefined;
  const type = String(request.headers['content-type'] ?? '')
    .split(';')[0]
    ?.trim()
    .toLowerCase();
  if (type !== 'application/json' && type !== 'application/merge-patch+json') throw unsupportedMediaType();
  return parseStrictJson(decode(bytes));
};

const uploadFault = (error: unknown): DomainError => {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'LIMIT_FILE_SIZE') return new DomainError({ kind: 'tooLarge', code: 'file-too-large', message: '文件超过大小上限。' });
  if (code.startsWith('LIMIT_')) return new DomainError({ kind: 'tooLarge', code: 'too-many-files', message: '文件或字段数量超过上限。' });
  return new DomainError({ kind: 'unreadable', code: 'unreadable-upload', message: '上传的内容无法读取。' });
};

export interface Upload {
  readonly fields: unknown;
  readonly files: readonly UploadedFile[];
}

/** multipart/form-data into memory; names are read as UTF-8, because multer would garble Chinese ones (security X-5). */
export const readUpload = async (request: Request, response: Response, endpoint: Endpoint): Promise<Upload> => {
  const { upload } = endpoint;
  if (upload === undefined) return { fields: undefined, files: [] };
  if (!String(request.headers['content-type'] ?? '').startsWith('multipart/form-data')) throw unsupportedMediaType('上传须使用 multipart/form-data。');
  const receive = multer({
    storage: multer.memoryStorage(),
    defParamCharset: 'utf8',
    limits: { fileSize: upload.maxBytes, files: upload.maxFiles, fields: 200, fieldSize: 64 * 1024, parts: 220 },
  }).any();
  await new Promise<void>((resolve, reject) => {
    void receive(request, response, (error: unknown) => (error === undefined || error === null ? resolve() : reject(uploadFault(error))));
  });
  const received = (request.files ?? []) as readonly Express.Multer.File[];
  return {
    fields: { ...(request.body as Record<string, unknown>) },
    files: received.map((file) => ({ buffer: file.buffer, fileName: file.originalname, mediaType: file.mimetype })),
  };
};
