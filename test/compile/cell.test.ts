// Cells run for real: what they show, what they leave behind, and what they import.

import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RUNS } from './corpus.ts';
import { createNotebook } from './notebook.ts';

/** esbuild keeps the name of a function by a call that fails where a variable has taken the function's place. */
const NOT_BY_ESBUILD = 'a variable of a function’s name in a function';

describe.each(['in-place', 'esbuild'] as const)('cells, types removed %s', (compiler) => {
  const runs = RUNS.filter(([name]) => compiler !== 'esbuild' || name !== NOT_BY_ESBUILD);
  test.each(runs.map(([name, cells, value]) => ({ name, cells, value })))('$name', async ({ cells, value }) => {
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
