// A scope of the notebook's own, through a real cell process: no package and no file sees a cell's names, JavaScript's
// rules hold between cells and within one, and the suffix that keeps the names apart is never seen.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess } from '../client.ts';

const SUFFIX = '\u200c';

const FILES: Readonly<Record<string, string>> = {
  'node_modules/probe/package.json': '{ "name": "probe", "version": "1.0.0", "main": "index.js" }',
  'node_modules/probe/index.js': `
    exports.types = () => [typeof window, typeof document, typeof process, typeof later].join();
    exports.real = () => window.real;
    exports.host = (text) => new URL(text).host;
    exports.evaluated = () => typeof eval('typeof secret === "undefined" ? undefined : secret');
    exports.made = () => new Function('return typeof secret')();
    exports.genuine = () => [eval, Function].every((each) => /\\[native code\\]/.test(Function.prototype.toString.call(each)));
    exports.polyfill = () => { Object.groups = () => 'polyfilled'; globalThis.Iterator = { mine: 'polyfilled' }; };`,
  'node_modules/typed/package.json': '{ "name": "typed", "version": "1.0.0", "main": "index.js" }',
  'node_modules/typed/index.js': '',
  'node_modules/@types/typed/package.json': '{ "name": "@types/typed", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/@types/typed/index.d.ts': 'export interface Response {} export interface Missing {}',
  'live.mjs': 'export let n = 1; export const inc = () => { n++ };',
  'local.ts': 'export const host = (text: string) => new URL(text).host; export const seen = () => typeof secret;',
};

let folder: string;
let kernel: KernelProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cokernel-scope-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  kernel = await startKernelProcess({ cwd: folder, env: { COKERNEL_DIAGNOSTICS: 'off' } });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true, force: true });
});
// Each test has a cell process of its own, and so a notebook without names.
afterEach(() => kernel.client.execute('globalThis.process.exit()'));

/** The last of some cells, all run in one notebook: its result as text, or the error's; the suffix is in no message. */
async function last(cells: readonly string[]): Promise<string> {
  let shown = '';
  for (const code of cells) {
    const { reply, outputs } = await kernel.client.execute(code);
    expect(JSON.stringify([reply.content, outputs.map(({ content }) => content)])).not.toContain(SUFFIX);
    shown =
      reply.content.status === 'ok'
        ? String(outputs.at(-1)?.content.data?.['text/plain'])
        : `${reply.content.ename}: ${reply.content.evalue}`;
  }
  return shown;
}

interface Case {
  readonly title: string;
  /** Cells, `|` between them on a line of its own or between blanks. */
  readonly cells: readonly string[];
  readonly shows: string;
}

const PROBE = "const probe = require('probe')";

