import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';

import { systemRandomness } from '#kernel';

const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts S2 and S3 fields (rules §11.2, security P-1) and makes the keyed hashes by which they can be found again. */
export interface FieldCrypto {
  /** AES-256-GCM; `<key id>.<base64url of nonce, tag and cipher text>`. */
  seal(plain: string): string;
  open(sealed: string): string;
  sealBytes(plain: Buffer): Buffer;
  openBytes(sealed: Buffer): Buffer;
  /** Keyed hash for equality search; `kind` keeps a phone from matching a name. */
  hashOf(kind: 'phone' | 'name' | 'idNumber' | 'token', value: string): string;
  /** Keyed hash of one link of a chain. */
  mac(chain: string, previous: string, content: string): string;
  /** Commitment to an erasable text: the chain holds it instead of the text (security I-13). */
  commitment(salt: string, value: string): string;
  /** Key for other uses, such as webhook signatures. */
  derive(purpose: string): Buffer;
}

const derive = (secret: string, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'huiyin', purpose, 32));

/** The first secret seals; all of them open, so that a key can be changed without downtime. */
export const createFieldCrypto = (secrets: readonly [string, ...string[]]): FieldCrypto => {
  const keys = new Map(secrets.map((secret) => [createHash('sha256').update(derive(secret, 'key-id')).digest('hex').slice(0, 6), derive(secret, 'fields')]));
  const [currentId = '', currentKey = Buffer.alloc(0)] = [...keys][0] ?? [];
  const hashKey = derive(secrets[0], 'hashes');
  const chainKey = derive(secrets[0], 'chains');

  const sealBytes = (plain: Buffer): Buffer => {
    const nonce = systemRandomness.bytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', currentKey, nonce);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.from(currentId, 'ascii'), nonce, cipher.getAuthTag(), body]);
  };

  const openBytes = (sealed: Buffer): Buffer => {
    const key = keys.get(sealed.subarray(0, 6).toString('ascii'));
    if (key === undefined) throw new Error('sealed with an unknown key');
    const rest = sealed.subarray(6);
    const decipher = createDecipheriv('aes-256-gcm', key, rest.subarray(0, nonceBytes));
    decipher.setAuthTag(rest.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(rest.subarray(nonceBytes + tagBytes)), decipher.final()]);
  };

  return {
    sealBytes,
    openBytes,
    seal: (plain) => sealBytes(Buffer.from(plain, 'utf8')).toString('base64url'),
    open: (sealed) => openBytes(Buffer.from(sealed, 'base64url')).toString('utf8'),
    hashOf: (kind, value) => createHmac('sha256', hashKey).update(`${kind}\n${value}`).digest('base64url'),
    mac: (chain, previous, content) => createHmac('sha256', chainKey).update(`${chain}\n${previous}\n${content}`).digest('base64url'),
    commitment: (salt, value) => createHmac('sha256', salt).update(value).digest('base64url'),
    derive: (purpose) => derive(secrets[0], purpose),
  };
};
