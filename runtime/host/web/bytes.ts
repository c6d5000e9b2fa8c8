// Bytes as Node has them, in a page.

export { Buffer } from 'buffer/';

/** How many bytes a text has in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
