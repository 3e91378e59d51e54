import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIds, DomainError, systemActor } from '#kernel';
import { cleanFileName, createAttachments, createFileStore, mediaTypeOf } from '#platform';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64)]);
const pdf = Buffer.from('%PDF-1.7\n%test');

let temporary: TemporaryDatabase;
let folder: string;
beforeAll(async () => {
  temporary = await openTemporaryDatabase();
  folder = mkdtempSync(join(tmpdir(), 'huiyin-files-'));
});
afterAll(async () => {
  await temporary.close();
  rmSync(folder, { recursive: true, force: true });
});

const door = () => createAttachments({ database: temporary.database, files: createFileStore(folder, temporary.crypto), ids: createIds(temporary.clock) });

describe('security X-5: uploads', () => {
  test.each([
    ['整改后照片.png', '整改后照片.png'],
    ['..\\..\\secret.png', 'secret.png'],
    ['/etc/passwd.pdf', 'passwd.pdf'],
    ['\u200b.htaccess', 'htaccess'],
    ['发票\u202egnp.exe', '发票gnp.exe'],
    ['a\u0000b.png', 'ab.png'],
    ['𠮷.png', '𠮷.png'],
  ])('name %j becomes %j', (given, expected) => {
    expect(cleanFileName(given)).toBe(expected);
  });

  test.each([
    ['a.png', png, 'image/png'],
    ['a.pdf', pdf, 'application/pdf'],
    ['a.jpg', png, 'attachment/type-not-allowed'],
    ['a.svg', Buffer.from('<svg onload="x()"/>'), 'attachment/type-not-allowed'],
    ['a.html', Buffer.from('<html>'), 'attachment/type-not-allowed'],
    ['a.png', Buffer.from('<script>'), 'attachment/type-not-allowed'],
    ['a.png', Buffer.alloc(0), 'attachment/type-not-allowed'],
    ['noextension', png, 'attachment/type-not-allowed'],
  ])('%s is judged by content and extension', (name, content, expected) => {
    let seen: string;
    try {
      seen = mediaTypeOf(name, content);
    } catch (error) {
      seen = error instanceof DomainError ? error.code : 'crash';
    }
    expect(seen).toBe(expected);
  });

  test('what was uploaded reads back the same, lies encrypted on disk and leaves nothing when it was refused', async () => {
    const attachments = door();
    const added = await attachments.add(
      { subject: 'rectification', subjectId: 'case-1', purpose: 'EVIDENCE', fileName: '整改.png', content: png },
      systemActor,
    );
    const found = await attachments.find(added.id);
    expect(found).toEqual(added);
    expect(await attachments.read(added)).toEqual(png);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map((entry) => entry.name)).toEqual([added.id]);
    expect(readFileSync(join(files[0]?.parentPath ?? '', added.id)).includes(png.subarray(0, 8))).toBe(false);
    await expect(
      attachments.add({ subject: 'rectification', subjectId: 'case-1', purpose: 'EVIDENCE', fileName: 'a.exe', content: png }, systemActor),
    ).rejects.toThrow(DomainError);
    expect(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toHaveLength(1);
  });

  test('an eleventh file is refused', async () => {
    const attachments = door();
    const add = () => attachments.add({ subject: 'rectification', subjectId: 'case-2', purpose: 'EVIDENCE', fileName: 'a.pdf', content: pdf }, systemActor);
    for (let count = 0; count < 10; count += 1) await add();
    await expect(add()).rejects.toMatchObject({ code: 'attachment/too-many' });
  });
});
