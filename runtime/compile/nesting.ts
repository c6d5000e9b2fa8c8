// Sources nested so deeply that the native parser would overflow its stack, and with it end the process it runs in:
// found by a cheap upper bound, and then by letting a process of its own try. The parsing itself is in parse.ts.

import { spawnSync } from 'node:child_process';

/** Shorter texts cannot nest deeply enough: the shortest that was seen to overflow had 8,000 characters. */
const HARMLESS = 4_000;
/** Levels up to which no parser was seen to overflow; `else if` and functions did at more than 2,000. */
const SAFE = 1_000;

/** Words that a construct within a construct begins with. */
const WORDS = new Set(
  'if else for while do with new typeof void delete await yield keyof infer readonly unique extends'.split(' '),
);
/** `=>`, `=`, `!`, `~`, `?`, `:`, `<`, and signs, which may stand in a row. */
const SIGNS = new Set([...'=!~?:<+-*'].map((sign) => sign.charCodeAt(0)));

/** Whether parsing here would be the end; tried out in a process of its own where that is possible at all. */
export function overflows(source: string, language: string): boolean {
  return source.length >= HARMLESS && levels(source) > SAFE && !survives(source, language);
}

/**
 * At most so many constructs lie within each other: brackets, and what was begun in each and not ended by a semicolon.
 * Strings and comments count too, which at worst costs a try.
 */
function levels(source: string): number {
  let most = 0;
  const begun: number[] = [];
  let run = 0;
  let sum = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === 40 || code === 91 || code === 123) {
      begun.push(run);
      sum += run + 1;
      run = 0;
    } else if (code === 41 || code === 93 || code === 125) {
      run = begun.pop() ?? run;
      sum = Math.max(0, sum - run - 1);
    } else if (SIGNS.has(code)) run++;
    else if (code === 59) run = elseFollows(source, at + 1) ? run : 0;
    else if (code >= 97 && code <= 122) {
      const end = wordEnd(source, at);
      if (WORDS.has(source.slice(at, end))) run++;
      at = end - 1;
    }
    if (sum + run > most) most = sum + run;
  }
  return most;
}

function wordEnd(source: string, start: number): number {
  let end = start;
  for (let code = source.charCodeAt(end); code >= 97 && code <= 122; ) code = source.charCodeAt(++end);
  return end;
}

function elseFollows(source: string, from: number): boolean {
  let at = from;
  while (source.charCodeAt(at) <= 32) at++;
  return source.startsWith('else', at);
}

/** On a thread with half of the usual stack, so that what passes there passes here. */
const TRY = `
  import { text } from 'node:stream/consumers';
  import { Worker } from 'node:worker_threads';
  const [parser, lang] = process.argv.slice(1);
  const workerData = { parser, lang, source: await text(process.stdin) };
  new Worker(\`
    import { workerData } from 'node:worker_threads';
    const { parser, lang, source } = workerData;
    const { parseSync } = await import(parser);
    void parseSync('cell.' + lang, source, { lang, sourceType: 'module', astType: 'ts', showSemanticErrors: true }).program;
  \`, { eval: true, workerData, resourceLimits: { stackSizeMb: 4 } });
`;
const TRY_MS = 5_000;

function survives(source: string, language: string): boolean {
  const args = ['--input-type=module', '-e', TRY, import.meta.resolve('oxc-parser'), language];
  const { status } = spawnSync(process.execPath, args, {
    input: source,
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: TRY_MS,
  });
  return status === 0;
}