/** The numbered cells are those that the scheme was chosen by. */
const CASES: readonly Case[] = [
  {
    title: '1 a URL of the notebook leaves fetch alone',
    cells: ["const URL = 'https://x'; const r = await fetch('data:,hi'); [URL, await r.text()].join()"],
    shows: "'https://x,hi'",
  },
  {
    title: '2 packages do not see window, document, process',
    cells: [PROBE, 'const window = 1, document = 2, process = 3', 'probe.types()'],
    shows: "'undefined,undefined,object,undefined'",
  },
  {
    title: '3 a window on globalThis is beside that of the notebook',
    cells: [
      PROBE,
      'const window = { a: 1 }',
      'globalThis.window = { real: 1 }; [window.a, typeof window.real, probe.real()].join()',
    ],
    shows: "'1,undefined,1'",
  },
  { title: '4 fetch of the notebook', cells: ['const fetch = 1', 'typeof globalThis.fetch'], shows: "'function'" },
  { title: '5 a property of globalThis is a name at once', cells: ['globalThis.answer = 42; answer'], shows: '42' },
  {
    title: '5 assignment to it goes there',
    cells: ['globalThis.answer = 42', 'answer = 43; globalThis.answer'],
    shows: '43',
  },
  { title: '6 an undeclared name', cells: ['nowhere'], shows: 'ReferenceError: nowhere is not defined' },
  { title: '6 assignment to one', cells: ['nowhere = 1'], shows: 'ReferenceError: nowhere is not defined' },
  { title: '6 typeof one', cells: ['typeof nowhere'], shows: "'undefined'" },
  {
    title: '7 a name that is declared later',
    cells: ['function f() { return later }', 'f()'],
    shows: 'ReferenceError: later is not defined',
  },
  { title: '7 and then is', cells: ['function f() { return later }', 'f()', 'const later = 1', 'f()'], shows: '1' },
  {
    title: '7 and again, as a class',
    cells: ['function f() { return later }', 'const later = 1', 'f()', 'class later {} f().name'],
    shows: "'later'",
  },
  {
    title: "8 an earlier function sees a later class Map, and JavaScript's own stays",
    cells: [
      'function mk() { return new Map().kind }',
      "class Map { kind = 'mine' }",
      '[mk(), new globalThis.Map() instanceof Map, typeof globalThis.Map.groupBy].join()',
    ],
    shows: "'mine,false,function'",
  },
  {
    title: '9 a use before the declaration',
    cells: ['console.log(v); let v = 1'],
    shows: "ReferenceError: Cannot access 'v' before initialization",
  },
  {
    title: '9 leaves the name undeclared',
    cells: ['console.log(v); let v = 1', 'v'],
    shows: 'ReferenceError: v is not defined',
  },
  {
    title: '10 the same where there is an old value',
    cells: ['let v = 1', 'console.log(v); let v = 2'],
    shows: "ReferenceError: Cannot access 'v' before initialization",
  },
  { title: '10 which stays', cells: ['let v = 1', 'console.log(v); let v = 2', 'v'], shows: '1' },
  {
    title: '11 a function that is called too early',
    cells: ['g(); function g() { return w } const w = 1'],
    shows: "ReferenceError: Cannot access 'w' before initialization",
  },
  {
    title: '12 a static field reads at once',
    cells: ['class K { static s = m } const m = 5'],
    shows: "ReferenceError: Cannot access 'm' before initialization",
  },
  {
    title: '12 a method and a field of an instance read later',
    cells: ['class K { s = m; read() { return m + this.s } } const m = 5; new K().read()'],
    shows: '10',
  },
  {
    title: '13 a constant',
    cells: ['const c = 1', 'c = 2'],
    shows: "TypeError: Assignment to constant variable 'c'.",
  },
  {
    title: '14 eval and new Function',
    cells: [
      "let x = 1; function ev(a) { return eval('a + x') } [ev(10), eval('x'), new Function('a', 'return a + x')(5)].join()",
    ],
    shows: "'11,1,6'",
  },
  {
    title: '15 a pattern that assigns',
    cells: ['let x, y = 2; globalThis.answer = 0', '({ x, y = 9, q: answer } = { x: 5, q: 7 }); [x, y, answer].join()'],
    shows: "'5,9,7'",
  },
  {
    title: '16 targets of loops, and a swap',
    cells: ['let x = 1, y = 2', '[x, y] = [y, x]; for (x of [1, 2]); for (y in { k: 1 }); [x, y].join()'],
    shows: "'2,k'",
  },
  {
    title: '17 a nameless function takes the name alone',
    cells: ['let fn; fn = (() => 1); let { gn = () => 1 } = {}; [fn.name, fn.name.length, gn.name].join()'],
    shows: "'fn,2,gn'",
  },
  {
    title: '18 this of a plain call',
    cells: ['function who() { return this === undefined } [who(), who``].join()'],
    shows: "'true,true'",
  },
  {
    title: '19 a recursive function calls the newest',
    cells: [
      'function fact(n) { return n < 2 ? 1 : n * fact(n - 1) } const old = fact',
      'function fact(n) { return 1 }',
      'old(5)',
    ],
    shows: '5',
  },
  {
    title: '20 what failed keeps its old value',
    cells: ['const a = 1, b = 1', "const a = 2; const b = (() => { throw Error('no') })()", '[a, b].join()'],
    shows: "'2,1'",
  },
  { title: '21 calling what is none', cells: ['let notf = 3; notf()'], shows: 'TypeError: notf is not a function' },
  {
    title: '21 and its message as code sees it',
    cells: [
      `let notf = 3; const said = [];
       try { notf() } catch (error) { said.push(error.message === 'notf is not a function') }
       try { console.lg() } catch ({ message }) { said.push(message === 'console.lg is not a function') }
       said.join()`,
    ],
    shows: "'true,true'",
  },
  {
    title: "22 a function's text",
    cells: ['let x = 1; String(() => document.title + x)'],
    shows: "'() => document.title + x'",
  },
  {
    title: '23 a mock on globalThis is seen at once',
    cells: [
      "const real = globalThis.fetch; globalThis.fetch = () => 'mock'; const seen = fetch(); globalThis.fetch = real; seen",
    ],
    shows: "'mock'",
  },
  {
    title: '24 an import that the module lacks replaces no global',
    cells: ["import { Request } from './live.mjs'", "new globalThis.Request('http://a').url"],
    shows: "'http://a/'",
  },
  {
    title: '24 and says so where it is used',
    cells: ["import { Request } from './live.mjs'", 'Request'],
    shows: "SyntaxError: The requested module './live.mjs' does not provide an export named 'Request'",
  },
  {
    title: '24 a type of a package replaces no global',
    cells: [
      "import { Response, Missing } from 'typed'; import { Request } from './local'",
      '[Response.name, Request.name].join()',
    ],
    shows: "'Response,Request'",
  },
  {
    title: '24 what has no types has no type of that name',
    cells: ["import { Response } from 'data:text/javascript,'", 'Response'],
    shows: "SyntaxError: The requested module 'data:text/javascript,' does not provide an export named 'Response'",
  },
  {
    title: '24 a type of a package has no value',
    cells: ["import { Response, Missing } from 'typed'", 'Missing'],
    shows: "SyntaxError: The requested module 'typed' does not provide an export named 'Missing'",
  },
  {
    title: '25 a class called Object beside what esbuild writes',
    cells: ['class Object {} enum E3 { A } class KK { static m() {} } E3.A'],
    shows: '0',
  },
  {
    title: '25 a class called Symbol, and for await',
    cells: ['class Symbol {} let t = 0; for await (const k of [1, 2]) t += k; t'],
    shows: '3',
  },
  {
    title: "26 a package's own eval and Function see no notebook name",
    cells: [PROBE, 'const secret = 1; [probe.evaluated(), probe.made(), probe.genuine()].join()'],
    shows: "'undefined,undefined,true'",
  },
];

