// Files that a program reads in one go: a page has none.

const WHY = 'a browser gives its pages no files: read it by fetch(), or run this in Node';

/** @throws Error always */
export function readBytes(path: string): Uint8Array {
  throw new Error(`${path} cannot be read: ${WHY}.`);
}

/** @throws Error always */
export function namesIn(folder: string): readonly string[] {
  throw new Error(`${folder} cannot be read: ${WHY}.`);
}
