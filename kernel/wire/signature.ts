// Signs messages, checks signatures and recognises replays. message.ts decides which bytes are signed.

import { createHmac, timingSafeEqual } from 'node:crypto';

/** How many signatures are remembered: as many as in jupyter_client; about 5 MB when full. */
const REMEMBERED = 65_536;

export interface Signer {
  /** The hex signature of these bytes, in order; empty if the key is empty. */
  sign(parts: readonly Uint8Array[]): string;
  /** `good` only for a right signature that has not been seen before. */
  check(signature: Uint8Array, parts: readonly Uint8Array[]): 'good' | 'wrong' | 'repeated';
}

/**
 * Signs with `key` and `hash`, a hash of node:crypto. With an empty key nothing is signed or checked, as in Jupyter.
 */
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
      // 128 bits suffice to tell messages apart and take half the memory.
      const mark = right.slice(0, 32);
      if (seen.has(mark)) return 'repeated';
      seen.add(mark);
      if (seen.size > REMEMBERED) seen.delete(seen.values().next().value as string);
      return 'good';
    },
  };
}
