// The parser, which is native. A text that nests too deeply overflows its stack, which ends the process: one that may is
// parsed in a process of its own.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ParseResult, ParserOptions } from 'oxc-parser';

type Oxc = typeof import('oxc-parser');

/** The part of a parser's result that is used: the tree, the comments, and what is imported and exported. */
export type ParsedText = Pick<ParseResult, 'program' | 'module' | 'comments' | 'errors'>;

let oxc: Oxc | undefined;
/** Whether trees can be read from the parser's memory; undefined before it is known. */
let direct: boolean | undefined;

/** Loads the parser, which happens at the first text otherwise. */
export function loadParser(): Oxc {
  oxc ??= createRequire(import.meta.url)('oxc-parser') as Oxc;
  return oxc;
}

/**
 * Parses, and reads the tree where the parser has put it. For that it reserves 6 GiB of addresses, of which it uses what
 * the text takes; where there are not as many (`ulimit -v`, or no overcommitment), the tree comes as JSON after all.
 */
export function parseDirectly(file: string, source: string, options: ParserOptions): ParsedText {
  const { parseSync, rawTransferSupported } = loadParser();
  direct ??= rawTransferSupported();
  if (!direct) return parseSync(file, source, options);
  try {
    const raw = { ...options, experimentalRawTransfer: true };
    return parseSync(file, source, raw);
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes('allocation')) throw error;
    direct = false;
    return parseSync(file, source, options);
  }
}

/** The size of this thread's stack. */
export function stackBytes(): number {
  const megabyte = 1024 * 1024;
  // Got here, because loading these costs a starting cell process 2 ms.
  if (!process.getBuiltinModule('node:worker_threads').isMainThread) return 4 * megabyte; // Node's default for a worker.
  if (process.platform === 'win32') return megabyte; // The main thread's, by the linker.
  try {
    const limit = /^Max stack size\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    return Math.min(8 * megabyte, Number(limit ?? Infinity));
  } catch {
    return 8 * megabyte; // macOS has no such file, and this default.
  }
}

/**
 * The program and arguments that start Node with these arguments as a process that a text may end: without a core file,
 * which takes time to write, and would be left in the folder of the notebook.
 */
export function nodeForTexts(args: readonly string[]): readonly [program: string, args: readonly string[]] {
  if (process.platform === 'win32') return [process.execPath, args];
  return ['/bin/sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', process.execPath, ...args]];
}

/** Reads the text, and prints what the parser found. Numbers beyond JSON's and regular expressions lose their values. */
const CHILD = `
  import { text } from 'node:stream/consumers';
  const [parser, file, options] = process.argv.slice(1);
  const { parseSync } = await import(parser);
  const { program, module, comments, errors } = parseSync(file, await text(process.stdin), JSON.parse(options));
  const plain = (key, value) => (typeof value === 'bigint' ? null : value);
  process.stdout.write(JSON.stringify({ program, module, comments, errors }, plain));
`;
const CHILD_MS = 60_000;

/** Parses in another process. Undefined where that did not survive the text. @throws Error where it could not start, or took a minute */
export function parseElsewhere(file: string, source: string, options: ParserOptions): ParsedText | undefined {
  const args = ['--input-type=module', '-e', CHILD, import.meta.resolve('oxc-parser'), file, JSON.stringify(options)];
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { status, stdout, error } = spawnSync(...nodeForTexts(args), {
    input: source,
    stdio: ['pipe', 'pipe', 'ignore'],
    encoding: 'utf8',
    maxBuffer: Infinity,
    timeout: CHILD_MS,
    windowsHide: true,
  });
  if (error) throw new Error(`${file} could not be parsed: ${error.message}`);
  return status === 0 ? (JSON.parse(stdout) as ParsedText) : undefined;
}
