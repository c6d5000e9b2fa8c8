// Cells run for real: what they show, what they leave behind, and what they import.

import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createCompiler } from '../../runtime/compile/cell.ts';
import { NOTHING } from '../../runtime/compile/remembered.ts';
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
  const elsewhere = async () => ({ compiled, after: NOTHING });

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

describe('emitDecoratorMetadata', () => {
  const OPTIONS = { experimentalDecorators: true, emitDecoratorMetadata: true };
  /** What Reflect.metadata is told while a cell runs: the key, the member, the types by name. */
  const told = async (cells: readonly string[], options: object = OPTIONS): Promise<unknown> => {
    const notebook = createNotebook({ tsconfig: { compilerOptions: options } });
    await notebook.run(`const seen: unknown[] = []; const d = (..._: unknown[]) => {};
const nameOf = (type: any): unknown => Array.isArray(type) ? type.map(nameOf) : type?.name;
(Reflect as any).metadata = (key: string, type: unknown) => (_: unknown, name?: string) => void seen.push([key, name, nameOf(type)].join());`);
    for (const cell of cells) await notebook.run(cell);
    return notebook.run('seen.splice(0)');
  };

  test('fields have the constructors of their types', async () => {
    const types: [type: string, name: string][] = [
      ['string', 'String'],
      ['number | null', 'Number'],
      ['boolean', 'Boolean'],
      ['2n', 'BigInt'],
      ['-1', 'Number'],
      ["'a' | `b`", 'String'],
      ['string | number', 'Object'],
      ['readonly string[]', 'Array'],
      ['[a: 1]', 'Array'],
      ['() => void', 'Function'],
      ['Date', 'Date'],
      ['Promise<string>', 'Promise'],
      ['Earlier', 'Earlier'],
      ['Shape.Inner', 'Inner'],
      ['Named', 'Object'],
      ['Missing.Inner', 'Object'],
      ['T', 'Object'],
      ['A<T>', 'A'],
      ['void', ''],
      ['keyof A<1>', 'Object'],
    ];
    const fields = types.map(([type], n) => `@d f${n}!: ${type};`).join(' ');
    const found = await told([
      'class Earlier {} interface Named {} namespace Shape { export class Inner {} }',
      `class A<T> { ${fields} @d untyped = 1; plain: string = '' }`,
    ]);
    const expected = types.map(([, name], n) => `design:type,f${n},${name}`);
    expect({ ...(found as string[]) }).toEqual({ ...[...expected, 'design:type,untyped,Object'] });
  });

  test('methods, accessors and constructors have those of their parameters', async () => {
    const found = await told([
      `@d export default class { constructor(a: string, private readonly b: boolean = true, ...rest: number[]) {}
  @d m(a: RegExp, b = 1): void {} @d async n() {} @d get g(): Date { return new Date() } @d set s(v: string) {} o(@d x: Map<1, 2>) {} plain(a: string) {} }`,
      'class B { constructor(@d a: Date) {} } class C { constructor(a: Date) {} }',
    ]);
    expect({ ...(found as string[]) }).toEqual({
      ...[
        'design:returntype,m,',
        'design:paramtypes,m,RegExp,Object',
        'design:type,m,Function',
        'design:returntype,n,Promise',
        'design:paramtypes,n,',
        'design:type,n,Function',
        'design:paramtypes,g,',
        'design:type,g,Date',
        'design:paramtypes,s,String',
        'design:type,s,String',
        'design:returntype,o,',
        'design:paramtypes,o,Map',
        'design:type,o,Function',
        'design:paramtypes,,String,Boolean,Number',
        'design:paramtypes,,Date',
      ],
    });
  });

  test('without a package that reads them, and without the setting, nothing is told', async () => {
    const notebook = createNotebook({ tsconfig: { compilerOptions: OPTIONS } });
    expect(await notebook.run('const d = (..._: unknown[]) => {}; class A { @d x: string = "x" } new A().x')).toBe('x');
    expect(await told(['class A { @d x!: string }'], { experimentalDecorators: true })).toHaveLength(0);
    expect(await told(['class A { @d x!: string }'])).toHaveLength(1);
  });
});
