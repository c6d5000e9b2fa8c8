// The one door to the parser: all code that reads TypeScript or JavaScript parses here. The parser is native, and a text
// that nests too deeply overflows its stack, which ends the process. So a text that could nest that deeply is parsed in
// a process of its own, and when that process dies the text is too deep. The kernel gives such texts to its compile
// process as a whole (kernel/compile), so that nothing waits for them; everywhere else parseText waits.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { OxcError, ParseResult, ParserOptions } from 'oxc-parser';

type Oxc = typeof import('oxc-parser');

/** The part of a parser's result that is used: the tree, the comments, and what is imported and exported. */
export type ParsedText = Pick<ParseResult, 'program' | 'module' | 'comments' | 'errors'>;

/** The message for a text that nests too deeply for the parser, or for the code that reads its tree. */
export const TOO_DEEP =
  'The source is nested too deeply to be compiled: split the expression into parts, or build the data in a loop or read it from a file';

/**
 * Bytes of stack that one token is allowed to take. The most that was seen is 2,000: in `type A=[[[…`, 8 MiB overflow at
 * 4,200 tokens; test/long/nesting.test.ts tries every form of the grammar.
 */
const BYTES_A_TOKEN = 4_096;

/** UTF-16 units: a longer text is parsed apart even if it is one string, because parsing it takes 10 ms and more. */
const LONGEST_UNITS = 64 * 1024;

let oxc: Oxc | undefined;
let tokensHere: number | undefined;
let expendable = false;
/** Whether trees are read from the parser's memory; undefined before it is known. */
let direct: boolean | undefined;

/** Loads the parser, which happens at the first text otherwise: in the kernel this is done before a cell waits for it. */
export function loadParser(): Oxc {
  oxc ??= createRequire(import.meta.url)('oxc-parser') as Oxc;
  return oxc;
}

/**
 * From now on this process parses every text itself: it may be ended by one, and another process watches for that. Its
 * texts are long, so their trees do not come as JSON, which takes half the time of a compilation.
 */
export function parseEverythingHere(): void {
  expendable = true;
}

/** Parses a text. `file` names the language by its ending where the options do not. A text that is too deep has an error. */
export function parseText(file: string, source: string, options: ParserOptions = {}): ParsedText {
  if (expendable) return parseDirectly(file, source, options);
  if (isShort(source)) return loadParser().parseSync(file, source, options);
  return parseElsewhere(file, source, options) ?? tooDeep(file);
}

/**
 * Parses, and reads the tree where the parser has put it. For that it reserves 6 GiB of addresses, of which it uses what
 * the text takes; where there are not as many (`ulimit -v`, or no overcommitment), the tree comes as JSON after all.
 */
function parseDirectly(file: string, source: string, options: ParserOptions): ParsedText {
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

/**
 * Whether a text is parsed in this process: it is too short to take long, and to overflow the parser's stack whatever it
 * contains. Nothing nests without a token, so a text has at most as many levels as tokens; a stack of 8 MiB is enough for
 * 2,048 tokens, about 150 lines.
 */
export function isShort(source: string): boolean {
  tokensHere ??= Math.floor(stackBytes() / BYTES_A_TOKEN);
  if (source.length <= tokensHere) return true;
  if (source.length > LONGEST_UNITS) return false;
  let tokens = 0;
  let inWord = false;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    const word = isWordPart(code);
    if (word ? !inWord : code > 32) tokens++;
    if (tokens > tokensHere) return false;
    inWord = word;
  }
  return true;
}

/** A letter, a digit, `$`, `_`, or any character beyond ASCII: several in a row are one token. */
function isWordPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 36 ||
    code === 95 ||
    code > 127
  );
}

/** The size of this thread's stack. */
function stackBytes(): number {
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

/** Undefined where the process did not survive the text. @throws Error where it could not start, or took a minute */
function parseElsewhere(file: string, source: string, options: ParserOptions): ParsedText | undefined {
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

/** The result for a text that no parser survives: an empty tree, and one error at the start. */
function tooDeep(file: string): ParsedText {
  const { program, module, comments } = loadParser().parseSync(file, '');
  const labels = [{ message: null, start: 0, end: 1 }];
  const error = {
    severity: 'Error' as OxcError['severity'],
    message: TOO_DEEP,
    labels,
    helpMessage: null,
    codeframe: null,
  };
  return { program, module, comments, errors: [error] };
}
