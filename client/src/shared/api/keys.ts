/** A random key for Idempotency-Key and client message ids; works on plain-HTTP intranets, where crypto.randomUUID is absent. */
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
