// Which names in a cell are the notebook's, and how they are written: `x°` here stands for x with the suffix.

import { describe, expect, test } from '@jest/globals';
import { createCompiler } from '../../runtime/compile/cell.ts';
import { scopeText } from '../../runtime/compile/scope-text.ts';
import { SUFFIX, withoutSuffix } from '../../runtime/compile/suffix.ts';
import { createNotebook } from './notebook.ts';

async function compile(source: string): Promise<string> {
  const { code } = await createCompiler({ checks: false }).compileCell(source, { name: 'Cell [1]' });
  return code.replaceAll(SUFFIX, '°');
}

/** The names with the suffix, in the order of the text, each once. */
async function suffixed(source: string): Promise<string> {
  const code = await compile(source);
  const body = code.slice(code.indexOf('\n'));
  return [...new Set([...body.matchAll(/([\p{ID_Start}$_][\p{ID_Continue}$]*)°/gu)].map(([, name]) => name))].join(' ');
}

/** Names that are free are written `f…`; all others are bound, or are no names at all. */
const FREE: readonly (readonly [title: string, source: string, free: string])[] = [
  ['parameters, defaults and rest', '((a, b = f1, { c, d: [e = f2] }, ...g) => a + b + c + e + g + f3)', 'f1 f2 f3'],
  [
    'var of a function, also in its blocks',
    '(() => { if (f1) { var a = 1 } for (var b of [f2]); return a + b })',
    'f1 f2',
  ],
  ['a parameter does not see var of the body', '((a = f1) => { var f1 = a })', 'f1'],
  ['let in a block, and beyond it', '{ let f1 = 1; f1 } f1', 'f1'],
  ['a function in a block', '{ function a() {} a() } f1()', 'f1'],
  [
    'heads of loops',
    'for (let a = f1; a < f2; a++) a; for (const b of f3) b; for (const c in f4) c; a',
    'f1 f2 f3 f4 a',
  ],
  ['the right side of a loop is in its head', 'for (const a of [a]) ;', ''],
  ['the clauses of a switch share a scope', 'switch (f1) { case f2: let a = 1; default: a }', 'f1 f2'],
  ['the value of a switch lies outside', 'switch (f1) { case 1: let f1 }', 'f1'],
  ['catch', 'try { f1 } catch (a) { a } try {} catch ({ b, c: [d] }) { b + d + f2 }', 'f1 f2'],
  ['names of function and class expressions', '(function a() { a(f1) }); (class b extends f2 { m() { b } })', 'f1 f2'],
  ['a declared function by itself', 'function f1() { f1() }', 'f1'],
  ['a declared class within itself, and beside', 'class f1 { m() { return f1 } } f1', 'f1'],
  [
    'fields, static blocks and computed keys',
    '(class { [f1] = f2; static [f3]() {} static { var a = f4; a } })',
    'f1 f2 f3 f4',
  ],
  ['arguments', '(function () { return () => arguments })', ''],
  ['keys and members are no names', '({ a: f1, b() {}, get c() { return 1 }, [f2]: 1 }).a.b?.c[f3]', 'f1 f2 f3'],
  ['labels are none', 'a: for (;;) { if (f1) continue a; break a }', 'f1'],
  [
    'private names and meta properties are none',
    '(class { #a = f1; m() { return #a in this && new.target } }); import.meta',
    'f1',
  ],
  ['types are none', 'const a: B<C> = f1 as D satisfies E; (f2 satisfies unknown)!; type G = H', 'f1 f2'],
  ['JavaScript keeps some', '[undefined, NaN, Infinity, globalThis]', ''],
  ['a using declaration', 'using a = f1; const b = () => a', 'f1 a'],
  ['an alias and a require', 'import a = f1.b.c; import d = require("d")', 'f1 require'],
  ['what esbuild makes of an enum', 'enum f1 { a = f2, b = a } f1.b', 'f1 f2'],
  ['what esbuild makes of JSX', 'const a = <f1.b c={f2}><div /></f1.b>', 'f1 f2'],
  ['what esbuild makes of a parameter', 'const a = class { constructor(readonly b = f1) { f2(b) } }', 'f1 f2'],
  ['what esbuild makes of a decorator', '@f1 class a { @f3(f4) m() {} } f5', 'f1 f3 f4 f5'],
];

test.each(FREE)('%s', async (_, source, free) => {
  expect((await suffixed(source)).split(' ').sort()).toEqual(free.split(' ').sort());
});

