import { createHash } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import { type Actor, DomainError, type Ids } from '#kernel';
import type { Database } from './database';
import type { FileStore } from './files';
import { cleanFileName, mediaTypeOf } from './file-types';
import { insertRows } from './insert-rows';
import type { UnitOfWork } from './unit-of-work';

export interface Attachment {
  readonly id: string;
  /** Kind of the case it belongs to, such as `rectification`, and its id. */
  readonly subject: string;
  readonly subjectId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly purpose: string;
  readonly uploadedBy: string;
  readonly uploadedOrgId: string | null;
  readonly at: Date;
}

export interface NewAttachment {
  readonly subject: string;
  readonly subjectId: string;
  readonly purpose: string;
  readonly fileName: string;
  readonly content: Buffer;
}

export interface Attachments {
  add(input: NewAttachment, actor: Actor): Promise<Attachment>;
  listOf(subject: string, subjectId: string): Promise<readonly Attachment[]>;
  /** For a page of cases in one query. */
  listOfMany(subject: string, subjectIds: readonly string[], work?: UnitOfWork): Promise<readonly Attachment[]>;
  find(id: string): Promise<Attachment | null>;
  read(attachment: Attachment): Promise<Buffer>;
}

/** security B-4 */
export const maxAttachmentBytes = 20 * 1024 * 1024;
const maxPerCase = 10;

interface Row extends Omit<Attachment, 'at'> {
  readonly at: number;
}

const toAttachment = (row: Row): Attachment => ({ ...row, size: Number(row.size), at: new Date(Number(row.at)) });

const tooMany = (): DomainError => new DomainError({ kind: 'conflict', code: 'attachment/too-many', message: `每件最多 ${maxPerCase} 个附件。` });

/** Files of any case: the bytes are on disk before the row says so, and the row's hash vouches for them (security G-6). */
export const createAttachments = (deps: { readonly database: Database; readonly files: FileStore; readonly ids: Ids }): Attachments => {
  const { sequelize } = deps.database;
  const listOf = async (subject: string, subjectId: string): Promise<readonly Attachment[]> => {
    const rows = await sequelize.query<Row>('SELECT * FROM attachment WHERE subject = $1 AND subjectId = $2 ORDER BY at, id LIMIT 50', {
      bind: [subject, subjectId],
      type: QueryTypes.SELECT,
    });
    return rows.map(toAttachment);
  };
  const listOfMany: Attachments['listOfMany'] = async (subject, subjectIds, work): Promise<readonly Attachment[]> => {
    if (subjectIds.length === 0) return [];
    const places = subjectIds.map((_, index) => `$${index + 2}`).join(',');
    const rows = await sequelize.query<Row>(
      `SELECT * FROM attachment WHERE subject = $1 AND subjectId IN (${places}) ORDER BY at, id LIMIT ${subjectIds.length * 50}`,
      {
        bind: [subject, ...subjectIds],
        type: QueryTypes.SELECT,
        ...(work === undefined ? {} : { transaction: work.transaction }),
      },
    );
    return rows.map(toAttachment);
  };
  return {
    listOf,
    listOfMany,
    find: async (id) => {
      const [row] = await sequelize.query<Row>('SELECT * FROM attachment WHERE id = $1', { bind: [id], type: QueryTypes.SELECT });
      return row === undefined ? null : toAttachment(row);
    },
    read: (attachment) => deps.files.get(attachment.id),
    add: async (input, actor) => {
      const fileName = cleanFileName(input.fileName);
      const mediaType = mediaTypeOf(fileName, input.content);
      if ((await listOf(input.subject, input.subjectId)).length >= maxPerCase) throw tooMany();
      const id = deps.ids.next();
      await deps.files.put(id, input.content);
      try {
        return await deps.database.inTransaction(async (work) => {
          const attachment: Attachment = {
            id,
            subject: input.subject,
            subjectId: input.subjectId,
            fileName,
            mediaType,
            size: input.content.length,
            sha256: createHash('sha256').update(input.content).digest('hex'),
            purpose: input.purpose,
            uploadedBy: actor.id,
            uploadedOrgId: actor.kind === 'staff' ? actor.orgId : null,
            at: work.now,
          };
          await insertRows(sequelize, 'attachment', { rows: [{ ...attachment, at: work.now.getTime() }], transaction: work.transaction });
          work.created(id);
          work.audit({
            actor,
            action: 'attachment.add',
            objectType: input.subject,
            objectId: input.subjectId,
            result: 'done',
            detail: { attachmentId: id, size: attachment.size },
          });
          work.announce({
            name: 'attachment.added',
            payload: { attachmentId: id, subject: input.subject, subjectId: input.subjectId },
            rooms: [`${input.subject}:${input.subjectId}`],
          });
          return attachment;
        });
      } catch (error) {
        await deps.files.remove(id);
        throw error;
      }
    },
  };
};
