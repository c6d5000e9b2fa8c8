// A cell of ten times as many lines takes ten times as much work, whatever its lines are. Work is counted, and not timed:
// V8 says how often each function and each branch ran, in a process that does not optimise them away.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const SHORT = 20;

/** Lines of a cell, by what grows with them; `n` has as many digits everywhere. */
const LINES: Readonly<Record<string, (n: string) => string>> = {
  declarations: (n) => `const value${n}: number = ${n} * 2;`,
  functions: (n) => `function f${n}<T>(x: T): T { for (const y of [x]) void y; return x; }`,
  variables: (n) => `var v${n} = [(x: number) => x + v${n}];`,
  awaits: (n) => `console.log(await Promise.resolve('${n}'));`,
  coroutines: (n) => `const g${n} = coroutine(async () => { await sleep(1); });`,
  classes: (n) => `class C${n} { private x = 1; get y() { return this.x; } }`,
  imports: (n) => `import { a${n} } from './b${n}.ts';`,
  exports: (n) => `export const e${n} = 1;`,
  types: (n) => `interface I${n} { x: string }`,
  uses: (n) => `used.x${n} = used;`,
};

/** Prints, for each pair of cells, the growth of all calls together and what grows most, as `[times, name, times]`. */
const COUNT = `
  import { Session } from 'node:inspector/promises';
  import { text } from 'node:stream/consumers';
  import { createCompiler } from ${JSON.stringify(join(ROOT, 'runtime/compile/cell.ts'))};
  import { parseEverythingHere } from ${JSON.stringify(join(ROOT, 'runtime/parser.ts'))};
  parseEverythingHere();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const compile = (source) => createCompiler().compileCell(source, { name: 'Cell [1]' });
  await compile('1');
  const countOf = async (source) => {
    await session.post('Profiler.takePreciseCoverage');
    await compile(source);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    let calls = 0;
    const places = new Map();
    for (const { url, functions } of result) {
      for (const { functionName, ranges } of functions) {
        calls += ranges[0].count;
        // A branch is listed only where its count is not that of what is around it.
        for (const { startOffset, count } of ranges) {
          const place = url.split('/').at(-1) + ' ' + functionName + ' ' + startOffset;
          places.set(place, Math.max(count, places.get(place) ?? 0));
        }
      }
    }
    return { calls, places };
  };
  const grown = [];
  for (const [short, long] of JSON.parse(await text(process.stdin))) {
    const [before, after] = [await countOf(short), await countOf(long)];
    let most = ['', 0];
    for (const [place, count] of after.places) {
      const times = count / (before.places.get(place) || Infinity);
      if (times > most[1]) most = [place, times];
    }
    grown.push([after.calls / before.calls, ...most]);
  }
  console.log(JSON.stringify(grown));
`;

test('the work of compiling a cell grows as its lines do', () => {
  const sourceOf = (line: (n: string) => string, lines: number) =>
    Array.from({ length: lines }, (_, n) => line(String(1000 + n))).join('\n');
  const pairs = Object.values(LINES).map((line) => [sourceOf(line, SHORT), sourceOf(line, 10 * SHORT)]);
  const args = ['--no-opt', '--no-maglev', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', COUNT];
  const { stdout, stderr } = spawnSync(process.execPath, args, { input: JSON.stringify(pairs), encoding: 'utf8' });
  expect(stderr).toBe('');
  const grown = JSON.parse(stdout) as [number, string, number][];
  const kinds = Object.keys(LINES).map((kind, at) => [kind, ...(grown[at] as [number, string, number])] as const);
  // Some work is done once for each cell, so that all together is a little less; a place that is looked up by halves is
  // visited 18 times as often.
  expect(kinds.filter(([, times]) => times < 5 || times > 10.1)).toEqual([]);
  expect(kinds.filter(([, , , times]) => times > 25)).toEqual([]);
});