describe('how a use is written', () => {
  test.each([
    ['({ a, b: c })', '({ a: a°, b: c° })'],
    ['({ a, b = 1, ...c } = d)', '({ a: a°, b: b° = 1, ...c° } = d°)'],
    ['a = () => b', 'a° = ({ a: () => b° }).a'],
    ['a ??= class {}', 'a° ??= ({ a: class {} }).a'],
    ['a = (function () {})', 'a° = ({ a: (function () {}) }).a'],
    ['a = function b() {}', 'a° = function b() {}'],
    ['__proto__ = () => 1', '__proto__° = ({ ["__proto__"]: () => 1 })["__proto__"]'],
    ['typeof a', '(__cell.known("a") ? typeof a° : "undefined")'],
    ['typeof (a as any)', '(__cell.known("a") ? typeof (a°) : "undefined")'],
    ['typeof a.b', 'typeof a°.b'],
    ['eval(a)', 'eval(__cell.text(a°, ""))'],
    ['((b) => eval("b"))', '((b) => eval(__cell.text("b", "b")))'],
    ['(0, eval)("a")', '(0, eval°)("a")'],
    ['new Function("a")', 'new __cell.Function("a")'],
    ['a instanceof Function', 'a° instanceof Function°'],
    ['\\u0061bc', '\\u0061bc°'],
  ])('%s', async (source, written) => {
    const code = await compile(`(${source})`);
    expect(code.slice(code.indexOf('\n') + 1).split('\n')[0]).toBe(`__cell.result((${written}));`);
  });

  test.each([
    ['a; let a = 1', '__cell.early("a"); __cell.let({ a: 1 });'],
    ['a = 2; let a', '__cell.early("a").v = 2; __cell.let({ a: undefined });'],
    ['const a = a', '__cell.const({ a: __cell.early("a") });'],
    ['const b = () => a, a = 1; a', '__cell.const({ b: () => a° });__cell.const({ a: 1 }); __cell.result(a°);'],
  ])('before its declaration: %s', async (source, written) => {
    const code = await compile(source);
    expect(code.slice(code.indexOf('\n') + 1).split('\n')[0]).toBe(written);
  });
});

test.each(['let a‌ = 1', 'function f(a‌) {}', 'a\\u200c = 1', 'a\\u{200C} = 1'])(
  'a name that ends in the suffix is refused: %j',
  async (source) => {
    await expect(compile(source)).rejects.toThrow('A name cannot end in U+200C');
  },
);

test('names of Persian words keep what they have inside', async () => {
  const { run } = createNotebook();
  expect(await run("const نامه‌ای = 'a letter'; نامه‌ای")).toBe('a letter');
  expect(withoutSuffix(`${'نامه‌ای'}${SUFFIX} is not a function`)).toBe('نامه‌ای is not a function');
});

describe('texts for eval', () => {
  test('names that are bound there stay, and functions have their own', () => {
    expect(scopeText('let a = 1; (b) => a + b + c + d', 'd')).toEqual({
      code: `let a = 1; (b) => a + b + c${SUFFIX} + d`,
      used: 'c',
      written: '',
    });
  });
  test('what does not parse is handed on; for what eval refuses, eval has the words', () => {
    expect(scopeText('with (a) b', '')?.code.replaceAll(SUFFIX, '°')).toBe('with (a°) b');
    expect(scopeText('a b', '')).toBeUndefined();
  });
});

describe('between cells', () => {
  test('an assignment to a built-in is one to the global', async () => {
    const { run, global } = createNotebook();
    expect(await run("parseFloat = () => 'mine'; parseFloat('1')")).toBe('mine');
    expect((global.parseFloat as () => string)()).toBe('mine');
  });
  test('a built-in that somebody replaces is seen by the next cell', async () => {
    const { run, global } = createNotebook();
    await run('const max = () => Math.max(1, 2); max()');
    global.Math = { max: () => 'replaced' };
    expect(await run('max()')).toBe('replaced');
  });
  test('delete of a property of globalThis keeps the name', async () => {
    const { run } = createNotebook();
    await run('let v = 1');
    expect(await run('delete globalThis.v; v')).toBe(1);
    expect(await run('Object.keys(globalThis).includes("v")')).toBe(false);
  });
});

