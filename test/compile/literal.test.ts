// Coroutine literals: which are lowered, what they are called, and that they mean what the async function meant.

import { describe, expect, test } from '@jest/globals';
import { CellSyntaxError } from '../../runtime/compile/syntax-error.ts';
import { createNotebook } from './notebook.ts';

const IMPORT = "import { coroutine, sleep, gather, isCoroutine } from 'cokernel';\n";

/** The body of one cell after the import, and its value. */
const RUNS: readonly (readonly [name: string, source: string, value: unknown])[] = [
  ['an arrow function of one expression', 'const f = coroutine(async (a, b) => a + await b); await f(1, 2)', 3],
  ['a bare parameter', 'const f = coroutine(async n => n * 2); await f(4)', 8],
  ['no parameter', 'const f = coroutine(async () => 7); await f()', 7],
  ['an object in parentheses', 'const f = coroutine(async () => ({ a: await 1 })); (await f()).a', 1],
  [
    'a function expression',
    'const f = coroutine(async function (a) { return a + this.b }); await f.call({ b: 2 }, 1)',
    3,
  ],
  [
    'a named function expression that calls itself by its outer name',
    'const f = coroutine(async (n) => n === 0 ? "end" : await f(n - 1)); await f(3)',
    'end',
  ],
  [
    'a function expression that calls itself by its own name',
    'const f = coroutine(async function own(n) { return n <= 1 ? 1 : n * (await own(n - 1)) }); const g = f; await g(5)',
    120,
  ],
  [
    'an instance of what this holds',
    'class A { C = Map; f = coroutine(async () => new this.C([[1, 2]])) } (await new A().f()).get(1)',
    2,
  ],
  ['an instance of this', 'class A { static f = coroutine(async () => new this()) } (await A.f()) instanceof A', true],
  [
    'an instance of what super holds',
    'class A { get C() { return Map } } class B extends A { f() { return coroutine(async () => [new super.C(), new super["C"]()])() } } (await new B().f()).map((m) => m.size).join()',
    '0,0',
  ],
  [
    'types everywhere',
    'const f = coroutine(async <T,>(a: T, b?: number, ...c: T[]): Promise<T> => { const d: T = a as T; return d! }); await f<number>(5)',
    5,
  ],
  [
    'a type with a line break before the arrow',
    'const f = coroutine(async (a): Promise<\n  number\n> => a); await f(6)',
    6,
  ],
  [
    'comments in the head',
    'const f = coroutine(/* 1 */ async /* ( */ (a /* ) */ = ")", /* , */ b = 1) /* => */ => /* { */ a + b); await f()',
    ')1',
  ],
  [
    'parentheses and casts around',
    'const f = coroutine((async () => 3) as any), g = coroutine((((async () => 4)))); await f() + await g()',
    7,
  ],
  [
    'defaults that are evaluated at the call',
    'let n = 0; const f = coroutine(async (a = ++n) => a); const c = f(); const seen = n; await c + ":" + seen',
    '1:1',
  ],
  [
    'destructured and rest parameters',
    'const f = coroutine(async ({ a, b: [c] }, ...[d, e = 9]) => [a, c, d, e].join()); await f({ a: 1, b: [2] }, 3)',
    '1,2,3,9',
  ],
  [
    'suspension',
    'const log = []; const f = coroutine(async (n) => { log.push(n); await sleep(0); log.push(-n) }); await gather(f(1), f(2)); log.join()',
    '1,2,-1,-2',
  ],
  [
    'try, catch and finally around awaits',
    'const f = coroutine(async () => { let s = ""; try { await Promise.reject(1) } catch (e) { s += await e } finally { s += await 2 } return s }); await f()',
    '12',
  ],
  [
    'return in try with await in finally',
    'const f = coroutine(async () => { try { return await 1 } finally { await sleep(0) } }); await f()',
    1,
  ],
  [
    'for await and break',
    'const f = coroutine(async (g) => { let s = ""; for await (const x of g) { s += x; if (x === 2) break } return s }); async function* g() { try { yield 1; yield 2; yield 3 } finally { globalThis.closed = true } } await f(g()) + closed',
    '12true',
  ],
  [
    'for await over arrays of coroutines',
    'const f = coroutine(async () => { let n = 0; const g = coroutine(async (x) => x); for await (const x of [g(1), g(2)]) n += x; return n }); await f()',
    3,
  ],
  [
    'labelled for await with continue',
    'const f = coroutine(async () => { let s = ""; a: b: for await (const x of [1, 2, 3]) { for (;;) { if (x === 2) continue a; s += x; continue b } } return s }); await f()',
    '13',
  ],
  ['return in for await', 'const f = coroutine(async () => { for await (const x of [1, 2]) return x }); await f()', 1],
  [
    'an error in for await wins over one of return()',
    'const it = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }), return: async () => { throw new Error("return") } }) }; const f = coroutine(async () => { for await (const x of it) throw new Error("body") }); try { await f() } catch (e) { e.message }; let m; try { await f() } catch (e) { m = e.message } m',
    'body',
  ],
  [
    'an error of return() after break counts',
    'const it = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }), return: async () => { throw new Error("return") } }) }; const f = coroutine(async () => { for await (const x of it) break }); let m; try { await f() } catch (e) { m = e.message } m',
    'return',
  ],
  [
    'await using, in order, awaited',
    'const log = []; const held = (n) => ({ [Symbol.asyncDispose]: coroutine(async () => { await sleep(0); log.push(n) }) }); const f = coroutine(async () => { await using a = held("a"); await using b = held("b"), c = held("c"); using d = { [Symbol.dispose]() { log.push("d") } }; log.push("body"); return 1 }); log.unshift(await f()); log.join()',
    '1,body,d,c,b,a',
  ],
  [
    'using alone',
    'const log = []; const f = coroutine(async () => { using d = { [Symbol.dispose]() { log.push("d") } }; await 0; log.push("body") }); await f(); log.join()',
    'body,d',
  ],
  [
    'await using in a loop and a switch',
    'const log = []; const held = (n) => ({ [Symbol.asyncDispose]: async () => { log.push(n) } }); const f = coroutine(async () => { for (const n of [1, 2]) { await using a = held(n); log.push("b" + n); if (n === 1) continue } }); await f(); log.join()',
    'b1,1,b2,2',
  ],
  [
    'await using in the head of for-of',
    'const log = []; const held = (n) => ({ n, [Symbol.asyncDispose]: async () => { log.push(n) } }); const f = coroutine(async () => { for (await using a of [held(1), held(2)]) log.push("b" + a.n) }); await f(); log.join()',
    'b1,1,b2,2',
  ],
  [
    'await using in the head of for await',
    'const log = []; const held = (n) => ({ n, [Symbol.asyncDispose]: async () => { log.push(n) } }); const f = coroutine(async () => { for await (await using a of [held(1), held(2)]) log.push("b" + a.n) }); await f(); log.join()',
    'b1,1,b2,2',
  ],
  [
    'using in the head of for-of',
    'const log = []; const held = (n) => ({ n, [Symbol.dispose]: () => { log.push(n) } }); const f = coroutine(async () => { for (using a of [held(1), held(2)]) log.push("b" + await a.n) }); await f(); log.join()',
    'b1,1,b2,2',
  ],
  [
    'lexical this in a method',
    'class A { v = 5; f() { return coroutine(async () => this.v + (() => this.v)()) } } await new A().f()()',
    10,
  ],
  [
    'lexical this in a field',
    'class A { v = 5; f = coroutine(async () => { await 0; return this.v }) } await new A().f()',
    5,
  ],
  [
    'lexical arguments',
    'function make() { return coroutine(async (x) => arguments[0] + x + { arguments }.arguments.length) } await make(1, 9)(2)',
    5,
  ],
  ['lexical new.target', 'function F() { this.f = coroutine(async () => new.target === F) } await new F().f()', true],
  [
    'super',
    'class A { get x() { return this.v } m(a, b) { return this.v + a + (b ?? 0) } } class B extends A { v = 1; f() { return coroutine(async () => { const k = "m"; return [super.x, super.m(await 1), super[k](2, 3), super.none?.(1), super.m.name].join() }) } } await new B().f()()',
    '1,2,6,,m',
  ],
  [
    'super assigned',
    'class A {} class B extends A { f() { return coroutine(async () => { super.q = await 3; return this.q }) } } await new B().f()()',
    3,
  ],
  [
    'this before super()',
    'class A {} class B extends A { v = 1; constructor() { const f = coroutine(async () => this.v); super(); this.f = f } } await new B().f()',
    1,
  ],
  [
    'nested literals with captures',
    'class A { v = 2; f() { return coroutine(async () => { const g = coroutine(async () => this.v + arguments.length); return await g() }) } } await new A().f(1)()',
    3,
  ],
  [
    'this of functions inside is their own',
    'class A { v = 1; f() { return coroutine(async () => { const o = { v: 10, g() { return this.v }, h: function () { return this.v } }; class C { v = 20; w = this.v; static s = (() => this.name)() } return this.v + o.g() + o.h() + new C().w + C.s }) } } await new A().f()()',
    '41C',
  ],
  [
    'plain async functions inside are left alone',
    'const f = coroutine(async () => { const g = async (x) => { let s = 0; for await (const y of [x, 1]) s += y; return s }; return await g(2) }); await f()',
    3,
  ],
  [
    'functions and generators inside are left alone',
    'const f = coroutine(async () => { function* g() { yield 1; yield* [2] } return [...g()].join() }); await f()',
    '1,2',
  ],
  [
    'await in every position',
    'const f = coroutine(async (o) => { const { [await "a"]: x = await 1, ...r } = await o; const t = `${await 1}${`${await 2}`}`; const a = [await 1, ...await [2]]; o.n ??= await 5; o.n += await 1; const fn = (await ((y) => y + 1))(await 1); class C extends (await Object) { [await "k"] = 3; static [await "s"]() { return 4 } } const n = new (await Map)(await [[1, 2]]); delete (await o).zz; const q = (await null)?.a.b ?? (await undefined) ?? await 0; return [x, t, a.join(""), o.n, fn, new C().k, C.s(), n.get(1), q, typeof await 1, -await 2, !(await 0), (await 1, await 2), r.b, await (await 9) ].join() }); await f({ b: 1 })',
    '1,12,12,6,2,3,4,2,0,number,-2,true,2,1,9',
  ],
  [
    'await in a tagged template and a switch',
    'const f = coroutine(async () => { switch (await 1) { case await 0: return 0; case await 1: return String.raw`${await 1}\\n` } }); await f()',
    '1\\n',
  ],
  [
    'a member of the whole module',
    'import * as ck from "cokernel"; const f = ck.coroutine(async () => { await ck.sleep(0); return 1 }); await f()',
    1,
  ],
  [
    'an alias',
    'import { coroutine as co } from "cokernel"; const f = co(async () => { await sleep(0); return 1 }); await f()',
    1,
  ],
  [
    'the module taken by await import',
    'const { coroutine: co } = await import("cokernel"); const f = co(async () => { await sleep(0); return 1 }); await f()',
    1,
  ],
  [
    'directives stay first',
    'const f = coroutine(async () => { "use strict"; await 0; return this }); await f()',
    undefined,
  ],
  ['an empty body', 'const f = coroutine(async () => {}); await f()', undefined],
  ['a body with only a comment', 'const f = coroutine(async () => { /* nothing */ }); await f()', undefined],
  [
    'CRLF and a comment at the end of the expression',
    'const f = coroutine(async () =>\r\n  // one\r\n  1 // two\r\n); await f()',
    1,
  ],
  ['names like ours', 'const __v = 1, __co = 2; const f = coroutine(async () => __v + __co + await 3); await f()', 6],
  [
    'a cell whose enum goes through esbuild',
    'enum E { a = 1 } const f = coroutine(async (e: E): Promise<number> => { for await (const x of [E.a]) return x + e + await 1; return 0 }); await f(E.a)',
    3,
  ],
];

