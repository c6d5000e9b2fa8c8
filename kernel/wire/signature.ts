// Signs messages, checks signatures and recognises replays. message.ts decides which bytes are signed.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createPauses } from './pauses.ts';

/** How many signatures are remembered: as many as in jupyter_client; about 5 MB when full. */
const REMEMBERED = 65_536;
/** How much is signed without a pause: about a millisecond's work. */
const SIGNED_BYTES = 1024 * 1024;

export interface Signer {
  /** The hex signature of these bytes, in order, those of a text in UTF-8; empty if the key is empty. */
  sign(parts: readonly (Uint8Array | string)[]): string;
  /** The same with pauses. */
  signLong(parts: readonly (Uint8Array | string)[]): Promise<string>;
  /** `right` is what `sign` returned for the parts. `good` only for a right signature that has not been seen before. */
  check(signature: Uint8Array, right: string): 'good' | 'wrong' | 'repeated';
}

/**
 * Signs with `key` and `hash`, a hash of node:crypto. With an empty key nothing is signed or checked, as in Jupyter.
 */
export function createSigner(hash: string, key: string): Signer {
  if (key === '') return { sign: () => '', signLong: async () => '', check: () => 'good' };
  const seen = new Set<string>();
  const sign = (parts: readonly (Uint8Array | string)[]) => {
    const hmac = createHmac(hash, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  };
  return {
    sign,
    async signLong(parts) {
      const hmac = createHmac(hash, key);
      const pause = createPauses();
      for (const text of parts) {
        const part = typeof text === 'string' ? Buffer.from(text) : text;
        for (let at = 0; at < part.byteLength; at += SIGNED_BYTES) {
          hmac.update(part.subarray(at, at + SIGNED_BYTES));
          await pause();
        }
      }
      return hmac.digest('hex');
    },
    check(signature, right) {
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