describe("a pattern's defaults", () => {
  test('close over the names that it declares', async () => {
    const { run } = createNotebook();
    expect(await run('let [first, getFirst = () => first] = [1]; first = 2; getFirst()')).toBe(2);
    expect(await run('first = 3; getFirst()')).toBe(3);
    expect(await run('let { count = 0, bump = () => { count++ } } = {}; bump(); count')).toBe(1);
  });
  test('read the names before them, and none after them', async () => {
    const { run, attempt } = createNotebook();
    expect(
      await run(
        'const { a, b: [c = a, ...d], ...rest } = { a: 1, b: [undefined, 2, 3], e: 4 }; [a, c, d, rest.e].join()',
      ),
    ).toBe('1,1,2,3,4');
    for (const source of ['let [x = y, y] = []', 'let { y } = y', 'let { [y]: y } = {}', 'enum E {} let { y } = y']) {
      expect((await attempt(source)).error).toHaveProperty('message', "Cannot access 'y' before initialization");
      await run('let y = "old"');
    }
    expect(await run('y')).toBe('old');
  });
  test('give nameless functions their names, and errors the names of the person', async () => {
    const { run, attempt } = createNotebook();
    expect(
      await run(
        'const [f = () => 1, g = (function () {}), h = class {}] = []; [f, g, h].map((each) => each.name).join()',
      ),
    ).toBe('f,g,h');
    expect((await attempt('let [a, b = a()] = [1]')).error).toHaveProperty('message', 'a is not a function');
  });
});

/** Cells of one notebook; the value of the last. */
const NOTEBOOKS: readonly (readonly [title: string, cells: readonly string[], value: unknown])[] = [
  ['own initialiser', ['let v = 1', 'try { eval("v") } finally {} ', 'const w = (() => typeof w)'], undefined],
  ['assignment of every kind', ['let x = 9', 'x++; x += 2; x **= 2; x ??= 0; x &&= x; --x'], 143],
  [
    'a swap, and a rest',
    ['let x = 1, y = 2, z', '[x, y] = [y, x]; [z, ...x] = [0, y, 5]; [x, y, z].join()'],
    '1,5,1,0',
  ],
  [
    'closures of a loop',
    ['const x = 2', 'const fs = []; for (let i = 0; i < 3; i++) fs.push((k = i + x) => k); fs.map((f) => f()).join()'],
    '2,3,4',
  ],
  [
    "a class's name inside is its own",
    ['class A { static make() { return new A() } } const A1 = A', 'class A { n = 2 }', 'A1.make() instanceof A1'],
    true,
  ],
  [
    'an enum that is declared again',
    ['const base = 7; enum E { A = base, B = A + 1 }', 'enum E { C = base }', '[E.C, E.A].join()'],
    '7,',
  ],
  [
    'a namespace that reads a name',
    ['const base = 7', 'namespace N { export const z = base; export function get() { return z + base } } N.get()'],
    14,
  ],
  ['a decorator', ['const base = 7, deco = (v, c) => v', '@deco class D { @deco m() { return base } } new D().m()'], 7],
  [
    'var keeps its value, and let of a function gives it a new one',
    ['var h = 1', 'var h; { var h2 = 3 } [h, h2].join()'],
    '1,3',
  ],
  [
    'resources',
    [
      'let log = ""; const f = () => r.n; { using a = { [Symbol.dispose]() { log += "a" } } } using r = { n: 5, [Symbol.dispose]() { log += "r" } }, s = { n: r.n, [Symbol.dispose]() { log += "s" } }; log += f() + s.n',
      'log',
    ],
    'a10sr',
  ],
  ['indirect eval', ['let x = 4', '[(0, eval)("x"), [1].map(eval)[0], eval?.("x + 1")].join()'], '4,1,5'],
  [
    'eval that declares, and asks for types',
    ['let x = 4', 'eval("var y = x; [typeof y, typeof x, typeof nowhere].join()")'],
    'number,number,undefined',
  ],
  ['a function of the name Function', ['function Function(text) { return text }', 'Function("a")'], 'a'],
];

test.each([
  'try { notf() } catch (error) { said = error.message }',
  'try { notf() } catch ({ message }) { said = message }',
  'try { notf() } catch ({ message })\n{ said = message }',
  'await (async () => notf())().catch((error) => { said = error.message })',
  'said = await (async () => notf())().catch(({ message = "" }) => message)',
  'said = await (async () => notf())().catch(async (error: Error) => error.message)',
  'said = (await (async () => notf())().then(undefined, (error) => ({ ...error, text: error.message }))).text',
  'said = await (async () => notf())().catch(function (error) { return error.message })',
])('a message is that of the name as it was written: %s', async (source) => {
  const { run } = createNotebook();
  await run('let notf = 3, said = ""');
  await run(source);
  expect(await run('said')).toBe('notf is not a function');
});

test.each(NOTEBOOKS)('%s', async (_, cells, value) => {
  const { run } = createNotebook();
  let last: unknown;
  for (const cell of cells) last = await run(cell);
  expect(last).toEqual(value);
});
