// Files and people's own builds: what is lowered, what is left, and where errors are.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { compileModule } from '../../runtime/compile/module.ts';
import { cokernel } from '../../runtime/compile/plugin.ts';
import { CellSyntaxError } from '../../runtime/compile/syntax-error.ts';

const SOURCE = `import { coroutine, sleep, type Coroutine } from 'cokernel';
import type { T } from './t.ts';
export type { T };
export const hello = coroutine(async (n: number): Promise<number> => {
  await sleep(0);
  return n;
});
`;

describe('files', () => {
  test('literals are lowered, types removed, imports kept', async () => {
    const { code } = await compileModule(SOURCE, '/x/a.ts');
    expect(code).toContain('import * as __co from "cokernel/compiled"; import { coroutine, sleep,  } from');
    expect(code).toContain('__co.body(function* (n) {');
    expect(code).toContain('{ name: "hello", file: "/x/a.ts", line: 4 }');
    expect(code).not.toContain('Promise<number>');
    expect(code).not.toContain('./t.ts');
    expect(code.split('\n').length).toBe(SOURCE.split('\n').length);
  });
  test('an export of what is only a type in its file goes, as by tsc', async () => {
    const types = 'type A = 1; interface B {} declare class C {} namespace D { export type E = 1 }';
    const both = 'import type { F } from "f"; type G = 1; const G = 2; type H = 1; import { H } from "h";';
    const { code } = await compileModule(
      `${types} ${both} export { A, B as X, G, C, D, F, H }; export { A as Y } from "f"`,
      '/x/a.ts',
    );
    expect(code.slice(code.indexOf('export'))).toBe('export { G, H }; export { A as Y } from "f"');
    expect((await compileModule('export default interface A {}\nexport { A, A as B }', '/x/a.ts')).code).toBe(
      ';\nexport {  }',
    );
  });
  test('a .cts file with import and export is CommonJS, as by tsc', async () => {
    const text =
      "import { sep, type Path } from 'node:path'; import { T } from 'types'; export const c: T = sep; export default 5;";
    const { code } = await compileModule(text, '/x/a.cts');
    const module = { exports: {} };
    new Function('module', 'require', code)(module, (name: string) => ({ 'node:path': { sep: '/' } })[name]);
    expect({ ...module.exports }).toEqual({ c: '/', default: 5 });
  });
  test('a plain script gets no import', async () => {
    const { code } = await compileModule('const a = require("a");\nmodule.exports = a;', '/x/a.cjs');
    expect(code).toBe('const a = require("a");\nmodule.exports = a;');
  });
  test('a CommonJS file requires what it needs', async () => {
    const { code } = await compileModule(
      "const { coroutine } = require('cokernel');\nexports.f = coroutine(async () => {});",
      '/x/a.cjs',
    );
    expect(code).toContain('const __co = require("cokernel/compiled");');
    expect(code).toContain('name: "f"');
  });
  test('loops are checked, in files for the kernel', async () => {
    const source = 'for (;;) f();\nexport const g = async () => { await 1; };';
    const { code } = await compileModule(source, '/x/a.js');
    expect(code).toContain('const __cell = globalThis["cokernel cell"]');
    expect(code).toContain('{ if (__cokernel_stop) __cell.checkInterrupt(); f(); }');
    const { code: plain } = await compileModule(source, '/x/a.js', { checks: false });
    expect(plain).toBe(source);
  });
  test('what needs esbuild is translated by it, with two maps', async () => {
    const source = 'enum E { a }\nexport class A {\n  constructor(public x: number) { throw new Error() }\n}\n';
    const { code, maps } = await compileModule(source, '/x/a.ts');
    expect(maps).toHaveLength(2);
    const lines = code.split('\n');
    const line = lines.findIndex((text) => text.includes('new Error'));
    const column = (lines[line] as string).indexOf('new Error');
    const middle = new SourceMap(JSON.parse(maps[0] as string)).findEntry(line, column);
    if (!('originalLine' in middle)) throw new Error('the first map knows nothing of the place');
    const found = new SourceMap(JSON.parse(maps[1] as string)).findEntry(middle.originalLine, middle.originalColumn);
    expect(found).toMatchObject({ originalLine: 2, originalColumn: source.split('\n')[2]?.indexOf('new Error') });
  });
  test('JSX follows the tsconfig, else our own runtime', async () => {
    const ours = await compileModule('export const a = <b/>', '/x/a.tsx');
    expect(ours.code).toContain('cokernel/jsx-runtime');
    const preserve = { compilerOptions: { jsx: 'preserve' } } as const;
    const left = await compileModule('export const a = <b/>', '/x/a.tsx', { tsconfig: preserve });
    expect(left.code).toBe(ours.code);
    const theirs = await compileModule('export const a = <b/>', '/x/a.tsx', {
      tsconfig: { compilerOptions: { jsx: 'react', jsxFactory: 'h' } },
    });
    expect(theirs.code).toContain('h("b", null)');
  });
  test('legacy decorators follow the tsconfig', async () => {
    const tsconfig = { compilerOptions: { experimentalDecorators: true } };
    const { code } = await compileModule(
      'export @d class A { @m x = 1 }'.replace('export @d', '@d export'),
      '/x/a.ts',
      { tsconfig },
    );
    expect(code).toContain('__decorateClass');
  });
  test('what only TypeScript minds is no error of a file', async () => {
    const { code } = await compileModule('export function f(a?: number, b: number) {} class A { x; x }', '/x/a.ts');
    expect(code).toContain('export function f(a, b) {} class A { x; x; }');
    await expect(compileModule('let a; var a', '/x/a.ts')).rejects.toBeInstanceOf(CellSyntaxError);
  });
  test('so do the types that they tell', async () => {
    const tsconfig = { compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true } };
    const source = "import { d, Point } from './d';\nexport class A { @d at!: Point }";
    const { code } = await compileModule(source, '/x/a.ts', { tsconfig });
    expect(code).toMatch(/Reflect\.metadata\?\.\("design:type", typeof Point/);
    expect(code).toContain('import { d, Point } from "./d"');
  });
  test('fields follow the tsconfig', async () => {
    const tsconfig = { compilerOptions: { useDefineForClassFields: false } };
    const { code } = await compileModule('export class A { x = 1; y: number }', '/x/a.ts', { tsconfig });
    expect(code).toContain('this.x = 1');
    expect(code).not.toContain(' y;');
  });
  test('an error says where', async () => {
    await expect(compileModule('export const a =\n  ;', '/x/a.ts')).rejects.toMatchObject({ line: 2, column: 3 });
    await expect(compileModule('export const a =', '/x/a.ts')).rejects.toBeInstanceOf(CellSyntaxError);
  });
});

