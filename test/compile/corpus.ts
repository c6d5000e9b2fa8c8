// Cells and what they give: run in cell.test.ts, and sent through both ways of the compiler in both-ways.test.ts.

import { expect } from '@jest/globals';

/** Cells run in one notebook, and the value of the last. */
export const RUNS: readonly (readonly [name: string, cells: readonly string[], value: unknown])[] = [
  ['a number', ['1 + 2'], 3],
  ['a semicolon does not hide the value', ['1 + 2;'], 3],
  ['a comment after it does not either', ['1 + 2; // three'], 3],
  ['empty statements after it do not either', ['1 + 2;;;'], 3],
  ['nothing', [''], undefined],
  ['only a comment', ['// nothing'], undefined],
  ['only a block comment', ['/* nothing */'], undefined],
  ['a declaration shows nothing', ['const a = 1'], undefined],
  ['const persists', ['const a = 1', 'a'], 1],
  ['let persists and can be assigned', ['let a = 1', 'a++', 'a'], 2],
  ['let without a value', ['let a', 'typeof a'], 'undefined'],
  ['var persists', ['var a = 1', 'a += 1', 'a'], 2],
  ['var in a block', ['{ var a = 1; }', 'a'], 1],
  ['var in a loop', ['for (var i = 0; i < 3; i++) { var last = i }', '[i, last].join()'], '3,2'],
  ['var in for-of', ['for (var x of [1, 2]);', 'x'], 2],
  ['var in for-in with a pattern', ['for (var [k] in { ab: 1 });', 'k'], 'a'],
  [
    'var in try, switch, if and label',
    [
      'try { var a = 1 } catch { var b } finally { var c = 2 } switch (1) { case 1: var d = 3 } if (a) var e = 4; L: { var f = 5 }',
      '[a, b, c, d, e, f].join()',
    ],
    '1,,2,3,4,5',
  ],
  ['var keeps its value where it has none', ['var a = 1', 'var a', 'a'], 1],
  ['var is undefined before it is assigned', ['var before = a; var a = 1', 'before'], undefined],
  ['var with patterns', ['var { a, b: [c] } = { a: 1, b: [2] }, d = 3', '[a, c, d].join()'], '1,2,3'],
  ['several in one statement', ['let a = 1, b = a + 1, c', '[a, b, c].join()'], '1,2,'],
  ['an object pattern', ['const { a, b: { c }, ...rest } = { a: 1, b: { c: 2 }, d: 3 }', 'a + c + rest.d'], 6],
  [
    'an array pattern with defaults',
    ['let [a, , b = a + 1, ...c] = [1, 2, undefined, 4]', '[a, b, c[0]].join()'],
    '1,2,4',
  ],
  ['a function is hoisted', ['const a = f(); function f() { return 5 }', 'a'], 5],
  ['the last function of a name wins', ['const a = f(); function f() { return 1 } function f() { return 2 }', 'a'], 2],
  [
    'functions call each other whatever the order',
    [
      'const x = even(4); function even(n) { return n === 0 || odd(n - 1) } function odd(n) { return n !== 0 && even(n - 1) }; x',
    ],
    true,
  ],
  [
    'a recursion sees the newest definition',
    ['function f(n) { return n === 0 ? "old" : f(n - 1) }; const g = f', 'function f() { return "new" }', 'g(1)'],
    'new',
  ],
  ['a closure sees a new value', ['const a = 1; const get = () => a', 'const a = 2', 'get()'], 2],
  ['a closure assigns what others read', ['let a = 1; const set = (v) => { a = v }', 'set(5)', 'a'], 5],
  ['a closure of a pattern assigns what others read', ['let { n, add } = { n: 1, add: () => n++ }', 'add()', 'n'], 2],
  [
    'names of functions',
    ['const f = () => {}, { g = () => {} } = {}; function h() {} class C {}', '[f, g, h, C].map((x) => x.name).join()'],
    'f,g,h,C',
  ],
  ['a class refers to itself', ['class A { static made = new A(); me() { return A } }', 'A.made.me() === A'], true],
  [
    'a class extends one of another cell',
    ['class A { x = 1 }', 'class B extends A { y = 2 }', 'const b = new B(); b.x + b.y'],
    3,
  ],
  ['an object literal alone', ['{a: 1, b: 2}'], { a: 1, b: 2 }],
  ['an object literal with a method', ['{ f() { return 1 } }.f?.name'], 'f'],
  ['an empty object', ['{}'], {}],
  ['a block is a block', ['{ const a = 1; a }'], undefined],
  ['a block with a label is an object', ['{ a: 1 }'], { a: 1 }],
  ['top-level await', ['const a = await Promise.resolve(1); a + (await Promise.resolve(2))'], 3],
  ['await of a plain value', ['await 42'], 42],
  [
    'await in a template, spread, call, key and default',
    [
      'const f = (...a) => a.join(); const { x = await 9 } = {}; `${await 1}` + f(...await [2, 3]) + { [await "k"]: await 4 }.k + x',
    ],
    '12,349',
  ],
  [
    'await in conditionals and chains',
    ['const o = { p: { q: 7 } }; (await true) ? (await o)?.p?.[await "q"] : await 1'],
    7,
  ],
  ['await on both sides of an operator', ['let a = 1; a += await 2; (await 10) ** (await 2) - a'], 97],
  ['await in a class head', ['class A extends (await Object) { [await "m"]() { return 3 } }; new A().m()'], 3],
  [
    'await in a switch',
    ['let r; switch (await 2) { case await 1: r = "one"; break; case await 2: r = "two" }; r'],
    'two',
  ],
  [
    'await in a loop head',
    ['let n = 0; for (let i = await 0; i < (await 3); i += await 1) n += i; while (await (n > 10)); n'],
    3,
  ],
  [
    'await in try and finally',
    [
      'let s = ""; try { await Promise.reject(new Error("no")) } catch (e) { s += e.message + await "!" } finally { s += await "." } s',
    ],
    'no!.',
  ],
  [
    'for await over an async generator',
    ['async function* g() { yield 1; yield 2 } let n = 0; for await (const x of g()) n += x; n'],
    3,
  ],
  ['for await over an array of promises', ['let n = 0; for await (const x of [Promise.resolve(1), 2]) n += x; n'], 3],
  [
    'for await with a label, continue and break',
    [
      'async function* g() { for (let i = 0; ; i++) yield i } let s = ""; outer: for await (const x of g()) { for (const y of [1, 2]) { if (x === 1) continue outer; if (x === 3) break outer; s += x + "" + y + " " } } s',
    ],
    '01 02 21 22 ',
  ],
  [
    'for await over a right side with types, parentheses and an await of its own',
    [
      'let n = 0; const a: number[] | undefined = [1, 2]; for await (const x of a!) n += x; for await (const x of (a as number[])) n += x; for await (const x of (await Promise.resolve(a))!) n += x; for await (const x of <number[]>a) n += x; n',
    ],
    12,
  ],
  ['for await with var', ['for await (var { v: w = 3 } of [{}]);', 'w'], 3],
  [
    'for await awaits return() after break',
    [
      'let log = ""; const it = { [Symbol.asyncIterator]() { return { async next() { return { value: 1, done: false } }, async return() { await 0; log += "closed"; return {} } } } }; for await (const x of it) break; log',
    ],
    'closed',
  ],
  [
    'for await with a pattern and an assignment target',
    [
      'let a, o = {}; for await (const { v: [w] } of [{ v: [5] }]) a = w; for await (o.p of [6]); for await ([o.r, o.q = 8] of [[{}, undefined]]); a + o.p + o.q',
    ],
    19,
  ],
  [
    'closures in for await have a variable each',
    ['const fs = []; for await (const x of [1, 2, 3]) fs.push(() => x); fs.map((f) => f()).join()'],
    '1,2,3',
  ],
  [
    'using is released when the cell ends',
    ['let log = ""', 'using r = { [Symbol.dispose]() { log += "gone" } }; log += "here "', 'log + (typeof r)'],
    'here goneobject',
  ],
  ['using keeps the value of the cell', ['using r = { v: 4, [Symbol.dispose]() {} }; r.v'], 4],
  [
    'await using is released when the cell ends',
    [
      'let log = ""',
      'await using r = { async [Symbol.asyncDispose]() { await 0; log += "gone " } }; using s = { [Symbol.dispose]() { log += "s " } }; log += "here "',
      'log + (typeof r)',
    ],
    'here s gone object',
  ],
  [
    'await using in a block',
    [
      'let log = ""; { await using a = { async [Symbol.asyncDispose]() { await 0; log += "a" } }; await using n = null; const f = () => a; log += typeof f() } log',
    ],
    'objecta',
  ],
  [
    'errors of disposal suppress',
    [
      'let caught; try { await using a = { [Symbol.asyncDispose]() { throw new Error("a") } }; throw new Error("body") } catch (e) { caught = e } `${caught.constructor.name} ${caught.error.message} ${caught.suppressed.message}`',
    ],
    'SuppressedError a body',
  ],
  ['an enum', ['enum A { x, y = 5, z } A.z + A[0]'], '6x'],
  ['an enum starts afresh', ['enum A { x }', 'enum A { y }', 'JSON.stringify(A)'], '{"0":"y","y":0}'],
  [
    'an enum merges within a cell',
    ['enum A { x } enum A { y = 5 } JSON.stringify(A)'],
    '{"0":"x","5":"y","x":0,"y":5}',
  ],
  ['a const enum', ['const enum A { x = 3 } A.x', 'A.x'], 3],
  ['a namespace', ['namespace N { export const a = 1; export function f() { return a + N.a } } N.f()'], 2],
  ['a namespace merges with a function', ['function f() { return f.n } namespace f { export let n = 2 } f()'], 2],
  [
    'a namespace merges with a class',
    ['class C { get() { return C.n } } namespace C { export const n = 3 } new C().get()'],
    3,
  ],
  ['a nested namespace', ['namespace A.B { export const c = 1 } A.B.c'], 1],
  ['closures see a new enum', ['enum E { a = 1 } const get = () => E.a', 'enum E { a = 2 }', 'E.a'], 2],
  [
    'types vanish',
    [
      'type T = number; interface I { a: T } declare const d: I; declare function e(): void; const x: T = 1 as const; let y!: string; function f<T>(this: void, a?: T, ...b: T[]): a is T { return true } x satisfies number',
    ],
    1,
  ],
  ['casts and assertions', ['const a = <number>(1 as unknown); a!.toFixed!()!'], '1'],
  ['type arguments', ['const id = <T,>(x: T): T => x; id<number>(5)'], 5],
  ['type arguments that could be comparisons', ['const f = <A, B>(x: unknown) => [x]; f<number, string>(7)[0]'], 7],
  [
    'an overloaded function',
    ['function f(a: string): void; function f(a: number): number; function f(a: any) { return a } f(3)'],
    3,
  ],
  [
    'an abstract class',
    [
      'abstract class A<T> { abstract f(): T; protected readonly x?: number; private static y = 1; declare z: string; [key: string]: any; g?(): void; constructor(public q = 2, private readonly r: number = 3) {} sum() { return this.q + this.r } } class B extends A<number> implements Iterable<number> { override f() { return this.sum() } *[Symbol.iterator]() { yield 1 } } new B().f()',
    ],
    5,
  ],
  ['fields without semicolons', ['class A { a: number\n["b"]: number = 2\n c!: string\n *d() {} }\nnew A().b'], 2],
  ['a cast at the end of a line', ['const a = 1 as any\n;[2].length'], 1],
  ['a cast before a parenthesis on the next line', ['const a = 5 as number\n(6)'], 6],
  ['a type alias before a bracket', ['type A = number\n[1, 2].length'], 2],
  ['a last expression that starts with a parenthesis', ['const a = 1;\n(a + 1)'], 2],
  ['a last expression that starts with a bracket', ['const a = 1;\n[a, 2][1]'], 2],
  ['a last expression that is a template', ['const a = 1;\n`${a}!`'], '1!'],
  ['a var pattern after a line without semicolon', ['const log = []\nlog.push(1)\nvar [a] = [2]\na'], 2],
  ['a directive', ['"use strict"'], 'use strict'],
  ['a directive and a value', ['"use client"; 3'], 3],
  ['cells are strict', ['(function () { return this === undefined })()'], true],
  [
    'a class with decorators',
    [
      'const log: string[] = []; const dec = (v: any, c: any) => { log.push(c.kind + " " + c.name); return v }; @dec class A { @dec m() { return A } @dec static s() {} @dec accessor q = 1 }; log.join() + (new A().m() === A) + A.name',
    ],
    'method s,accessor q,method m,class AtrueA'.replace('accessor q,method m', 'method m,accessor q'),
  ],
  ['a decorated class persists', ['const d = (v, c) => v; @d class A { x = 1 }', 'new A().x'], 1],
  ['an exported decorated class', ['const d = (v, c) => v; @d export class A { x = 1 }', 'new A().x'], 1],
  ['a decorated class after export', ['const d = (v, c) => v; export @d class A { x = 1 }', 'new A().x'], 1],
  [
    'export declares',
    [
      'export const a = 1; export let b = 2; export function f() { return 3 } export class C { d = 4 }',
      'a + b + f() + new C().d',
    ],
    10,
  ],
  ['export lists vanish', ['const a = 1; export { a, a as b }; export type { T } from "t"', 'a'], 1],
  ['export default of an expression is the value', ['export default 1 + 1'], 2],
  ['export default of a named function declares it', ['export default function f() { return 1 }', 'f()'], 1],
  ['export default of a class declares it', ['export default abstract class A { static x = 1 }', 'A.x'], 1],
  [
    'export default of an anonymous function is a value',
    ['export default function () { return 1 }'],
    expect.any(Function),
  ],
  ['export = is a value', ['export = 5'], 5],
  ['import.meta', ['import.meta.url'], 'file:///notebook'],
  [
    "the language's own names declared anew",
    [
      'const Symbol = 1, Object = 2, String = 3, TypeError = 4, SuppressedError = 5;',
      'let log = ""; for await (const x of [1, 2]) log += x; { await using held = null; } log',
    ],
    '12',
  ],
  [
    'arguments is no name at the top of a cell',
    ['typeof arguments + [1].map(() => typeof arguments)'],
    'undefinedundefined',
  ],
  [
    'arguments in functions',
    [
      'const f = function (a) { return (() => arguments[0] + a)() }; class A { m() { return arguments.length } } f(2) + new A().m(1)',
    ],
    5,
  ],
  ['names like ours', ['const __cell = 1, __co = 2, __stop = 3, __v = await 4; __cell + __co + __stop + __v'], 10],
  ['names with other letters', ['const ünï = 1, $ = 2, _ = 3, 変数 = 4; ünï + $ + _ + 変数'], 10],
  ['emoji', ['const a = "😀"; `${a}👩‍👩‍👧` + a.length'], '😀👩‍👩‍👧2'],
  ['CRLF', ['const a = 1\r\nconst b = 2\r\na + b\r\n'], 3],
  ['lone carriage returns', ['const a = 1\rconst b = 2\r// c\ra + b'], 3],
  ['a byte order mark', ['\uFEFFconst a = 1; a'], 1],
  ['a hashbang', ['#!/usr/bin/env node\n5'], 5],
  ['a line separator in a string', ['"a\u2028b".length'], 3],
  ['a line separator in a template, and raw', ['String.raw`a\u2028b`.length + `\u2029`.length'], 4],
  ['regular expressions and divisions', ['const a = 4, g = 2; a / 2 / g + /x\\/[/]y/g.source'], '1x\\/[/]y'],
  [
    'BigInt, private fields, static blocks',
    ['class A { #p = 1n; static q; static { this.q = 2n } sum() { return this.#p + A.q } } new A().sum()'],
    3n,
  ],
  [
    'generators and async iteration in plain functions',
    [
      'async function* g() { for await (const x of [1, 2]) yield x * 2 } const all = async () => { let s = 0; for await (const x of g()) s += await x; return s }; await all()',
    ],
    6,
  ],
  [
    'a label and loops of every kind',
    [
      'let n = 0; a: for (;;) { do { n++; if (n > 5) break a; continue a } while (true) } for (const k in { x: 1 }) n += k.length; while (n < 10) n++; n',
    ],
    10,
  ],
  ['arguments and this in functions', ['function f() { return arguments.length + this.x } f.call({ x: 1 }, 1, 2)'], 3],
  ['new.target', ['function F() { return new.target === F } const o = new F(); o instanceof F'], true],
  ['the comma operator', ['1, 2'], 2],
  ['an assignment is a value', ['let a; a = 5'], 5],
  ['undefined is shown as such', ['undefined'], undefined],
  ['JSX', ['const div = <div id="a">hi {1 + 1}<></></div>; div.type + div.props.id'], 'diva'],
  [
    'an alias of a type declares nothing, one of a value a constant',
    [
      'namespace Geo { export interface Point { x: number } export namespace In { export const v = 1 } }',
      'import Point = Geo.Point; import v = Geo.In.v; import None = Geo.Out.T; const p: Point = { x: 2 }; [p.x, v, typeof Point, typeof None].join()',
    ],
    '2,1,undefined,undefined',
  ],
  [
    'an alias of a type hides no global',
    ['namespace A { export type URL = 1 }', 'import URL = A.URL; typeof URL'],
    'function',
  ],
  [
    'a nameless default export is called default',
    ['let n; export default class { static m = (n = this.name) }', 'n'],
    'default',
  ],
  [
    'a decorated default export without a name',
    [
      'const seen = []; const d = (c) => { seen.push(c.name) };\n@d\nexport default class { static y = 1 }\nseen.join()',
    ],
    'default',
  ],
  [
    'async generator functions have their length and name',
    [
      'import { asyncGenerator } from "cokernel"; const g = asyncGenerator(async function* (a, b, c = 1) {}); g.name + g.length',
    ],
    'g2',
  ],
  [
    'for await over a name that is not iterable',
    ['let m; const t = {}; try { for await (const x of t); } catch (e) { m = e.message } m'],
    't is not async iterable',
  ],
  [
    'over a member',
    ['let m; const t: any = { a: 1 }; try { for await (const x of t!["a"]); } catch (e) { m = e.message } m'],
    't.a is not async iterable',
  ],
  [
    'over a call',
    ['let m; const f = () => 1; try { for await (const x of (f() as any)); } catch (e) { m = e.message } m'],
    'f(...) is not a function or its return value is not async iterable',
  ],
  [
    'over a sum',
    ['let m; const a = 1; try { for await (const x of a + a); } catch (e) { m = e.message } m'],
    '(intermediate value) is not async iterable',
  ],
  [
    'over what has a bad iterator',
    ['let m; try { for await (const x of { [Symbol.iterator]: () => 1 }); } catch (e) { m = e.message } m'],
    'Result of the Symbol.iterator method is not an object',
  ],
  [
    'a text with super in eval sees the notebook’s names',
    ['let n = 0; class A { get x() { return 5 } } class B extends A { y = eval("n = 1; super.x") } new B().y + n'],
    6,
  ],
  ['import() of a URL', ['(await import(new URL("node:path"))).sep'], '/'],
  ['import() in eval', ['const scheme = "node:"; (await eval("import(scheme + \'path\')")).sep'], '/'],
  [
    'import() in new Function',
    ['(await new Function("name", "return import(name, { with: {} })")("node:path")).sep'],
    '/',
  ],
  ['a required parameter after an optional one', ['function f(a?: number, b: number) { return b } f(1, 2)'], 2],
  ['a member declared twice', ['class A { x = 1; x() { return 2 } } new A().x'], 1],
  ['a setter with a default value', ['let n = 0; const o = { set x(v = 1) { n = v } }; o.x = undefined; n'], 1],
  [
    'a variable of a function’s name in a function',
    ['(function () { var d: any = 1; function d() {} return d })()'],
    1,
  ],
  [
    'a variable of a function’s name keeps what it holds',
    ['(function () { const o = { name: "o" }; var d: any = o; function d() {} return d.name })()'],
    'o',
  ],
  ['a function in a block is the block’s', ['(function () { var d = 1; { function d() {} } return d })()'], 1],
  ['a rest parameter with a question mark', ['const f = (...a?: number[]) => a.length; f(1, 2)'], 2],
  ['of a pattern, in a method', ['class A { m(...[a, b]?: number[]) { return a + b } } new A().m(1, 2)'], 3],
  [
    'await using in the head of a loop',
    [
      'let log = ""; for (await using a = { async [Symbol.asyncDispose]() { await 0; log += "gone" } }, b = null; log.length < 3; log += 1) { log += typeof a; if (log.length > 2) break } log',
    ],
    'objectgone',
  ],
  [
    'with a label',
    [
      'let log = ""; outer: for (await using a = { async [Symbol.asyncDispose]() { log += "gone" } }; log.length < 3; log += 1) for (;;) continue outer; log',
    ],
    '111gone',
  ],
  [
    'in a coroutine',
    [
      'import { coroutine, sleep } from "cokernel"; const f = coroutine(async () => { let log = ""; try { for (await using a = { async [Symbol.asyncDispose]() { await sleep(0); log += "gone" } };;) { await sleep(0); throw 1 } } catch (e) { log += e } return log }); await f()',
    ],
    'gone1',
  ],
  [
    'an assignment to eval in a text',
    ['let e; try { eval("() => { eval = 1 }") } catch (x) { e = x } e.message'],
    'Unexpected eval or arguments in strict mode',
  ],
  ['an abstract member in a class that is not abstract', ['class A { abstract x(): void; y = 1 } new A().y'], 1],
  ['modifiers in another order', ['class A { readonly public x = 1 } new A().x'], 1],
  ['a type declared twice', ['type A = 1; type A = 2; 3'], 3],
  ['an ambient variable with a value', ['declare const a: number = 5; typeof a'], 'undefined'],
];
