import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldCrypto } from './field-crypto';

/** Keeps the bytes of attachments, encrypted, under random names outside the web root (security X-5, P-1). */
export interface FileStore {
  /** Durable when it returns: temporary file, fsync, rename (security F-07). */
  put(id: string, content: Buffer): Promise<void>;
  get(id: string): Promise<Buffer>;
  remove(id: string): Promise<void>;
}

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export const createFileStore = (folder: string, crypto: FieldCrypto): FileStore => {
  const folderOf = (id: string): string => join(folder, id.slice(-2).toLowerCase());
  const pathOf = (id: string): string => {
    if (!/^[0-9A-Za-z_-]{4,40}$/.test(id)) throw new Error('not an id of a file');
    return join(folderOf(id), id);
  };
  return {
    put: async (id, content) => {
      const path = pathOf(id);
      const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
      await mkdir(folderOf(id), { recursive: true });
      try {
        const handle = await open(temporary, 'wx', 0o600);
        try {
          await handle.writeFile(crypto.sealBytes(content));
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, path);
        await syncFolder(folderOf(id));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    get: async (id) => crypto.openBytes(await readFile(pathOf(id))),
    remove: (id) => rm(pathOf(id), { force: true }),
  };
};
