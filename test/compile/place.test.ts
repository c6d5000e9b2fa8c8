// Where an error is thrown, and where it is in what the person wrote: the same line and column, by the cell's map.

import { describe, expect, test } from '@jest/globals';
import { createNotebook } from './notebook.ts';

/** Cells with `boom` where the error's place is to be; `function boom` throws at the caller's place. */
const CELLS: readonly (readonly [name: string, source: string])[] = [
  ['first', 'boom()'],
  ['in the last expression', '1 + boom()'],
  ['on a later line', 'const a = 1;\n\n  let b = a +\n    boom();'],
  ['after an await on the line', 'const a = await 1 + await 2, b = boom()'],
  ['inside an await', 'const a = await boom()'],
  ['in a function', 'function f() {\n  return boom();\n}\nconst x = 1;\nf()'],
  ['in a function that was moved', 'const x = 1; const y = 2;\nf();\nfunction f() { if (x) { boom() } }'],
  [
    'in a typed function',
    'const x: number = 1;\nfunction f<T>(this: void, a?: T, ...b: readonly T[]): void { const c = a as unknown; boom(); }\nf<number>(x)',
  ],
  ['after an import', "import { a } from 'm';\nimport type { T } from 't';\nboom(a)"],
  ['on the line of an import', "import { a } from 'm'; boom(a)"],
  [
    'in a coroutine',
    "import { coroutine } from 'cokernel';\nconst f = coroutine(async (n: number): Promise<void> => {\n  await 1; await boom();\n});\nawait f(1)",
  ],
  [
    'in a coroutine of one expression',
    "import { coroutine } from 'cokernel';\nconst f = coroutine(async n => await n + boom());\nawait f(1)",
  ],
  ['in a loop', 'for (const i of [1])\n  boom(i)'],
  ['in a loop with braces', 'for (let i = 0; i < 1; i++) { boom(i) }'],
  ['in a for await', 'for await (const x of [1]) {\n  boom()\n}'],
  ['in the source of a for await', 'for await (const x of boom()) ;'],
  ['after emoji', 'const s = "😀👩‍👩‍👧"; boom()'],
  ['after line separators', '/*\u2028*/ const s = "\u2028" + `\u2029`; boom()'],
  ['after CRLF', 'const a = 1\r\n  boom()\r\n'],
  ['after a byte order mark', '\uFEFF boom()'],
  ['after a hashbang', '#!node\n  boom()'],
  ['in a template', 'const a = `${1}\n${boom()}`'],
  ['in an object literal', '{ a: 1, b: boom() }'],
  ['in an object literal of several lines', '{\n  a: 1,\n  b: boom() }'],
  ['in a destructured default', 'const { a = boom() } = {}'],
  ['in a destructured source', 'const { a, b: [c] } = boom()'],
  ['in a class', 'class A {\n  static x = boom();\n}'],
  [
    'in an abstract class',
    'abstract class A<T> {\n  private readonly y: T; abstract z(): void;\n  static x = boom();\n}',
  ],
  ['in a method', 'class A { public override m?(): void { boom() } }\nnew A().m()'],
  ['in a namespace, by esbuild', 'namespace N {\n  export const a = 1, b = boom();\n}'],
  ['after an enum, by esbuild', 'enum E { a, b }\nconst x: number = E.a; boom()'],
  [
    'in a decorated class, by esbuild',
    'const d = (v, c) => v;\n@d class A {\n  @d m() { return boom() }\n}\nnew A().m()',
  ],
  ['with a parameter property, by esbuild', 'class A {\n  constructor(private x: number) { boom(); }\n}\nnew A(1)'],
  ['in JSX, by esbuild', 'const a = 1;\nconst e = <b id={boom()}>x</b>'],
  ['in a moved function, by esbuild', 'enum E { a }\nconst x = 1;\nf();\nfunction f(): void { boom() }'],
  ['in a var', 'var a = 1, b = boom()'],
  ['in a var of a block', '{ var a = boom() }'],
  ['in using', 'using a = boom()'],
  ['in await using', 'await using a = boom()'],
  ['after export', 'export const a: number = 1, b = boom()'],
  ['after export default', 'export default boom()'],
  ['in a plain async function', 'const f = async () => { await 0; boom() }\nawait f()'],
  ['in an optional chain', 'const o: any = { p: { boom() { throw new Error("boom") } } };\no?.p!.boom()'],
];

describe('the place of an error', () => {
  test.each(CELLS.map(([name, source]) => ({ name, source })))('$name', async ({ source }) => {
    const notebook = createNotebook();
    notebook.modules.m = { a: 1 };
    notebook.modules['cokernel/jsx-runtime'] = { jsx: () => 0, jsxs: () => 0 };
    // Thrown from here, so that the first frame of a cell is the call's.
    notebook.global.boom = () => {
      throw new Error('boom');
    };
    const { error, compiled } = await notebook.attempt(source);
    expect((error as Error)?.message).toBe('boom');
    const offset = source.includes('{ boom() {') ? source.lastIndexOf('boom') : source.indexOf('boom');
    const before = source.slice(0, offset).split('\n');
    const own = source.includes('{ boom() {');
    const expected = own ? '1:38' : `${before.length}:${(before.at(-1) as string).length + 1}`;
    expect(notebook.place(error, compiled, source)).toBe(expected);
  });

  test('throw statements and member calls', async () => {
    const notebook = createNotebook();
    const thrown = 'const a: string = "x"\n  throw new Error(a)';
    const { error, compiled } = await notebook.attempt(thrown);
    expect(notebook.place(error, compiled, thrown)).toBe('2:9');
    const read = 'const o: { p?: any } = {};\no.p.q.r';
    const second = await notebook.attempt(read);
    expect(notebook.place(second.error, second.compiled, read)).toBe('2:5');
  });
});
