// Every kind of declaration after every other kind, and what a cell that failed half-way leaves behind.

import { describe, expect, test } from '@jest/globals';
import { createNotebook } from './notebook.ts';

/** Cells that declare `x`; `read` gives the value as a number. */
const KINDS: readonly (readonly [kind: string, declare: (n: number) => string])[] = [
  ['const', (n) => `const x = ${n}`],
  ['let', (n) => `let x = ${n}`],
  ['var', (n) => `var x = ${n}`],
  ['function', (n) => `function x() { return ${n} }`],
  ['async function', (n) => `async function x() {} x.n = ${n}`],
  ['class', (n) => `class x { static n = ${n} }`],
  ['decorated class', (n) => `@((v, c) => v) class x { static n = ${n} }`],
  ['enum', (n) => `enum x { n = ${n} }`],
  ['namespace', (n) => `namespace x { export const n = ${n} }`],
  ['object pattern', (n) => `const { x } = { x: ${n} }`],
  ['array pattern', (n) => `let [x] = [${n}]`],
  ['var pattern', (n) => `var { x } = { x: ${n} }`],
  ['named import', (n) => `import { x } from 'm${n}'`],
  ['default import', (n) => `import x from 'm${n}'`],
  ['namespace import', (n) => `import * as x from 'm${n}'`],
  ['import equals', (n) => `import x = require('m${n}')`],
  ['using', (n) => `using x = { n: ${n}, [Symbol.dispose]() {} }`],
  ['await using', (n) => `await using x = { n: ${n}, [Symbol.dispose]() {} }`],
  ['export const', (n) => `export const x = ${n}`],
  ['awaited const', (n) => `const x = await ${n}`],
];

const READ = 'typeof x === "number" ? x : x.n ?? x()';

function notebook() {
  const made = createNotebook();
  for (const n of [1, 2]) made.modules[`m${n}`] = { x: n, default: n, n };
  made.global.require = (path: string) => made.modules[path];
  return made;
}

describe('every kind after every kind', () => {
  for (const [first, declareFirst] of KINDS) {
    test.each(KINDS.map(([kind, declare]) => ({ kind, declare })))(`${first}, then $kind`, async ({ declare }) => {
      const { run } = notebook();
      await run(declareFirst(1));
      expect(await run(READ)).toBe(1);
      await run(`globalThis.read = () => ${READ}`);
      await run(declare(2));
      expect(await run(READ)).toBe(2);
      expect(await run('read()')).toBe(2);
      await run(declareFirst(1));
      expect(await run('read()')).toBe(1);
    });
  }
});

describe('a cell that fails', () => {
  test('keeps what it declared before it failed, and the old values of all other names', async () => {
    const { run, attempt } = notebook();
    await run('const a = 1; const b = 1; let c = 1');
    const { error } = await attempt('const a = 2; const b = (() => { throw new Error("no") })(); let c = 2');
    expect((error as Error).message).toBe('no');
    expect(await run('[a, b, c].join()')).toBe('2,1,1');
    await run('const b = 3');
    expect(await run('b')).toBe(3);
  });
  test('leaves a name that never had a value undeclared', async () => {
    const { run, attempt } = notebook();
    await attempt('const a = missing()');
    expect((await attempt('a')).error).toHaveProperty('name', 'ReferenceError');
    await run('let a = 5');
    expect(await run('a')).toBe(5);
  });
  test('still has its functions', async () => {
    const { run, attempt } = notebook();
    await attempt('throw new Error("no"); function f() { return 1 }');
    expect(await run('f()')).toBe(1);
  });
  test('has its functions where an import fails', async () => {
    const { run, attempt } = notebook();
    expect((await attempt('import "nowhere"; function f() { return 1 }')).error).toBeDefined();
    expect(await run('f()')).toBe(1);
  });
  test('releases what it used', async () => {
    const { run, attempt } = notebook();
    await run('let log = ""');
    await attempt('using a = { [Symbol.dispose]() { log += "a" } }; throw 1');
    await attempt('await using b = { [Symbol.dispose]() { log += "b" } }; throw 1');
    expect(await run('log')).toBe('ab');
  });
});

describe('constants', () => {
  test('refuse an assignment, in the cell and later', async () => {
    const { run, attempt } = notebook();
    expect((await attempt('const a = 1; a = 2')).error).toHaveProperty('name', 'TypeError');
    expect((await attempt('a = 3')).error).toHaveProperty('name', 'TypeError');
    expect(await run('a')).toBe(1);
  });
  test('can become variables', async () => {
    const { run } = notebook();
    await run('const a = 1');
    await run('let a = 2');
    expect(await run('a = 3; a')).toBe(3);
  });
});

describe('imports', () => {
  test('come first, in order', async () => {
    const { run, imported, modules } = notebook();
    for (const name of ['a', 'b', 'c', 'd', 'e']) modules[name] = { v: name };
    expect(
      await run(
        'const early = v; import "a"; import { v } from "b"; export * from "c"; export { v as w } from "d"; import type { T } from "t"; import { type U } from "e"; early',
      ),
    ).toBe('b');
    expect(imported).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
  test('bind default, named, quoted and whole modules', async () => {
    const { run, modules } = notebook();
    modules.m = { default: 1, a: 2, 'odd name': 3 };
    expect(
      await run(
        'import d, { a as b, "odd name" as c, default as e } from "m"; import f, * as n from "m"; [d, b, c, e, f, n.a].join()',
      ),
    ).toBe('1,2,3,1,1,2');
  });
  test('of a name that the module lacks throw when it is used', async () => {
    const { run, attempt, modules } = notebook();
    modules.m = {};
    await run('import { a } from "m"');
    expect((await attempt('a')).error).toBeDefined();
  });
  test('import() goes through the cell, with its attributes', async () => {
    const { run, modules } = notebook();
    modules.m = { v: 1 };
    expect(await run('(await import("m", { with: { type: "json" } })).v')).toBe(1);
    expect(await run('const load = async (name) => (await import(name)).v; await load("m")')).toBe(1);
  });
});

describe('statements whose value is unused', () => {
  test('are told with their line', async () => {
    const { run, dropped } = notebook();
    await run(
      'const f = (x) => x;\nf(1);\nfunction g() {\n  f(2);\n  return f(9);\n}\ng();\nvoid f(9);\nf?.(3);\n(f(4));\nnew Set([9]);\nawait f(9);\nconst h = async () => {\n  await f(9);\n  f(5);\n};\nawait h();\nf(9)',
    );
    expect(dropped).toEqual([
      [1, 2],
      [2, 4],
      [9, 7],
      [3, 9],
      [4, 10],
      [5, 15],
    ]);
  });
});
