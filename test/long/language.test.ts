// An hour's editing in fast motion: random edits, runs and questions, from a fixed seed. The server must neither end nor
// grow, and every question must be answered. 300 steps in every run of the tests, 10,000 with --long.

import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { openNotebook, type TestNotebook } from '../language/notebook.ts';

const STEPS = process.env.COKERNEL_LONG ? 10_000 : 300;

/**
 * TypeScript 7.0.2 never answers a completion between `}` and `{` in `function f<T>(v: T): { v: T } { ret`. That the
 * service gets over it, with live names meanwhile, is part of what is tested.
 */
const HANGS = /does not answer/;

/** Cells that use one another's names, and redeclare them as other things. */
const sources = [
  'let count = 1;\ncount++;',
  'const count = { deep: [1, 2, { 名: "漢字😀" }] };',
  'function make<T>(value: T): { value: T } { return { value } }\nconst made = make(count);',
  'const made = [made];',
  'class Animal<Kind> { kind!: Kind; #own = 1; speak(): string { return "" } }',
  'class Animal { legs = 4 }\nconst pet = new Animal();',
  'enum Color { Red, Green }\nconst color: Color = Color.Red;',
  'type Color = "red" | "green"; interface Options { color: Color; size?: number }',
  'import fs, { readFileSync } from "node:fs";\nimport * as path from "node:path";',
  'const text = await Promise.resolve(`a $' + '{count} b`);',
  'for (const one of [1, 2, 3]) { const doubled = one * 2; if (doubled > 2) break }',
  'const view = <div class="a">{count}<b>x</b></div>;',
  'const wrong: string = 5;\nwrong.nowhere;',
  '// @ts-expect-error on purpose\nconst wrong: string = 5;',
  '{ a: 1, b: { c: "d" } }',
  'namespace Space { export const inner = 1; export type T = string }\nSpace.inner',
  'async function* stream() { yield 1; yield "two" }\nfor await (const part of stream()) part;',
  'const { a, b: [c, ...rest], ...others } = { a: 1, b: ["x", "y"], z: true };',
  'try { throw new Error("x") } catch (error) { console.log(error) } finally { count }',
  'declare global { interface Array<T> { mine?: T } }\nexport const exported = [1].mine;',
];
const broken = [
  '(',
  '{',
  '`',
  '"',
  '/*',
  '<',
  '.',
  '${',
  '=>',
  '@',
  '\ud83d',
  '\u0000',
  'import {',
  'await ',
  '}',
  ')',
];

/** The same numbers in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

let notebook: TestNotebook;
afterAll(() => notebook.end());

test(`${STEPS} random edits, runs and questions`, async () => {
  notebook = openNotebook({ patience: 2_000 });
  const random = createRandom(20_261);
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;
  const resident: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const code = edited(random, pick);
    await take(notebook, code, random);
    expect([step, code, notebook.log.filter((line) => !HANGS.test(line))]).toEqual([step, code, []]);
    if (step % 100 === 99) resident.push(residentMiB(notebook));
  }
  expect(notebook.language.documents).toBeLessThan(100);
  const [early = 0] = resident.slice(Math.floor(resident.length / 10));
  expect(Math.max(...resident)).toBeLessThan(early + 150);
  if (process.env.COKERNEL_LONG) console.info(figures(resident, notebook));
  let matches: readonly string[] = [];
  while (matches.length === 0) {
    // A server that hung at the last step comes back in a moment; answers without one would never let it in.
    await new Promise((resolve) => setTimeout(resolve, 20));
    ({ matches } = await notebook.complete('process.platfo‸'));
  }
  expect(matches).toEqual(['platform']);
}, 3_600_000);

/** What the long run tells about the server's memory. */
function figures(resident: readonly number[], { log }: TestNotebook): string {
  const known = resident.filter((mebibytes) => mebibytes > 0).map(Math.round);
  const memory = `${known[0]} MiB after 100 steps, ${Math.max(...known)} at most, ${known.at(-1)} at the end`;
  return `${STEPS} steps: server ${memory}; it hung ${log.length} times`;
}

/** A cell somewhere on the way from one text to another: cut off, put together, broken. */
function edited(random: (below: number) => number, pick: <Item>(items: readonly Item[]) => Item): string {
  let code: string = pick(sources);
  if (random(3) === 0) code = `${code}\n${pick(sources)}`;
  if (random(2) === 0) code = code.slice(0, random(code.length + 1));
  if (random(4) === 0) {
    const at = random(code.length + 1);
    code = code.slice(0, at) + pick(broken) + code.slice(at);
  }
  return code;
}

async function take(notebook: TestNotebook, code: string, random: (below: number) => number): Promise<void> {
  const { language } = notebook;
  const cursor = random([...code].length + 1);
  switch (random(6)) {
    case 0:
    case 1: {
      const { matches, cursorStart, cursorEnd } = await language.complete(code, cursor);
      const sound = cursorStart <= cursor && cursor <= cursorEnd && cursorEnd <= code.length;
      expect([code, cursor, matches.length > 0 && !sound]).toEqual([code, cursor, false]);
      return;
    }
    case 2:
      expect(typeof (await language.inspect(code, cursor, random(2) === 0 ? 0 : 1)).found).toBe('boolean');
      return;
    case 3:
      // Several at once, as a busy client sends them.
      await Promise.all([language.complete(code, cursor), notebook.run(code), language.inspect(code, cursor, 0)]);
      return;
    default:
      await notebook.run(code, { ok: random(4) > 0, defined: ['count', 'made'] });
      if (random(500) === 0) language.forget();
  }
}

/** Linux tells; elsewhere, and where no server runs at the moment, it is 0. */
function residentMiB({ language }: TestNotebook): number {
  if (process.platform !== 'linux' || language.pid === undefined) return 0;
  const status = readFileSync(`/proc/${language.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
