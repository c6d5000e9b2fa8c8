// Files that a person asks for.

import { writeFileSync } from 'node:fs';

/** Writes the file; the path counts from the current folder. */
export function saveFile(path: string, content: string | Uint8Array): void {
  writeFileSync(path, content);
}
