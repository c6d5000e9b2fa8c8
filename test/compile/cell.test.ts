// Cells run for real: what they show, what they leave behind, and what they import.

import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createCompiler } from '../../runtime/compile/cell.ts';
import { RUNS } from './corpus.ts';
import { createNotebook } from './notebook.ts';

describe.each(['in-place', 'esbuild'] as const)('cells, types removed %s', (compiler) => {
  test.each(RUNS.map(([name, cells, value]) => ({ name, cells, value })))('$name', async ({ cells, value }) => {
    const notebook = createNotebook({ compiler });
    const jsx = (type: unknown, props: unknown) => ({ type, props });
    notebook.modules['node:path'] = path;
    notebook.modules['cokernel/jsx-runtime'] = { jsx, jsxs: jsx, Fragment: 'fragment' };
    let last: unknown;
    for (const cell of cells) last = await notebook.run(cell);
    expect(typeof last === 'object' && last !== null ? { ...last } : last).toEqual(value);
  });
});

test('arguments at the top of a cell, and in coroutines there, are not defined', async () => {
  const { attempt } = createNotebook();
  for (const source of [
    'arguments',
    '({ arguments })',
    'import { coroutine } from "cokernel"; await coroutine(async () => arguments.length)()',
  ]) {
    expect((await attempt(source)).error).toHaveProperty('message', 'arguments is not defined');
  }
});

test('legacy decorators of members and parameters need none on the class', async () => {
  const notebook = createNotebook({ tsconfig: { compilerOptions: { experimentalDecorators: true } } });
  await notebook.run('const seen = []; const d = (target, name, at) => void seen.push(`${name}${at >= 0 ? at : ""}`)');
  await notebook.run('class A { @d x?: string; @d m() {} n(@d a) {} constructor(@d b) {} }');
  expect(await notebook.run('seen.join() + new A().x')).toBe('x,m,n0,undefined0undefined');
});

test('a class without a name that has legacy decorators is exported as default', async () => {
  const notebook = createNotebook({ tsconfig: { compilerOptions: { experimentalDecorators: true } } });
  await notebook.run('const seen = []; const d = (target, ...more) => void seen.push(target.name ?? more[0])');
  const made = (await notebook.run('@d export default class<T> extends Array<T> { @d m(@d a) {} }')) as typeof Array;
  expect([made.name, new made(1, 2).length]).toEqual(['default', 2]);
  expect(await notebook.run('seen.join()')).toBe('m,m,default');
  expect(((await notebook.run('export default abstract class { @d y = 1 }')) as typeof Array).name).toBe('default');
  expect(await notebook.run('@d export default class {}\n1')).toBe(1);
});

test('a name that the cell declares can be imported beside it only as a type', async () => {
  const { attempt, modules } = createNotebook();
  modules.shapes = { Point: class {} };
  for (const source of ['class Point {}', 'let Point', 'var Point', 'function Point() {}', 'enum Point { A }']) {
    const { error } = await attempt(`import { Point } from 'shapes';\n${source}`);
    expect(error).toMatchObject({
      name: 'SyntaxError',
      message: expect.stringContaining("Identifier 'Point' has already"),
    });
  }
  await expect(attempt("import * as shapes from 'shapes'; class shapes {}")).rejects.toThrow('already been declared');
  const { result } = await attempt("import { Size as Area } from 'shapes'; class Area { static n = 5 }; Area.n");
  expect(result).toBe(5);
});

describe('a cell that esbuild makes long', () => {
  const members = Array.from({ length: 200 }, (_, n) => `M${n}`).join(', ');
  const compiled = { code: 'elsewhere', map: '', declares: [] };
  const elsewhere = async () => ({ compiled, names: new Map() });

  test('is compiled where long texts are', async () => {
    const compiler = createCompiler({ elsewhere });
    expect((await compiler.compileCell('enum A { M }', { name: 'Cell [1]' })).code).toContain('M');
    expect(await compiler.compileCell(`enum A { ${members} }`, { name: 'Cell [2]' })).toBe(compiled);
  });

  test('also where TypeScript alone minds something in it', async () => {
    const compiler = createCompiler({ elsewhere });
    const source = `function f(a?: number, b: number) { enum A { ${members} } return A.M3 } f(1, 2)`;
    expect(await compiler.compileCell(source, { name: 'Cell [1]' })).toBe(compiled);
  });
});
