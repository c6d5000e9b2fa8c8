// The kernel's own code beside cells: rewritten by the build so that what a cell makes of JavaScript's built-ins is not
// seen by it. A program is rewritten and run twice in a process, before and after everything it uses was replaced.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { parseSync } from 'oxc-parser';

type Hardened = (source: string, path: string) => string;
let hardened: Hardened;
let runsBesideCells: (path: string) => boolean;
const root = join(import.meta.dirname, '..', '..');
let folder: string;

beforeAll(async () => {
  ({ hardened, runsBesideCells } = await import(new URL('../../.ci/pristine.mjs', import.meta.url).href));
  folder = mkdtempSync(join(tmpdir(), 'cokernel-pristine-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the expression is in a rewritten program, before and after the sabotage; both as JSON. */
async function twice(declarations: string, expression: string, sabotage: string): Promise<[string, string]> {
  const work = `import { types } from 'node:util';\n${declarations}\nexport const work = async (report) => report(JSON.stringify(${expression}));`;
  const outfile = join(folder, 'work.mjs');
  await build({
    stdin: { contents: hardened(work, 'runtime/work.ts'), loader: 'js', resolveDir: folder },
    inject: [new URL('../../.ci/intrinsics.mjs', import.meta.url).pathname],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  const main = join(folder, 'main.mjs');
  writeFileSync(
    main,
    `import { writeSync } from 'node:fs';
const { work } = await import('./work.mjs');
const fail = () => { throw new Error('sabotaged') };
work((before) => {
  ${sabotage};
  work((after) => { writeSync(1, before + '\\n' + after); process.exit(0); });
});`,
  );
  const [before = '', after = ''] = execFileSync(process.execPath, [main], { encoding: 'utf8', stdio: 'pipe' }).split(
    '\n',
  );
  return [before, after];
}

const listMethods = 'push map filter slice join flatMap includes splice some every reverse indexOf concat';
const textMethods =
  'split replace replaceAll slice startsWith includes trim match charCodeAt endsWith padEnd toLowerCase';
const replaced = (holder: string, names: string) =>
  names
    .split(' ')
    .map((name) => `${holder}.${name} = fail`)
    .join(';');

test.each<[name: string, declarations: string, expression: string, sabotage: string]>([
  [
    'methods of arrays',
    'const list = [3, 1, 2];',
    'list.map((n) => n + 1).filter((n) => n > 2).concat([9]).slice(0, 2).join() + list.includes(2) + [[1], [2]].flatMap((n) => n).length',
    replaced('Array.prototype', listMethods),
  ],
  [
    'methods that are gone',
    'const list = [3, 1, 2];',
    '[list.map(String).join(), "a-b".split("-"), new Map([[1, 2]]).get(1)]',
    'delete Array.prototype.map; delete Array.prototype.join; delete String.prototype.split; delete Map.prototype.get',
  ],
  [
    'methods of text, and what regular expressions look up',
    '',
    '["a,b;c".split(/[,;]/), "aXbX".replace(/x/gi, (c) => c + "!"), "a.a".replaceAll(".", "-"), /b(c)/.exec("abc")?.[1], /q/.test("q"), "a1b2".match(/\\d/g)]',
    `${replaced('String.prototype', textMethods)}; RegExp.prototype.exec = fail; RegExp.prototype.test = fail; RegExp.prototype[Symbol.replace] = fail; RegExp.prototype[Symbol.split] = fail; RegExp.prototype[Symbol.match] = fail`,
  ],
  [
    'iteration in each of its forms',
    'function* two() { yield 1; yield 2; }\nfunction sum(...all: number[]) { let s = 0; for (const n of all) s += n; return s; }\nconst pairs = ([a, , b = 7]: number[]) => [a, b];',
    '(() => { const [x, ...rest] = [1, 2, 3]; const map = new Map([["k", 1]]); for (const [k, v] of map) rest.push(k.length + v); return [x, rest, [...two()], [...new Set([4, 4])], sum(...two(), ...[5]), pairs([1, 2]), Object.fromEntries(map), Array.from("ab"), Math.max(...[1, 5])]; })()',
    'Array.prototype[Symbol.iterator] = fail; Object.getPrototypeOf([].values()).next = fail; Object.getPrototypeOf(new Map().values()).next = fail; Map.prototype[Symbol.iterator] = fail; Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())).next = fail; String.prototype[Symbol.iterator] = fail; Object.prototype.return = 1; Set.prototype.add = fail; Map.prototype.set = fail',
  ],
  [
    'promises, awaited, followed, gathered and returned',
    'const later = async (n: number) => n;\nconst outer = async () => later(3);\nconst made = () => new Promise<number>((resolve) => resolve(later(4)));',
    'Promise.all([later(1), 2, later(1).then((n) => later(n + 1)), outer(), made(), Promise.reject(5).catch((n) => n), later(6).finally(() => {})])',
    'Promise.prototype.then = fail; Promise.prototype.catch = fail; Promise.prototype.finally = fail; Promise.all = fail; Promise.resolve = fail; Promise.prototype.constructor = fail; Object.defineProperty(Promise, Symbol.species, { get: fail })',
  ],
  [
    'a then that never calls back',
    'const later = async (n: number) => ({ n });',
    '[await later(1), await later(2).then(({ n }) => later(n))]',
    'Promise.prototype.then = function () { return this }; Object.prototype.then = function () {}',
  ],
  [
    'functions of Object, JSON and Math',
    '',
    '[JSON.parse(JSON.stringify({ a: [1] })), Object.entries({ b: 2 }), Object.keys({ c: 1 }), Math.max(1, 2), Number.isInteger(3), Buffer.from("a").toString("hex")]',
    'JSON.parse = fail; delete JSON.stringify; Object.entries = Object.keys = fail; Math.max = fail; Number.isInteger = fail; Buffer.from = fail; Buffer.prototype.toString = fail',
  ],
  [
    'names that are gone from the global object',
    '',
    '[new Map([[1, 2]]).size, String(1), new Error("x").message, JSON.stringify(1)]',
    'for (const name of ["Map", "String", "Error", "JSON", "Array", "Object", "Promise", "globalThis"]) delete globalThis[name]',
  ],
  [
    'members of Object.prototype, in descriptors, options and messages',
    'const read = ({ depth = 2, failure }: { depth?: number; failure?: string } = {}) => [depth, failure ?? "none"];',
    '[Object.defineProperty({}, "x", { value: 1, enumerable: true }), read(), read({}), JSON.parse("{}").failure ?? "none", "failure" in { value: 1 }, JSON.stringify({ a: [1, { b: 2 }] })]',
    'for (const key of ["get", "set", "value", "failure", "depth", "toJSON"]) Object.prototype[key] = fail',
  ],
  [
    'a member of Object.prototype that no loop finds, beside what objects and their classes have',
    'class Wait { get failure() { return 1 } }\nconst outcome: object = JSON.parse(\'{"value":1}\');',
    '["failure" in outcome, "value" in outcome, "failure" in new Wait(), "toString" in new Wait()]',
    'Object.defineProperty(Object.prototype, "failure", { value: 1 })',
  ],
  [
    'getters of flags that say that there are none',
    '',
    '[[..."a1b2".matchAll(/\\d/g)].join(), "aXbX".replaceAll(/x/gi, "-")]',
    'Object.defineProperty(RegExp.prototype, "flags", { get: () => "" }); Object.defineProperty(RegExp.prototype, "global", { get: () => undefined })',
  ],
  [
    'a setter on an index of Array.prototype',
    '',
    '(() => { const list: number[] = []; list.push(1, 2); return list; })()',
    'Object.defineProperty(Array.prototype, "0", { set: fail, get: () => undefined })',
  ],
  ...(
    [
      ['a species that throws', 'Object.defineProperty(Array, Symbol.species, { get: fail })'],
      ['a constructor with such a species', 'Array.prototype.constructor = { [Symbol.species]: fail }'],
    ] as const
  ).map(([name, sabotage]): [string, string, string, string] => [
    `${name}, of the arrays that methods make`,
    'const list = [3, 1, 2];\nconst fixed = Object.freeze([1, , 2]);',
    '[list.map((n) => n + 1), list.filter((n) => n > 1), list.slice(1), [...list].splice(0, 2), list.concat([4], 5), [[1], 2].flat(), list.flatMap((n) => [n, n]), fixed.map((n) => n), fixed.concat(1), Object.getOwnPropertyNames(list), [9].concat(...[list])]',
    sabotage,
  ]),
  [
    'getters of collections, and of what regular expressions look up',
    'const queue = { size: 7 };',
    '[new Map([[1, 2]]).size, new Set([1, 1]).size, queue.size, "aXbX".replace(/x/gi, "-"), "a,b".split(/,/), "ab".match(/[ab]/g)]',
    'for (const C of [Map, Set]) Object.defineProperty(C.prototype, "size", { get: fail }); for (const key of ["flags", "global", "sticky", "unicode"]) Object.defineProperty(RegExp.prototype, key, { get: fail })',
  ],
  [
    'a module of Node whose exports were replaced',
    '',
    '[types.isPromise(Promise.resolve())]',
    'const util = process.getBuiltinModule("node:util"); util.types = { isPromise: fail }; process.getBuiltinModule("node:module").syncBuiltinESMExports()',
  ],
])('what a cell replaced is not seen: %s', async (_name, declarations, expression, sabotage) => {
  const [before, after] = await twice(declarations, expression, sabotage);
  expect(before).not.toBe('');
  expect(after).toBe(before);
});

test('the sabotage is one: the same program, not rewritten, fails', async () => {
  const as = hardened;
  hardened = (source) => source.replaceAll(/ as const|: number(\[\])?/g, '');
  try {
    await expect(twice('', '[1].map((n) => n)', 'Array.prototype.map = fail')).rejects.toThrow('sabotaged');
  } finally {
    hardened = as;
  }
});

test('methods of the same name of other objects, optional calls and their values stay as they are', async () => {
  const [before, after] = await twice(
    'const queue = { add: (n: number) => n + 1, map: 5, missing: undefined as undefined | { at(n: number): number } };\nclass Own { #list = [1]; get(n: number) { return this.#list.at(n); } }',
    '[queue.add(1), queue.missing?.at(3) ?? "none", new Own().get(0), [[1]]?.[0]?.map((n) => n).length]',
    'Set.prototype.add = fail; Array.prototype.at = fail; Map.prototype.get = fail',
  );
  expect(before).toBe('[2,"none",1,1]');
  expect(after).toBe(before);
});

/** The project's files that a file leads to, types left out. */
function reached(file: string, all = new Set<string>()): Set<string> {
  if (all.has(file)) return all;
  all.add(file);
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  const specifiers = module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  const again = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ isType, moduleRequest }) => (isType || moduleRequest === null ? [] : [moduleRequest.value])),
  );
  for (const specifier of [...specifiers, ...again]) {
    if (specifier.startsWith('.')) reached(posix.join(posix.dirname(file), specifier), all);
  }
  return all;
}

test('whatever the cell process loads is rewritten, but for the library, which sees to itself', () => {
  const loaded = new Set(
    ['main', 'assemble', 'interrupt/watcher'].flatMap((name) => [...reached(`runtime/cell/${name}.ts`)]),
  );
  expect(loaded.size).toBeGreaterThan(100);
  const left = [...loaded].filter((file) => !runsBesideCells(file) && !file.startsWith('runtime/asyncio/'));
  expect(left).toEqual([]);
});

test('a form that cannot be rewritten stops the build, with the remedy', () => {
  expect(() => hardened('export const f = ([a, ...rest]) => rest;', 'x.ts')).toThrow(/take it by slice/);
});
