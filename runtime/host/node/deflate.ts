// Deflated text, as small as it gets.

import { constants, deflateRawSync } from 'node:zlib';

/** The UTF-8 bytes of a text, deflated, without a header. */
export function deflated(text: string): Uint8Array {
  return deflateRawSync(text, { level: constants.Z_BEST_COMPRESSION, memLevel: 7 });
}
