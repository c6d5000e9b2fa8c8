// What CPython 3.11 printed for the first random programs, kept as text: recorded.txt. Under `== seed hash` stand the
// lines; the hash is of the Python program, so that a changed generator cannot pass for a changed library.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { pythonText } from './compare.ts';
import { generate } from './generate.ts';

/** How many programs are recorded: seeds 1 to this. */
export const RECORDED = 500;

const file = new URL('recorded.txt', import.meta.url);

/** One recorded program. */
export interface Recording {
  readonly hash: string;
  readonly output: string;
}

/** The recordings by seed. */
export function readRecordings(): ReadonlyMap<number, Recording> {
  const recordings = new Map<number, Recording>();
  for (const part of readFileSync(file, 'utf8').split(/^== /m).slice(1)) {
    const end = part.indexOf('\n');
    const [seed, hash = ''] = part.slice(0, end).split(' ');
    recordings.set(Number(seed), { hash, output: part.slice(end + 1) });
  }
  return recordings;
}

/** Writes all recordings; `outputs` by seed. */
export function writeRecordings(outputs: ReadonlyMap<number, string>): void {
  const parts = [...outputs].map(([seed, output]) => `== ${seed} ${hashOf(seed)}\n${output}`);
  writeFileSync(file, parts.join(''));
}

/** Names the Python program of a seed. */
export function hashOf(seed: number): string {
  return createHash('sha256')
    .update(pythonText(generate(seed)))
    .digest('hex')
    .slice(0, 8);
}
