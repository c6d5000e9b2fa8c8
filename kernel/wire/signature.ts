// Signing, checking, and telling a message from its repetition. What is signed is decided in message.ts.

import { createHmac, timingSafeEqual } from 'node:crypto';

/** As many as jupyter_client remembers; about 5 MB when full. */
const REMEMBERED = 65_536;

export interface Signer {
  /** The hex signature of these bytes, in order; empty where the key is. */
  sign(parts: readonly Uint8Array[]): string;
  /** `good` only for a right signature that was not seen before. */
  check(signature: Uint8Array, parts: readonly Uint8Array[]): 'good' | 'wrong' | 'repeated';
}

/** Signs with `hash` of node:crypto and `key`. With an empty key nothing is signed or checked, as Jupyter has it. */
export function createSigner(hash: string, key: string): Signer {
  if (key === '') return { sign: () => '', check: () => 'good' };
  const seen = new Set<string>();
  const sign = (parts: readonly Uint8Array[]) => {
    const hmac = createHmac(hash, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  };
  return {
    sign,
    check(signature, parts) {
      const right = sign(parts);
      const expected = Buffer.from(right, 'latin1');
      if (signature.byteLength !== expected.byteLength || !timingSafeEqual(signature, expected)) return 'wrong';
      // 128 bits tell messages apart as well as all of them, in half the memory.
      const mark = right.slice(0, 32);
      if (seen.has(mark)) return 'repeated';
      seen.add(mark);
      if (seen.size > REMEMBERED) seen.delete(seen.values().next().value as string);
      return 'good';
    },
  };
}
