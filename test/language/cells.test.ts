// What the language service remembers of the cells that ran: versions, failures, files that change on disk.

import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { readSource, type Source } from '../../kernel/compile/read-cell.ts';
import { createDocuments } from '../../kernel/language/documents.ts';
import { createNotebook } from '../../kernel/language/ran-cells.ts';
import type { Server } from '../../kernel/language/server.ts';
import { CURSOR, openNotebook, type TestNotebook } from './notebook.ts';

let notebook: TestNotebook;

afterEach(() => notebook.end());

const complaints = async (source: string) => (await notebook.run(source)).map(({ message }) => message);

test('an older cell keeps the version of a name that it ran with', async () => {
  notebook = openNotebook();
  await notebook.run('const value = 1;');
  await notebook.run('const doubled = [value, value];\nfunction get() { return value }');
  await notebook.run('const value = "text";');
  expect(await complaints('doubled[0].toFixed(); get().toFixed(); value.toUpperCase()')).toEqual([]);
});

test('a function may call a function of a later cell', async () => {
  notebook = openNotebook();
  await notebook.run('function early(): unknown { return late() }');
  await notebook.run('function late() { return 1 }');
  await notebook.run('function early() { return late() }');
  expect(await complaints('early().toFixed()')).toEqual([]);
});

test('each kind of declaration may follow each other kind', async () => {
  notebook = openNotebook();
  const kinds = {
    'const it = 1': 'it.toFixed()',
    'let it = "s"': 'it = "t"; it.length',
    'var it = [1]': 'it.push(2)',
    'function it() { return 1 }': 'it().toFixed()',
    'class it { x = 1 }': 'new it().x.toFixed()',
    'enum it { A }': 'it.A.toFixed()',
    'namespace it { export const y = 1 }': 'it.y.toFixed()',
    'const { it } = { it: true }': 'it === true',
    'import it from "node:fs"': 'it.readFileSync',
    'type it = string': 'const s: it = "s"',
    'interface it { z: 1 }': 'const z: it = { z: 1 }',
  };
  // With --long all of them; else one of each sort.
  const few = /^(const it|function|class|enum|import|interface)/;
  // A way on which each kind stands once before each, itself included: of three kinds 1 1 2 1 3 2 2 3 3 1.
  const all = Object.entries(kinds).filter(([kind]) => process.env.COKERNEL_LONG || few.test(kind));
  const way = all.flatMap((one, at) => [one, ...all.slice(at + 1).flatMap((other) => [one, other])]);
  const pairs = new Set<string>();
  let before = '';
  for (const [kind, use] of [...way, ...all.slice(0, 1)]) {
    expect([before, kind, ...(await complaints(kind)), ...(await complaints(use))]).toEqual([before, kind]);
    pairs.add(`${before} then ${kind}`);
    before = kind;
  }
  expect(pairs.size).toBe(1 + all.length ** 2);
});

test('a failed cell declares its functions, its types and what it defined before it failed', async () => {
  notebook = openNotebook();
  const source = 'const first = 1;\nfunction f() { return 2 }\ntype T = string;\nthrow 0;\nconst second = 3;';
  await notebook.run(source, { ok: false, defined: ['first'] });
  expect(await complaints('first.toFixed(); f().toFixed(); const t: T = ""')).toEqual([]);
  expect(await complaints('second')).toEqual(["Cannot find name 'second'."]);
});

test('for a failed cell that does not say what it defined, the running program decides', async () => {
  notebook = openNotebook();
  notebook.live.set('', { keys: [{ name: 'first', kind: 'instance' }] });
  const source = 'const first = 1; throw 0; const second = 2;';
  await notebook.language.diagnose(1, source);
  notebook.language.cellRan({ count: 1, source, declares: ['first', 'second'], ok: false });
  expect(await complaints('first.toUpperCase(); second')).toEqual([
    "Property 'toUpperCase' does not exist on type '1'.",
    "Cannot find name 'second'.",
  ]);
});

test('after a restart nothing is known', async () => {
  notebook = openNotebook();
  await notebook.run('const gone = 1;');
  notebook.language.forget();
  expect(await complaints('gone')).toEqual(["Cannot find name 'gone'."]);
  expect((await notebook.complete('gon‸')).matches).toEqual([]);
});

test('a file that a cell imports is read anew after an edit, and where it imports others, those too', async () => {
  notebook = openNotebook({
    files: { 'outer.ts': 'export { inner } from "./inner.js";', 'inner.ts': 'export const inner = 1;' },
  });
  expect(await complaints('import { inner } from "./outer.ts"; inner.toFixed()')).toEqual([]);
  change('inner.ts', 'export const inner = "text";');
  expect(await complaints('import { inner } from "./outer.ts"; inner.toUpperCase()')).toEqual([]);
  rmSync(path.join(notebook.directory, 'inner.ts'));
  expect(await complaints('import { inner } from "./outer.ts"; inner.length')).toEqual([]);
  expect(await complaints('import "./outer.ts"; import * as x from "./inner.ts"')).toEqual([
    "Cannot find module './inner.ts' or its corresponding type declarations.",
  ]);
});

test('a missing file and a missing package are found once they exist', async () => {
  notebook = openNotebook();
  const source = 'import fresh from "fresh"; import { local } from "./local.ts"; fresh.toFixed(); local.toFixed()';
  expect(await complaints(source)).toHaveLength(2);
  expect(await complaints(source)).toHaveLength(2);
  change('local.ts', 'export const local = 1;');
  change('node_modules/fresh/index.d.ts', 'declare const fresh: number; export default fresh;');
  change('node_modules/fresh/package.json', '{"name": "fresh", "types": "index.d.ts"}');
  expect(await complaints(source)).toEqual([]);
});

