// The files of cases, what CPython printed for them, and the keys `file Class.test_name`. Nothing is run here.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder that holds this judge. */
export const folder = fileURLToPath(new URL('.', import.meta.url));

/** Files whose cases need sockets, signals, processes or threads: real time, and the system's CPython. */
const REAL = ['signals', 'sockets', 'subprocess', 'threads'];

/** Where a file's cases run: in virtual time beside CPython 3.14 in WebAssembly, or in real time beside the system's. */
export type Kind = 'virtual' | 'real';

/** Names of the files of cases, sorted. */
export function files(kind: Kind): readonly string[] {
  return readdirSync(`${folder}cases`)
    .filter((file) => file.endsWith('.py'))
    .map((file) => file.slice(0, -'.py'.length))
    .filter((name) => REAL.includes(name) === (kind === 'real'))
    .sort();
}

/** One side of a file of cases. */
export function source(name: string, side: 'py' | 'ts'): string {
  return readFileSync(`${folder}cases/${name}.${side}`, 'utf8');
}

/** What a case prints. */
export interface Expected {
  readonly text: string;
  /** Written by hand, for a CPython newer than the system's: which, and what it changed. */
  readonly byHand?: string;
}

const HEAD = /^== (\S+)(?: \((.*)\))?\n/;

/** What is recorded for each case of a file: blocks that begin with `== Class.test_name`, `(…)` where by hand. */
export function expected(name: string): Readonly<Record<string, Expected>> {
  const path = `${folder}cases/${name}.txt`;
  if (!existsSync(path)) return {};
  const blocks = readFileSync(path, 'utf8').split(/^(?=== )/m);
  return Object.fromEntries(
    blocks.map((block) => {
      const [head, key = '', byHand] = HEAD.exec(block) ?? [''];
      return [`${name} ${key}`, { text: block.slice(head.length), ...(byHand === undefined ? {} : { byHand }) }];
    }),
  );
}

/** Records what CPython printed for the cases of a file. What was written by hand stays. */
export function record(name: string, outputs: Readonly<Record<string, string>>): void {
  const before = expected(name);
  const blocks = Object.entries(outputs)
    .filter(([key]) => key.startsWith(`${name} `))
    .map(([key, text]) => {
      const { byHand, text: kept } = before[key] ?? { text };
      const head = key.slice(name.length + 1);
      return byHand === undefined ? `== ${head}\n${text}` : `== ${head} (${byHand})\n${kept}`;
    });
  writeFileSync(`${folder}cases/${name}.txt`, blocks.join(''));
}

/** What is recorded of `asyncio.__all__`. */
export function names(): readonly string[] {
  return readFileSync(`${folder}names.txt`, 'utf8').trimEnd().split('\n');
}

/** Records `asyncio.__all__`. */
export function recordNames(all: readonly string[]): void {
  writeFileSync(`${folder}names.txt`, `${all.join('\n')}\n`);
}