describe('the esbuild plugin', () => {
  test('builds a program whose coroutines run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cokernel-plugin-'));
    try {
      await writeFile(
        join(folder, 'a.ts'),
        `${SOURCE}import { run } from 'cokernel';\nimport { other } from './other.ts';\nconst o = other;\nconsole.log(await run(hello(7)), o);`,
      );
      await writeFile(join(folder, 'other.ts'), 'export const other: number = 1; for (const x of [1]) x;');
      const root = join(import.meta.dirname, '../..');
      const { outputFiles } = await build({
        entryPoints: [join(folder, 'a.ts')],
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'node',
        plugins: [cokernel()],
        alias: {
          'cokernel/compiled': join(root, 'runtime/asyncio/compiled.ts'),
          cokernel: join(root, 'runtime/asyncio/index.ts'),
        },
      });
      const text = outputFiles[0]?.text ?? '';
      expect(text).not.toContain('.checkInterrupt()');
      await writeFile(join(folder, 'a.mjs'), text);
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'a.mjs')]);
      expect(stdout).toBe('7 1\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
  test('reports what cannot be lowered at its place', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cokernel-plugin-'));
    try {
      await writeFile(join(folder, 'a.ts'), "import { coroutine } from 'cokernel';\ncoroutine(async function* () {});");
      const failed = build({
        entryPoints: [join(folder, 'a.ts')],
        write: false,
        plugins: [cokernel()],
        logLevel: 'silent',
      });
      await expect(failed).rejects.toMatchObject({ errors: [{ location: { line: 2, column: 10 } }] });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
