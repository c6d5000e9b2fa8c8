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

describe.each(FILES)('%s', (file) => {
  const programs = readFileSync(join(FOLDER, file), 'utf8').split(/^\/\/ %%\n/m);
  test.each(programs)('%s', async (program) => {
    const expected = await inNode(program);
    for (const compiler of ['in-place', 'esbuild'] as const) {
      expect(shown(await createNotebook({ compiler }).run(program))).toBe(expected);
    }
  });
});

test('there are programs of every kind', () => {
  expect(FILES).toEqual([
    'classes.txt',
    'enums-and-namespaces.txt',
    'functions.txt',
    'generics-and-guards.txt',
    'objects-and-patterns.txt',
    'types.txt',
  ]);
});

/** The value of a program's last statement, as strict code in a realm of its own. */
async function inNode(program: string): Promise<string> {
  const { code } = await transform(program, {
    loader: 'ts',
    target: 'esnext',
    supported: { decorators: false },
    keepNames: true,
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  return shown(vm.runInContext(`"use strict";\n${code}`, vm.createContext({ console })));
}

/** Errors of another realm are shown with the stack of their own. */
function shown(value: unknown): string {
  return inspect(value, { depth: 5 });
}