describe('literals', () => {
  test.each(RUNS.map(([name, source, value]) => ({ name, source, value })))('$name', async ({ source, value }) => {
    expect(await createNotebook().run(IMPORT + source)).toEqual(value);
  });
});

const STREAM = "import { asyncGenerator, coroutine, sleep, taskGroup, timeout, TaskGroup } from 'cokernel';\n";

/** Programs with the other takers of literals. */
const STREAMS: readonly (readonly [name: string, source: string, value: unknown])[] = [
  [
    'a generator',
    'const g = asyncGenerator(async function* (n) { for (let i = 0; i < n; i++) { await sleep(0); yield i } }); let s = ""; for await (const x of g(3)) s += x; s',
    '012',
  ],
  [
    'what is yielded is awaited',
    'const c = coroutine(async () => 5); const g = asyncGenerator(async function* () { yield c(); yield Promise.resolve(6); yield }); let s = ""; for await (const x of g()) s += x; s',
    '56undefined',
  ],
  [
    'finally runs after break',
    'let log = ""; const g = asyncGenerator(async function* () { try { yield 1; yield 2 } finally { await sleep(0); log += "closed" } }); for await (const x of g()) break; log',
    'closed',
  ],
  [
    'what is sent comes back from yield',
    'const g = asyncGenerator(async function* () { const got = yield 1; yield got + 1 }); const it = g(); await it.next(); (await it.next(4)).value',
    5,
  ],
  [
    'yield* passes on values and returns',
    'const inner = asyncGenerator(async function* () { yield 1; await sleep(0); yield 2; return 3 }); const g = asyncGenerator(async function* () { const r = yield* inner(); yield r; yield* [4, Promise.resolve(5)] }); let s = ""; for await (const x of g()) s += x; s',
    '12345',
  ],
  [
    'yield* closes the inner one',
    'let log = ""; const inner = asyncGenerator(async function* () { try { yield 1; yield 2 } finally { await sleep(0); log += "inner" } }); const g = asyncGenerator(async function* () { yield* inner() }); for await (const x of g()) break; log',
    'inner',
  ],
  [
    'yield* of a native async generator',
    'async function* inner() { yield 1; yield 2 } const g = asyncGenerator(async function* () { yield* inner() }); let s = ""; for await (const x of g()) s += x; s',
    '12',
  ],
  [
    'for await and await using inside',
    'const g = asyncGenerator(async function* () { await using a = { async [Symbol.asyncDispose]() { globalThis.gone = true } }; for await (const x of [1, 2]) yield x * 10 }); let s = ""; for await (const x of g()) s += x; s + gone',
    '1020true',
  ],
  [
    'a task group',
    'const log = []; const f = coroutine(async (n) => { await sleep(0); log.push(n) }); await taskGroup(async (tg) => { tg.createTask(f(1)); tg.createTask(f(2)) }); log.join()',
    '1,2',
  ],
  [
    'a timeout',
    'let name; try { await timeout(0.01, async () => { await sleep(10) }) } catch (e) { name = e.name } name',
    'TimeoutError',
  ],
  [
    'a block keeps this',
    'class A { v = 3; f() { return coroutine(async () => await taskGroup(async (tg) => this.v)) } } await new A().f()()',
    3,
  ],
];

