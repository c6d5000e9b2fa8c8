// Bytes as Node has them.

const { Buffer } = globalThis;

export { Buffer };

/** How many bytes a text has in UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
