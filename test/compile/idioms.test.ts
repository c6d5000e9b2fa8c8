// TypeScript as people write it, a few lines each: a cell gives what the same program gives in Node, compiled by esbuild.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import vm from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { transform } from 'esbuild';
import { createNotebook } from './notebook.ts';

const FOLDER = join(import.meta.dirname, 'idioms');
const FILES = globSync('*.txt', { cwd: FOLDER }).sort();

/** The files whose programs are modules: what they export as default is their value. */
const MODULES = new Set(['async.txt', 'modules.txt']);

/** The files whose programs have a tsconfig.json. */
const SETTINGS: Readonly<Record<string, object>> = {
  'jsx.txt': { jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Fragment' },
  'legacy-decorators.txt': { experimentalDecorators: true },
};

/** What programs can import. */
const SHAPES = {
  default: { unit: 1 },
  PI: Math.PI,
  area: (r: number) => Math.PI * r ** 2,
  Circle: class Circle {
    readonly r: number;
    constructor(r: number) {
      this.r = r;
    }
  },
};

/** What JSX calls. */
const GLOBALS = {
  h: (type: unknown, props: object | null, ...children: readonly unknown[]) => ({ type, ...props, children }),
  Fragment: 'fragment',
};

const programsOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8').split(/^\/\/ %%\n/m);

describe.each(FILES)('%s', (file) => {
  const settings = SETTINGS[file] ?? {};
  test.each(programsOf(file))('%s', async (program) => {
    const expected = await inNode(program, settings, MODULES.has(file));
    for (const compiler of ['in-place', 'esbuild'] as const) {
      const notebook = createNotebook({ compiler, tsconfig: { compilerOptions: settings } });
      Object.assign(notebook.global, GLOBALS);
      notebook.modules.shapes = SHAPES;
      expect(shown(await notebook.run(program))).toBe(expected);
    }
  });
});

test('there are 400 programs, and some of every kind', () => {
  expect(FILES).toEqual([
    'async.txt',
    'classes.txt',
    'decorators.txt',
    'enums-and-namespaces.txt',
    'functions.txt',
    'generics-and-guards.txt',
    'jsx.txt',
    'legacy-decorators.txt',
    'modules.txt',
    'objects-and-patterns.txt',
    'statements.txt',
    'types.txt',
  ]);
  expect(new Set(FILES.flatMap(programsOf)).size).toBeGreaterThanOrEqual(400);
});

/** The value of a program's last statement, as strict code in a realm of its own; of a module its default export. */
async function inNode(program: string, settings: object, isModule: boolean): Promise<string> {
  const { code } = await transform(isModule ? program : `"use strict";\n${program}`, {
    loader: 'jsx' in settings ? 'tsx' : 'ts',
    target: 'esnext',
    supported: { decorators: false },
    keepNames: true,
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { ...settings, verbatimModuleSyntax: true } },
  });
  const context = vm.createContext({ console, setTimeout, queueMicrotask, ...GLOBALS });
  if (!isModule) return shown(vm.runInContext(code, context));
  const shapes = new vm.SyntheticModule(
    Object.keys(SHAPES),
    () => {
      for (const [name, value] of Object.entries(SHAPES)) shapes.setExport(name, value);
    },
    { context },
  );
  const dynamic = async () => {
    await shapes.link(() => shapes);
    await shapes.evaluate();
    return shapes;
  };
  const module = new vm.SourceTextModule(code, { context, importModuleDynamically: dynamic });
  await module.link(() => shapes);
  await module.evaluate();
  return shown((module.namespace as { readonly default: unknown }).default);
}

/** Errors of another realm are shown with the stack of their own. */
function shown(value: unknown): string {
  return inspect(value, { depth: 5 });
}
