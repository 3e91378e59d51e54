import { z } from 'zod';
import { AttachmentView, NewAttachmentFields } from '#contracts/api/attachments';
import { id } from '#contracts/api/text';
import { DomainError, missing, toShanghaiIso } from '#kernel';
import { type Attachment, maxAttachmentBytes } from '#platform';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint, type UploadedFile } from '../endpoint';

const present = (attachment: Attachment): AttachmentView => ({
  id: attachment.id,
  subject: attachment.subject,
  subjectId: attachment.subjectId,
  fileName: attachment.fileName,
  mediaType: attachment.mediaType,
  size: attachment.size,
  sha256: attachment.sha256,
  purpose: attachment.purpose,
  uploadedBy: attachment.uploadedBy,
  at: toShanghaiIso(attachment.at),
});

const required = (file: UploadedFile | null): UploadedFile => {
  if (file === null)
    throw new DomainError({
      kind: 'invalid',
      code: 'attachment/file-missing',
      message: '请选择要上传的文件。',
      errors: [{ path: '/file', code: 'required', message: '必填' }],
    });
  return file;
};

/** Files of cases; who may add or read is asked of the case's own module. */
export const attachmentEndpoints = (system: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'attachments.add',
    method: 'post',
    path: '/attachments',
    tag: '附件',
    summary: '给整改单或工单上传一个附件（JPG、PNG、PDF、DOCX、XLSX、MP3、WAV、MP4，≤ 20 MB）',
    access: 'signedIn',
    ownRows: true,
    upload: { maxFiles: 1, maxBytes: maxAttachmentBytes },
    slow: true,
    request: { body: NewAttachmentFields },
    answers: { 201: AttachmentView },
    handle: async ({ body, file, actor }) => {
      if (actor.kind !== 'staff' || !(await system.cases[body.subject].mayAttach(actor, body.subjectId))) throw missing(body.subject);
      const { fileName, buffer } = required(file);
      return { status: 201, body: present(await system.attachments.add({ ...body, fileName, content: buffer }, actor)) };
    },
  }),
  defineEndpoint({
    id: 'attachments.read',
    method: 'get',
    path: '/attachments/:id',
    tag: '附件',
    summary: '下载一个附件',
    access: 'signedIn',
    ownRows: true,
    slow: true,
    request: { params: z.object({ id }) },
    answers: { 200: null },
    handle: async ({ params, actor }) => {
      const attachment = await system.attachments.find(params.id);
      if (attachment === null || actor.kind !== 'staff') throw missing('attachment');
      const judge = system.cases[attachment.subject === 'ticket' ? 'ticket' : 'rectification'];
      if (!(await judge.canSee(actor, attachment.subjectId))) throw missing('attachment');
      return {
        status: 200,
        raw: { content: await system.attachments.read(attachment), contentType: attachment.mediaType },
        headers: {
          'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.fileName)}`,
          'Content-Security-Policy': "default-src 'none'; sandbox",
          'X-Content-Type-Options': 'nosniff',
        },
      };
    },
  }),
];