test.each(CASES)('$title', async ({ cells, shows }) => {
  expect(await last(cells)).toBe(shows);
});

test('a cell that freezes the global object leaves the names of others as they are, and new ones can be declared', async () => {
  const cells = [
    'let kept = 1; Object.freeze(globalThis); 0',
    'let fresh = 2; fresh += 1; const fixed = 4; [typeof console.log, fresh, fixed, new Map().size].join()',
    'fresh = 5; fresh',
  ];
  for (const [at, shows] of ['0', "'function,3,4,0'", '5'].entries())
    expect(await last(cells.slice(0, at + 1))).toBe(shows);
});

test('jupyter.names lists what cells declared, and Object.keys(globalThis) does not', async () => {
  await last(['let first = 1; const { second } = { second: 2 }', 'function third() {} { let inner = 1 }']);
  expect(await last(['jupyter.names().join()'])).toBe("'first,second,third'");
  expect(await last(['Object.keys(globalThis).filter((name) => /first|second|third/.test(name))'])).toBe('[]');
});

test('completion and inspection know a name of the notebook', async () => {
  await last(['const later = { field: 1 } as any']);
  const { client } = kernel;
  const completed = await client.request('complete_request', { code: 'later.', cursor_pos: 6 });
  expect(completed.reply.content.matches).toContain('field');
  const inspected = await client.request('inspect_request', { code: 'later', cursor_pos: 3, detail_level: 0 });
  expect(JSON.stringify(inspected.reply.content.data)).toContain('field: 1');
});

