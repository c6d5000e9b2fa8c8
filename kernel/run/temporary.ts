// The temporary file that a text is written to before it replaces another: its name, and what killed runs left.

import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A fresh name beside the file, with this process's number in it. */
export function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}-${process.pid}-${randomBytes(4).toString('hex')}`);
}

/** Removes temporary files for this path whose process is gone. Never throws. */
export function removeLeftovers(path: string): void {
  const start = `.${basename(path)}-`;
  try {
    for (const name of readdirSync(dirname(path))) {
      const [, pid] = (name.startsWith(start) && /^(\d+)-[0-9a-f]{8}$/.exec(name.slice(start.length))) || [];
      if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(dirname(path), name), { force: true });
    }
  } catch {
    // The folder may not be readable: then they stay.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