test.each([
  ['index.d.ts', '{"name": "fresh"}'],
  ['types/main.d.ts', '{"name": "fresh", "types": "types/main.d.ts"}'],
])('types that were read while their package was half installed are read again: %s', async (types, manifest) => {
  const file = path.join('node_modules', 'fresh', types);
  notebook = openNotebook({ files: { [file]: '', 'node_modules/fresh/package.json': manifest } });
  const source = 'import fresh from "fresh"; fresh.toFixed()';
  expect(await complaints(source)).toHaveLength(1);
  change(file, 'declare const fresh: number; export default fresh;');
  change('node_modules/fresh/package.json', manifest);
  expect(await complaints(source)).toEqual([]);
});

test('the folder’s tsconfig.json counts, after an edit too, from a folder above too, with its paths', async () => {
  notebook = openNotebook({ files: { 'src/deep.ts': 'export const deep = 1;' } });
  const source = 'function f(x) { return x }';
  expect(await complaints(source)).toEqual(["Parameter 'x' implicitly has an 'any' type."]);
  expect(await complaints('import { deep } from "#/deep"')).toHaveLength(1);
  change(
    'tsconfig.json',
    '{ // comments too\n"compilerOptions": { "strict": false, "noUnusedLocals": true, "paths": { "#/*": ["./src/*"] } } }',
  );
  expect(await complaints(source)).toEqual([]);
  expect(await complaints('import { deep } from "#/deep"; deep.toFixed()')).toEqual([]);
});

test('names of cells win over names of the browser, where the tsconfig.json includes the DOM', async () => {
  const declared: [cell: string, use: string, wrong: string, complaint: string][] = [
    [
      'class Node { constructor(public v: number, public next?: Node) {} }',
      'new Node(1).v.toFixed()',
      'new Node()',
      '',
    ],
    ["const name = 'Ada'", 'name.toUpperCase()', 'name = "Bob"', "Cannot assign to 'name' because it is a constant."],
    ['let status = { code: 5 }', 'status = { code: 6 }; status.code', 'status.x', ''],
    ['function open(a: number) { return a + 1 }', 'open(5)', 'open("x")', ''],
    ['enum Option { A, B }', 'Option.B', 'Option.C', ''],
    ['namespace Image { export const x = 1 }', 'Image.x', 'Image.y', ''],
    ['type Comment = { by: string }', 'const c: Comment = { by: "x" }', 'const c: Comment = {}', ''],
    ["import { Worker } from 'node:worker_threads'", "new Worker('1', { eval: true })", 'new Worker()', ''],
  ];
  notebook = openNotebook({ files: { 'tsconfig.json': '{ "compilerOptions": { "strict": true } }' } });
  for (const [cell, use, wrong, complaint] of declared) {
    expect([cell, await complaints(cell)]).toEqual([cell, []]);
    expect([use, await complaints(use)]).toEqual([use, []]);
    const found = await complaints(wrong);
    expect([wrong, found.length]).toEqual([wrong, 1]);
    if (complaint) expect(found).toEqual([complaint]);
  }
  expect(await complaints('document.title.length; const other: Text | undefined = undefined')).toEqual([]);
});

/** Runs of one cell. */
const RUNS = process.env.COKERNEL_LONG ? 200 : 50;

test(`${RUNS} runs of one cell leave no more documents than one`, async () => {
  notebook = openNotebook();
  for (let run = 0; run < RUNS; run++) await notebook.run(`const again = ${run}; function f() { return again }`);
  expect(await complaints('again.toFixed(); f().toFixed()')).toEqual([]);
  expect(notebook.language.documents).toBeLessThan(20);
});

let stamp = Date.now() / 1000;

function change(name: string, text: string): void {
  const file = path.join(notebook.directory, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  // A clock that ticks coarsely must not hide the change.
  stamp += 5;
  utimesSync(file, stamp, stamp);
}

/** A cell that declares so many names, from `n0` on if `from` is 0. */
const declaring = (from: number, count: number, value: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => `const n${from + n} = ${value(from + n)};`).join('\n');

test('all of a thousand names are known, by the newest type of each, until a restart', async () => {
  notebook = openNotebook();
  for (let from = 0; from < 1000; from += 200) await notebook.run(declaring(from, 200, String));
  await notebook.run("const n700 = 'text';");
  expect(await complaints('[n0, n249, n250, n999].map((n) => n.toFixed()); n700.toUpperCase()')).toEqual([]);
  expect(await complaints('n700.toFixed(); n250.trim()')).toHaveLength(2);
  expect((await notebook.complete(`n99${CURSOR}`)).matches).toContain('n999');
  expect(JSON.stringify(await notebook.inspect(`n70${CURSOR}0`))).toContain('text');
  notebook.language.forget();
  expect(await complaints('n250; n999')).toHaveLength(2);
});

test('what a cell costs does not grow with the names of the cells before it', () => {
  notebook = openNotebook();
  let sent = 0;
  const server = { running: true, notify: (_: string, params: unknown) => (sent += JSON.stringify(params).length) };
  const documents = createDocuments('/', () => ({ ...server, ask: async () => undefined }) as unknown as Server);
  const cells = createNotebook(documents, () => false);
  const cost = (name: string) => {
    const before = sent;
    cells.add(readSource(`const ${name} = 1;`) as Source, undefined);
    return sent - before;
  };
  const costs: number[] = [];
  for (let n = 0; n < 6000; n++) costs.push(cost(`name${n + 100_000}`));
  const most = (from: number) => Math.max(...costs.slice(from, from + 1000));
  expect(most(5000)).toBeLessThan(1.5 * most(1000));
});
