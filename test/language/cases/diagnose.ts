// Type errors: cells that have some, word for word, and cells that have none.

export const files = {
  'util.ts': 'export const util: number = 1;\nexport interface Shape { side: number }\n',
  'data.json': '{"alpha": 1}\n',
  'node_modules/plain/package.json': '{"name": "plain", "main": "index.js"}',
  'node_modules/plain/index.js': 'exports.x = 1;\n',
  'node_modules/cjs/package.json': '{"name": "cjs", "main": "index.js"}',
  'node_modules/cjs/index.js': 'exports.x = 1;\n',
  'node_modules/cjs/index.d.ts': 'declare const cjs: { x: number };\nexport = cjs;\n',
  'node_modules/both/package.json': '{"name": "both", "main": "index.js"}',
  'node_modules/both/index.d.ts': 'declare const both: { x: number };\nexport = both;\n',
};

/** Cells that ran, the cell in question, and what is said of it. */
export const wrong: readonly (readonly [string[], string, string[]])[] = [
  [
    ['globalThis.shared = 5; const own = { given: 1 }; own.given = 2'],
    'given; globalThis.shraed',
    [
      "Cell [2]:1:1 - error TS2304: Cannot find name 'given'.\n> 1 | given; globalThis.shraed\n    | ^^^^^",
      "Cell [2]:1:19 - error TS7017: Element implicitly has an 'any' type because type 'typeof globalThis' has no index signature.\n> 1 | given; globalThis.shraed\n    |                   ^^^^^^",
    ],
  ],
  [
    ["import whole from 'npm:cjs@^1';"],
    "import { x } from 'npm:cjs@1.0.0'; const one: string = x; whole.x.trim()",
    [
      "Cell [2]:1:42 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 1 | import { x } from 'npm:cjs@1.0.0'; const one: string = x; whole.x.trim()\n    |                                          ^^^",
      "Cell [2]:1:67 - error TS2339: Property 'trim' does not exist on type 'number'.\n> 1 | import { x } from 'npm:cjs@1.0.0'; const one: string = x; whole.x.trim()\n    |                                                                   ^^^^",
    ],
  ],
  [
    [],
    "import { parse } from 'npm:absent@2/parse'; parse('');",
    [
      "Cell [1]:1:23 - error TS2307: Cannot find module 'absent/parse' or its corresponding type declarations.\n> 1 | import { parse } from 'npm:absent@2/parse'; parse('');\n    |                       ^^^^^^^^^^^^^^",
    ],
  ],
  [
    ['const a = [1, 2];'],
    'const b = a\n[1, 2].map((n) => n.toFixed())\nb.length',
    [
      'Cell [2]:2:1 - error TS2339: This line goes on with the one above, as an index. If it should not, end that one with ;\n> 2 | [1, 2].map((n) => n.toFixed())\n    | ^',
    ],
  ],
  [
    [],
    'if (1 < 2) {\n  const c = 1\n  (c > 0) && c.name\n  const d: string = 1\n}',
    [
      'Cell [1]:3:3 - error TS7022: This line goes on with the one above, as a call. If it should not, end that one with ;\n> 3 |   (c > 0) && c.name\n    |   ^',
      "Cell [1]:4:9 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 4 |   const d: string = 1\n    |         ^",
    ],
  ],
  [
    [],
    'const e = 1\n`${e}`.trim()',
    [
      'Cell [1]:2:1 - error TS7022: This line goes on with the one above, as a template. If it should not, end that one with ;\n> 2 | `${e}`.trim()\n    | ^',
    ],
  ],
  [
    [],
    'const f = (n: number) => n;\nf\n  (true)',
    [
      "Cell [1]:3:4 - error TS2345: Argument of type 'boolean' is not assignable to parameter of type 'number'.\n> 3 |   (true)\n    |    ^^^^",
    ],
  ],
  [
    [],
    'const text: string = 1;',
    [
      "Cell [1]:1:7 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 1 | const text: string = 1;\n    |       ^^^^",
    ],
  ],
  [
    [],
    'let a = 1;\nlet b = 2;\na = b.length;',
    [
      "Cell [1]:3:7 - error TS2339: Property 'length' does not exist on type 'number'.\n> 3 | a = b.length;\n    |       ^^^^^^",
    ],
  ],
  [
    [],
    '"text".toFixed(2)',
    [
      "Cell [1]:1:8 - error TS2551: Property 'toFixed' does not exist on type '\"text\"'. Did you mean 'fixed'?\n> 1 | \"text\".toFixed(2)\n    |        ^^^^^^^",
    ],
  ],
  [
    [],
    '[1, 2].mapp((n) => n)',
    [
      "Cell [1]:1:8 - error TS2551: Property 'mapp' does not exist on type 'number[]'. Did you mean 'map'?\n> 1 | [1, 2].mapp((n) => n)\n    |        ^^^^",
      "Cell [1]:1:14 - error TS7006: Parameter 'n' implicitly has an 'any' type.\n> 1 | [1, 2].mapp((n) => n)\n    |              ^",
    ],
  ],
  [[], 'nowhere + 1', ["Cell [1]:1:1 - error TS2304: Cannot find name 'nowhere'.\n> 1 | nowhere + 1\n    | ^^^^^^^"]],
  [
    [],
    'const f = (n: number) => n;\nf("a", 2)',
    ['Cell [1]:2:8 - error TS2554: Expected 1 arguments, but got 2.\n> 2 | f("a", 2)\n    |        ^'],
  ],
  [
    [],
    'parseInt()',
    ['Cell [1]:1:1 - error TS2554: Expected 1-2 arguments, but got 0.\n> 1 | parseInt()\n    | ^^^^^^^^'],
  ],
  [
    [],
    'interface Point { x: number; y: number }\nconst p: Point = { x: 1 }',
    [
      "Cell [1]:2:7 - error TS2741: Property 'y' is missing in type '{ x: number; }' but required in type 'Point'.\n> 2 | const p: Point = { x: 1 }\n    |       ^",
    ],
  ],
  [
    [],
    'interface Point { x: number }\nconst p: Point = { x: 1, z: 2 }',
    [
      "Cell [1]:2:26 - error TS2353: Object literal may only specify known properties, and 'z' does not exist in type 'Point'.\n> 2 | const p: Point = { x: 1, z: 2 }\n    |                          ^",
    ],
  ],
  [
    [],
    'type Side = "left" | "right";\nconst side: Side = "up";',
    [
      'Cell [1]:2:7 - error TS2322: Type \'"up"\' is not assignable to type \'Side\'.\n> 2 | const side: Side = "up";\n    |       ^^^^',
    ],
  ],
  [
    [],
    'class A { private secret = 1 }\nnew A().secret',
    [
      "Cell [1]:2:9 - error TS2341: Property 'secret' is private and only accessible within class 'A'.\n> 2 | new A().secret\n    |         ^^^^^^",
    ],
  ],
  [
    [],
    'class A { readonly fixed = 1 }\nnew A().fixed = 2',
    [
      "Cell [1]:2:9 - error TS2540: Cannot assign to 'fixed' because it is a read-only property.\n> 2 | new A().fixed = 2\n    |         ^^^^^",
    ],
  ],
  [
    [],
    'abstract class A { abstract m(): void }\nnew A()',
    ['Cell [1]:2:1 - error TS2511: Cannot create an instance of an abstract class.\n> 2 | new A()\n    | ^^^^^^^'],
  ],
  [
    [],
    'class A { m(): string { return "" } }\nclass B extends A { override m(): number { return 1 } }',
    [
      "Cell [1]:2:30 - error TS2416: Property 'm' in type 'B' is not assignable to the same property in base type 'A'.\n  Type '() => number' is not assignable to type '() => string'.\n    Type 'number' is not assignable to type 'string'.\n> 2 | class B extends A { override m(): number { return 1 } }\n    |                              ^",
    ],
  ],
  [
    [],
    'class A implements Iterable<number> {}',
    [
      "Cell [1]:1:7 - error TS2420: Class 'A' incorrectly implements interface 'Iterable<number>'.\n  Property '[Symbol.iterator]' is missing in type 'A' but required in type 'Iterable<number>'.\n> 1 | class A implements Iterable<number> {}\n    |       ^",
    ],
  ],
  [
    [],
    'const x: number | undefined = [1].find((n) => n > 1);\nx.toFixed()',
    ["Cell [1]:2:1 - error TS18048: 'x' is possibly 'undefined'.\n> 2 | x.toFixed()\n    | ^"],
  ],
  [
    [],
    'const maybe = new Map<string, string>().get("a");\nmaybe.length',
    ["Cell [1]:2:1 - error TS18048: 'maybe' is possibly 'undefined'.\n> 2 | maybe.length\n    | ^^^^^"],
  ],
  [
    [],
    'function f(x) { return x }',
    [
      "Cell [1]:1:12 - error TS7006: Parameter 'x' implicitly has an 'any' type.\n> 1 | function f(x) { return x }\n    |            ^",
    ],
  ],
  [
    [],
    'function f(): number {}',
    [
      "Cell [1]:1:15 - error TS2355: A function whose declared type is neither 'undefined', 'void', nor 'any' must return a value.\n> 1 | function f(): number {}\n    |               ^^^^^^",
    ],
  ],
  [
    [],
    'const fixed = 1;\nfixed = 2;',
    ["Cell [1]:2:1 - error TS2588: Cannot assign to 'fixed' because it is a constant.\n> 2 | fixed = 2;\n    | ^^^^^"],
  ],
  [
    [],
    'enum Color { Red }\nconst c: Color = "Red";\nColor.Blue',
    [
      'Cell [1]:2:7 - error TS2322: Type \'"Red"\' is not assignable to type \'Color\'.\n> 2 | const c: Color = "Red";\n    |       ^',
      "Cell [1]:3:7 - error TS2339: Property 'Blue' does not exist on type 'typeof Color'.\n> 3 | Color.Blue\n    |       ^^^^",
    ],
  ],
  [
    [],
    'import x from "nowhere-to-be-found"',
    [
      'Cell [1]:1:15 - error TS2307: Cannot find module \'nowhere-to-be-found\' or its corresponding type declarations.\n> 1 | import x from "nowhere-to-be-found"\n    |               ^^^^^^^^^^^^^^^^^^^^^',
    ],
  ],
  [
    [],
    'import { nothing } from "./util.ts"',
    [
      'Cell [1]:1:10 - error TS2305: Module \'"./util.ts"\' has no exported member \'nothing\'.\n> 1 | import { nothing } from "./util.ts"\n    |          ^^^^^^^',
    ],
  ],
  [
    [],
    'import { readFileSink } from "node:fs"',
    [
      "Cell [1]:1:10 - error TS2724: '\"node:fs\"' has no exported member named 'readFileSink'. Did you mean 'readlink'?\n> 1 | import { readFileSink } from \"node:fs\"\n    |          ^^^^^^^^^^^^",
    ],
  ],
  [
    [],
    'import type { Shape } from "./util.ts";\nconst s: Shape = { side: "1" }',
    [
      "Cell [1]:2:20 - error TS2322: Type 'string' is not assignable to type 'number'.\n> 2 | const s: Shape = { side: \"1\" }\n    |                    ^^^^",
    ],
  ],
  [
    [],
    'import data from "./data.json";\ndata.beta',
    [
      "Cell [1]:2:6 - error TS2339: Property 'beta' does not exist on type '{ alpha: number; }'.\n> 2 | data.beta\n    |      ^^^^",
    ],
  ],
  [
    [],
    'const n: number = await Promise.resolve("1");',
    [
      "Cell [1]:1:7 - error TS2322: Type 'string' is not assignable to type 'number'.\n> 1 | const n: number = await Promise.resolve(\"1\");\n    |       ^",
    ],
  ],
  [
    [],
    'for (const n of 5) {}',
    [
      "Cell [1]:1:17 - error TS2488: Type '5' must have a '[Symbol.iterator]()' method that returns an iterator.\n> 1 | for (const n of 5) {}\n    |                 ^",
    ],
  ],
  [
    [],
    'const 数: string = 1;',
    [
      "Cell [1]:1:7 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 1 | const 数: string = 1;\n    |       ^^",
    ],
  ],
  [
    [],
    '"😀漢字"; const after: string = 1;',
    [
      "Cell [1]:1:14 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 1 | \"😀漢字\"; const after: string = 1;\n    |                 ^^^^^",
    ],
  ],
  [
    [],
    '\tconst tabbed: string = 1;',
    [
      "Cell [1]:1:8 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 1 |   const tabbed: string = 1;\n    |         ^^^^^^",
    ],
  ],
  [
    [],
    'const ok = 1;\r\nconst crlf: string = ok;\r\n',
    [
      "Cell [1]:2:7 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 2 | const crlf: string = ok;\n    |       ^^^^",
    ],
  ],
  [
    [],
    '// @ts-expect-error nothing is wrong\nconst fine = 1;',
    [
      "Cell [1]:1:1 - error TS2578: Unused '@ts-expect-error' directive.\n> 1 | // @ts-expect-error nothing is wrong\n    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  ],
  [
    [],
    'const both: string = 1, other: number = "2";',
    [
      "Cell [1]:1:7 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 1 | const both: string = 1, other: number = \"2\";\n    |       ^^^^",
      "Cell [1]:1:25 - error TS2322: Type 'string' is not assignable to type 'number'.\n> 1 | const both: string = 1, other: number = \"2\";\n    |                         ^^^^^",
    ],
  ],
  [
    [],
    'const long = {\n  a: 1,\n  b: "2",\n};\nconst wrong: { a: string; b: string } = long;',
    [
      "Cell [1]:5:7 - error TS2322: Type '{ a: number; b: string; }' is not assignable to type '{ a: string; b: string; }'.\n  Types of property 'a' are incompatible.\n    Type 'number' is not assignable to type 'string'.\n> 5 | const wrong: { a: string; b: string } = long;\n    |       ^^^^^",
    ],
  ],
  [
    [],
    '({ a: 1, b: 2 }).c',
    [
      "Cell [1]:1:18 - error TS2339: Property 'c' does not exist on type '{ a: number; b: number; }'.\n> 1 | ({ a: 1, b: 2 }).c\n    |                  ^",
    ],
  ],
  [
    [],
    '{ a: 1, b: nowhere }',
    ["Cell [1]:1:12 - error TS2304: Cannot find name 'nowhere'.\n> 1 | { a: 1, b: nowhere }\n    |            ^^^^^^^"],
  ],
  [
    ['let count = 1;'],
    'count = "one"',
    [
      "Cell [2]:1:1 - error TS2322: Type 'string' is not assignable to type 'number'.\n> 1 | count = \"one\"\n    | ^^^^^",
    ],
  ],
  [
    ['const fixed = 1;'],
    'fixed = 2',
    ["Cell [2]:1:1 - error TS2588: Cannot assign to 'fixed' because it is a constant.\n> 1 | fixed = 2\n    | ^^^^^"],
  ],
  [
    ['let value = "text";', 'let value = 5;'],
    'value.toUpperCase()',
    [
      "Cell [3]:1:7 - error TS2339: Property 'toUpperCase' does not exist on type 'number'.\n> 1 | value.toUpperCase()\n    |       ^^^^^^^^^^^",
    ],
  ],
  [
    ['const value = [1];'],
    'const value = value.concat("2")',
    [
      "Cell [2]:1:28 - error TS2769: No overload matches this call.\n  The last overload gave the following error.\n    Argument of type 'string' is not assignable to parameter of type 'number | ConcatArray<number>'.\n> 1 | const value = value.concat(\"2\")\n    |                            ^^^",
    ],
  ],
  [
    ['function f(n: number) { return n }'],
    'f("a")',
    [
      "Cell [2]:1:3 - error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.\n> 1 | f(\"a\")\n    |   ^^^",
    ],
  ],
  [
    ['class Animal { speak() {} }'],
    'class Cat extends Animal { speak(): number { return 1 } }\nnew Cat().bark()',
    [
      "Cell [2]:2:11 - error TS2339: Property 'bark' does not exist on type 'Cat'.\n> 2 | new Cat().bark()\n    |           ^^^^",
    ],
  ],
  [
    ['interface Options { a: number }'],
    'const o: Options = { b: 1 }',
    [
      "Cell [2]:1:22 - error TS2353: Object literal may only specify known properties, and 'b' does not exist in type 'Options'.\n> 1 | const o: Options = { b: 1 }\n    |                      ^",
    ],
  ],
  [
    ['enum Color { Red }'],
    'const c: Color = Color.Green',
    [
      "Cell [2]:1:24 - error TS2339: Property 'Green' does not exist on type 'typeof Color'.\n> 1 | const c: Color = Color.Green\n    |                        ^^^^^",
    ],
  ],
  [
    ['namespace Space { export const inner = 1 }'],
    'Space.outer',
    [
      "Cell [2]:1:7 - error TS2339: Property 'outer' does not exist on type 'typeof Space'.\n> 1 | Space.outer\n    |       ^^^^^",
    ],
  ],
  [
    ['import { util } from "./util.ts";'],
    'util.length',
    [
      "Cell [2]:1:6 - error TS2339: Property 'length' does not exist on type 'number'.\n> 1 | util.length\n    |      ^^^^^^",
    ],
  ],
  [
    ['const { a, b: [c] } = { a: 1, b: ["x"] };'],
    'a.length; c.toFixed()',
    [
      "Cell [2]:1:3 - error TS2339: Property 'length' does not exist on type 'number'.\n> 1 | a.length; c.toFixed()\n    |   ^^^^^^",
      "Cell [2]:1:13 - error TS2551: Property 'toFixed' does not exist on type 'string'. Did you mean 'fixed'?\n> 1 | a.length; c.toFixed()\n    |             ^^^^^^^",
    ],
  ],
  [
    ['const URL = 5; const Map = "m";'],
    'URL.href; Map.size',
    [
      "Cell [2]:1:5 - error TS2339: Property 'href' does not exist on type '5'.\n> 1 | URL.href; Map.size\n    |     ^^^^",
      "Cell [2]:1:15 - error TS2339: Property 'size' does not exist on type '\"m\"'.\n> 1 | URL.href; Map.size\n    |               ^^^^",
    ],
  ],
  [
    ['type Pair = [number, string];'],
    'const pair: Pair = [1, 2]',
    [
      "Cell [2]:1:24 - error TS2322: Type 'number' is not assignable to type 'string'.\n> 1 | const pair: Pair = [1, 2]\n    |                        ^",
    ],
  ],
];

/** Cells, one after another, of which none has anything wrong. */
export const right: readonly (readonly string[])[] = [
  ['globalThis.shared = 5; shared + 1', 'shared + globalThis.shared; global.mine ??= 1; mine', "globalThis['mine']"],
  ["(globalThis as any)['page'] = {}; page.title", "Object.assign(globalThis, { tool: 1, 'other': 2 }); tool + other"],
  ["Object.defineProperty(globalThis, 'fixed', { value: 1 })", 'fixed + 1'],
  ['let x = 1', 'let x = "a"', 'x.toUpperCase()'],
  ['const c = 1', 'function c() {}', 'class c {}', 'enum c { A }', 'c.A'],
  ['await Promise.resolve(1)'],
  ['if (import.meta.main) { console.log(import.meta.filename) }'],
  ['const unused = 1; function f(a: number) {}'],
  ['let n = 1', 'n++; n += 1; n = 5', 'n satisfies number'],
  ['const x = 1', 'const x = x + 1', 'const x = [x]', 'x.length'],
  ['const data = [1]', 'const data = data.filter((n) => n > 0)'],
  ["const total = 'text'", 'var total = 1; total.toFixed(); var total = 2;'],
  ['const f = 1', 'export { f }; f'],
  ['const d = 1', 'import d = require("cjs"); d.x', 'interface d { y: 1 }; const e: d = { y: 1 }; e'],
  ['import a from "cjs"; a.x', 'import b = require("cjs"); b.x'],
  ['import c = require("both"); c.x', 'import d from "both"; d.x'],
  ['interface Response { mine: 2 }', 'const r: Response = { mine: 2 }'],
  [
    'type Record = { x: 1 }; function fetch(a: number) { return a }',
    'const q: Record = { x: 1 }; fetch(q.x).toFixed()',
  ],
  ['const Map = 5', 'Map.toFixed()', 'class Map { own = 1 }', 'new Map().own'],
  ['// @ts-expect-error\nconst s: string = 1'],
  ['// @ts-ignore\nconst s: string = 1'],
  ['// @ts-nocheck\nconst s: string = 1'],
  ['1 + 1'],
  ['"use strict"'],
  ['({})'],
  ['{ a: 1, b: 2 }'],
  ['{}'],
  [''],
  ['// only a comment'],
  ['export const e = 1; export default e', 'e.toFixed()'],
  ['for await (const x of [1]) x'],
  ['using r = { [Symbol.dispose]() {} }'],
  ['await using r = { async [Symbol.asyncDispose]() {} }'],
  ['import p from "plain"', 'p.x.y'],
  ['import data from "./data.json"', 'data.alpha.toFixed()'],
  ['import * as add from "./add.wasm"', 'add.sum(1, 2)'],
  ['import { util } from "./util"', 'util.toFixed()'],
  ['import fs, { readFileSync } from "node:fs"', 'fs.readFileSync; readFileSync'],
  ['import * as path from "path"', 'path.join("a")'],
  [
    'process.env.HOME; Buffer.from("a"); __dirname; require("fs"); import.meta.url; setTimeout(() => {}, 1); fetch; structuredClone({}); new URL("a:b"); performance.now()',
  ],
  ['label: for (;;) break label'],
  ['switch (1 as number) { case 1: case 2: break }'],
  ['if (true) { 1 } else { 2 }'],
  ['interface A { a: 1 }', 'interface A { b: 1 }', 'const a: A = { b: 1 }'],
  ['type T = 1', 'type T = 2', 'const t: T = 2'],
  ['class A {}', 'class A { x = 1 }', 'new A().x'],
  ['import { util } from "./util.ts"', 'import { util } from "./util.ts"', 'const util = "s"', 'util.length'],
  ['var v = 1; var v = 2', 'var v = 3'],
  ['function f(): void {}', 'function f(n?: number): number { return 1 }', 'f().toFixed()'],
  ['const f = async () => 1', '(await f()).toFixed()'],
  ['console.log(1); debugger;'],
  ['let later: number', 'later = 1', 'later.toFixed()'],
  ['const name = "n"; const event = 1; const top = 2; const status = 3', 'name.length; event.toFixed()'],
  ['const o = { m() { return this } }', 'o.m().m()'],
  ['function g() { return 1 }; g();'],
  ['async function* gen() { yield 1 }', 'for await (const x of gen()) x.toFixed()'],
  ['const sym = Symbol()', 'const o2 = { [sym]: 1 }', 'o2[sym].toFixed()'],
  ['function dec(v: unknown, c: ClassDecoratorContext) {}', '@dec class D {}'],
  ['const enum CE { A = 1 }', 'CE.A'],
  ['declare const ghost: number', 'ghost'],
  ['abstract class S { abstract a(): void }', 'class S2 extends S { a() {} }'],
  ['function isS(x: unknown): x is string { return true }', 'const u: unknown = 1; if (isS(u)) u.length'],
  [
    'function asserts(x: unknown): asserts x {}',
    'const m: string | undefined = "" as string | undefined; asserts(m); m.length',
  ],
  ['let un; un = 1', 'un'],
  ['const tpl = <T,>(x: T) => x', 'tpl<number>(1).toFixed()'],
  ['let evolving = []; evolving.push(1)', 'evolving.length'],
  ['x: 1'],
  ['const x = <number>(1 as unknown)', 'x.toFixed()'],
  ['delete ({} as {a?: 1}).a'],
  ['try { 1 } catch {}'],
  [
    'import { coroutine, sleep } from "cokernel"; const rest = coroutine(async (n: string, s = 0.5) => { await sleep(s) })',
    'await rest("a"); await rest("a", 1)',
  ],
  [
    'import { asyncGenerator } from "cokernel"; const count = asyncGenerator(async function* (to = 3) { yield to.toFixed() })',
    'for await (const text of count()) text.length; for await (const text of count(1)) text.length',
  ],
  ['debugger'],
];
