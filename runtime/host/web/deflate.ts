// Deflated text, as small as it gets. What browsers have of their own only works asynchronously.

import { deflateSync } from 'fflate';

/** The UTF-8 bytes of a text, deflated, without a header. */
export function deflated(text: string): Uint8Array {
  return deflateSync(new TextEncoder().encode(text), { level: 9, mem: 12 });
}