test('completion knows names that were put on the global object, and runs no getter', async () => {
  const got = "Object.defineProperty(globalThis, 'zebraGot', { get: () => { throw Error('read') } })";
  await last([`globalThis.zebra = { stripes: 1 }; ${got}`]);
  const completed = await kernel.client.request('complete_request', { code: 'zeb', cursor_pos: 3 });
  expect(completed.reply.content.matches).toEqual(['zebra', 'zebraGot']);
});

test('late errors, stacks, and messages of a promise are in the words of the person', async () => {
  const { outputs } = await kernel.client.execute(
    `let notf = 3;
     setTimeout(() => notf(), 1);
     Promise.reject(1).catch(() => { notf.go() }).catch((error) => console.log(error.stack));
     await new Promise((done) => setTimeout(done, 50))`,
  );
  const text = JSON.stringify(outputs.map(({ content }) => content));
  expect(text).not.toContain(SUFFIX);
  expect(text).toContain('TypeError: notf.go is not a function');
  expect(text).toContain('notf is not a function');
});

/** Functions of cells as text, which people send to pages, Workers and vm. */
const TEXTS: readonly (readonly [title: string, code: string, shows: string])[] = [
  [
    'types and checks',
    'String((n: number): number => { for (;;) { return n } })',
    "'(n) => { for (;;) { return n; } }'",
  ],
  [
    'a function with its name',
    'function greet(name: string) { return name } greet.toString()',
    "'function greet(name) { return name; }'",
  ],
  [
    'typeof, catch and calls',
    'String(() => { try { typeof later; f(1) } catch (e) {} })',
    "'() => { try { typeof later; f(1); } catch (e) {} }'",
  ],
  [
    'a method',
    'class A { private async m<T>(x?: T) { return later } static s() {} } String(new A()["m"])',
    "'async m(x) { return later; }'",
  ],
  ['a class', 'class A<T> { x: T; m() { return later } } String(A)', "'class A { x; m() { return later; } }'"],
  [
    'a coroutine',
    "import { coroutine, sleep } from 'cokernel'; String(coroutine(async (n: number) => { await sleep(n) }))",
    "'async (n) => { await sleep(n); }'",
  ],
  [
    'a class that goes through esbuild',
    'class P { constructor(readonly x: number) {} } String(P).replace(/\\s+/g, " ")',
    "'class P { constructor(x) { this.x = x; } x; }'",
  ],
  [
    'a method that goes through esbuild',
    'class P { m<T>(x: T) { const [a = 1 as T] = [x]; return (<b>{String(a)}</b>) } } String(new P()["m"]).includes("return")',
    'true',
  ],
  [
    'the built-in ones',
    'String(Math.max) + Function.prototype.toString',
    "'function max() { [native code] }function toString() { [native code] }'",
  ],
];

test.each(TEXTS)("a function's text is JavaScript as written: %s", async (_, code, shows) => {
  expect(await last([code])).toBe(shows);
});

test('the text of a function with loops runs in vm, in a Worker, and of a file', async () => {
  writeFileSync(
    join(folder, 'sum.ts'),
    'export const sum = (n: number) => { let s = 0; for (let i = 0; i < n; i++) s += i; return s };',
  );
  const work = '(n: number) => { let s = 0; for (let i = 0; i < n; i++) s += i; return s }';
  expect(await last([`import vm from 'node:vm'; vm.runInNewContext('(' + (${work}) + ')(4)')`])).toBe('6');
  expect(
    await last([
      `import { Worker } from 'node:worker_threads'; import { once } from 'node:events';
       const worker = new Worker('require("node:worker_threads").parentPort.postMessage((' + (${work}) + ')(5))', { eval: true });
       (await once(worker, 'message'))[0]`,
    ]),
  ).toBe('10');
  expect(await last(["import { sum } from './sum.ts'; vm.runInNewContext('(' + sum + ')(3)')"])).toBe('3');
});
