// Files that a widget's code lies in.

import { existsSync, readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** The text of a file; undefined where there is none. */
export function textOfFile(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/**
 * Calls `changed` whenever a file of this path was written, or put in its place: editors replace a file by another of the
 * same name, so it is the folder that is watched.
 *
 * @returns what ends it
 */
export function watchFile(path: string, changed: () => void): () => void {
  const watcher = watch(dirname(path), { persistent: false }, (_, name) => {
    if (name === basename(path)) changed();
  });
  // The folder is gone.
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
}
