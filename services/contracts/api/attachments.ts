import { z } from 'zod';
import { id } from './text';

/** Cases that take files; which ones a person may add to or read is the case's own answer. */
export const attachmentSubjects = ['rectification', 'ticket'] as const;
export type AttachmentSubject = (typeof attachmentSubjects)[number];

export const attachmentPurposes = { EVIDENCE: '佐证', VERIFICATION: '核实材料', APPEAL: '申诉证据', OTHER: '其他' } as const;

export const NewAttachmentFields = z.strictObject({
  subject: z.enum(attachmentSubjects),
  subjectId: id,
  purpose: z.enum(['EVIDENCE', 'VERIFICATION', 'APPEAL', 'OTHER']).default('EVIDENCE'),
});

export const AttachmentView = z.object({
  id: z.string(),
  subject: z.string(),
  subjectId: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  size: z.number(),
  sha256: z.string(),
  purpose: z.string(),
  uploadedBy: z.string(),
  at: z.string(),
});
export type AttachmentView = z.infer<typeof AttachmentView>;