describe('generators and blocks', () => {
  test.each(STREAMS.map(([name, source, value]) => ({ name, source, value })))('$name', async ({ source, value }) => {
    expect(await createNotebook().run(STREAM + source)).toEqual(value);
  });
});

describe('names of literals', () => {
  test.each([
    ['const f = coroutine(async () => {}); f.name', 'f'],
    ['let f; f = coroutine(async () => {}); f.name', 'f'],
    ['const o = { m: coroutine(async () => {}) }; o.m.name', 'm'],
    ['const o = {}; o.p = coroutine(async () => {}); o.p.name', 'p'],
    ['class A { q = coroutine(async () => {}) } new A().q.name', 'q'],
    ['class A { static "a b" = coroutine(async () => {}) } A["a b"].name', 'a b'],
    ['const { g = coroutine(async () => {}) } = {}; g.name', 'g'],
    ['const f = coroutine(async function h() {}); f.name', 'h'],
    ['coroutine(async () => {}).name', '<anonymous>'],
    ['const f = (coroutine(async () => {}) as any); f.name', 'f'],
    ['export const f = coroutine(async () => {}); f.name', 'f'],
  ])('%s', async (source, name) => {
    expect(await createNotebook().run(IMPORT + source)).toBe(name);
  });
});

describe('what is not a literal of ours', () => {
  const isLowered = async (...cells: string[]): Promise<boolean> => {
    const { compiler } = createNotebook();
    let code = '';
    for (const cell of cells) ({ code } = await compiler.compileCell(cell, { name: 'Cell [1]' }));
    return code.includes('__co.body(');
  };
  test('a name that comes from elsewhere', async () => {
    expect(await isLowered('import { coroutine } from "other"; coroutine(async () => {})')).toBe(false);
    expect(await isLowered('coroutine(async () => {})')).toBe(false);
  });
  test('a name that something nearer hides', async () => {
    for (const inside of [
      'function g(coroutine) { coroutine(async () => {}) }',
      'const g = ({ a: [coroutine] }) => coroutine(async () => {})',
      '{ const coroutine = 1; coroutine(async () => {}) }',
      'try {} catch (coroutine) { coroutine(async () => {}) }',
      'for (const coroutine of []) coroutine(async () => {})',
      'function g() { if (1) { var coroutine } coroutine(async () => {}) }',
      '{ function coroutine() {} coroutine(async () => {}) }',
      '(function coroutine() { coroutine(async () => {}) })',
      '{ class coroutine {} coroutine(async () => {}) }',
      'switch (1) { case 1: let coroutine; coroutine(async () => {}) }',
    ]) {
      expect([inside, await isLowered(`${IMPORT}${inside}`)]).toEqual([inside, false]);
    }
  });
  test('a name declared again in a later cell', async () => {
    expect(await isLowered(IMPORT, 'coroutine(async () => {})')).toBe(true);
    expect(await isLowered(IMPORT, 'const coroutine = (x) => x', 'coroutine(async () => {})')).toBe(false);
    expect(await isLowered(IMPORT, 'const { a: { coroutine } } = x', 'coroutine(async () => {})')).toBe(false);
    expect(await isLowered(IMPORT, 'function f() { const coroutine = 1 }', 'coroutine(async () => {})')).toBe(true);
    expect(await isLowered(IMPORT, 'syntax error', 'coroutine(async () => {})').catch(() => 'failed')).toBe('failed');
  });
  test('an import of a type', async () => {
    expect(await isLowered('import type { coroutine } from "cokernel"; coroutine(async () => {})')).toBe(false);
  });
});

describe('literals that cannot be lowered', () => {
  test.each([
    ['coroutine(async function* () {})', 'coroutine() takes an async function, and this is a generator'],
    ['import { asyncGenerator } from "cokernel"; asyncGenerator(async () => {})', 'asyncGenerator() takes a generator'],
    ['class A {} class B extends A { f() { coroutine(async () => { super.x += 1 }) } }', 'super'],
    ['class A {} class B extends A { f() { coroutine(async () => { super.x++ }) } }', 'super'],
  ])('%s', async (source, message) => {
    const failed = createNotebook().compiler.compileCell(IMPORT + source, { name: 'Cell [1]' });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(CellSyntaxError);
  });
});
