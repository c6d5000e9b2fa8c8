// A browser shows programs no files.

/** There is no file of any path. */
export function textOfFile(_path: string): undefined {
  return undefined;
}

/** Nothing changes. */
export function watchFile(_path: string, _changed: () => void): () => void {
  return () => {};
}
