// What does not compile: the message and the place, in what the person wrote.

import { describe, expect, test } from '@jest/globals';
import { CellSyntaxError, createCompiler } from '../../runtime/compile/cell.ts';

const { compileCell, isComplete } = createCompiler();

async function failure(source: string): Promise<CellSyntaxError> {
  try {
    await compileCell(source, { name: 'Cell [1]' });
  } catch (error) {
    if (error instanceof CellSyntaxError) return error;
    throw error;
  }
  throw new Error(`expected a CellSyntaxError for ${JSON.stringify(source)}, but it compiles`);
}

describe('errors', () => {
  test.each([
    ['function f() {\n  await sleep(1)\n}', "'await' outside async function", 2, 3],
    ['const f = () => await x', "'await' outside async function", 1, 17],
    ['class A { m() { return await 1 } }', "'await' outside async function", 1, 24],
    ['class A { static { await 1 } }', 'await', 1, 20],
    ['namespace N { await 1 }', "'await' outside async function", 1, 15],
    ['return 5', "'return' outside function", 1, 1],
    ['yield 1', "'yield' outside generator", 1, 1],
    ['let a = 1\nlet a = 2', 'already been declared', 1, 5],
    ['f(1', 'Expected `)`', 1, 4],
    ['if (x) {\n', 'Expected `}`', 2, 1],
    ['a b', 'semicolon', 1, 2],
    ['const x', 'Missing initializer', 1, 7],
    ['1 = 2', 'Cannot assign', 1, 1],
    ['break', "'break' outside", 1, 1],
    ['"abc', 'Unterminated string', 1, 1],
    ['\r\n  )', 'Unexpected token', 2, 3],
    ['"😀"; )', 'Unexpected token', 1, 7],
    ['\uFEFF)', 'Unexpected token', 1, 2],
    ['{a: 1, b: }', '', 1, 11],
    ['{ function f() {} { var f } }', 'Identifier `f` has already', 1, 21],
    ['switch (0) { case 1: function f() {} default: var f }', 'Identifier `f` has already', 1, 47],
    ['let a; export { a, a as b, a as b }', "Duplicated export 'b'", 1, 33],
    ['export default 1; export default 2', "Duplicated export 'default'", 1, 19],
    ['let a; export { a, unknown }', "Export 'unknown' is not defined", 1, 20],
    ['export { Array }', "Export 'Array' is not defined", 1, 10],
    ['export { nothing as default }', "Export 'nothing' is not defined", 1, 10],
    ['class A { async public m() {} }', "'public' modifier must precede", 1, 17],
    ['function f(a, a) {}', 'Identifier `a` has already', 1, 12],
    ['enum A { b, b }', 'Identifier `b` has already', 1, 10],
    ['const a = 010', "'0'-prefixed", 1, 11],
    ['import defer * as a from "a"', "'import defer' is not supported", 1, 1],
    ['let a: = 5', 'Unexpected token', 1, 8],
    ['class A { constructor() { super() } }', 'in a derived class. either remove', 1, 27],
    ['<div>', '', 1, 6],
    ['enum E { a }\nlet é = 1; abstract class A { @d abstract x; constructor(@d y) {} }', '', 2, 58],
  ])('%j', async (source, message, line, column) => {
    const error = await failure(source);
    expect([error.ename, error.message]).toEqual(['SyntaxError', expect.stringContaining(message)]);
    expect([error.line, error.column]).toEqual([line, column]);
  });

  test('an export of what an earlier cell declares, a type too, is none, before a restart', async () => {
    const compiler = createCompiler();
    const compile = (source: string) => compiler.compileCell(source, { name: 'Cell [1]' });
    await compile(
      'interface T {} type U = 1; declare function g(): void; enum E { a } namespace N.M { export const x = 1 }',
    );
    await compile('function f() {} import { a, type V } from "a"; import type W from "w"; if (1) { var v = 1 }');
    await compile('const [x, { y }] = [1, {}]');
    await compile('export { T, U, g, E, N, f, a, V, W, v, x, y, type Unknown }; export type { X }');
    compiler.reset();
    await expect(compile('export { f }')).rejects.toThrow("Export 'f' is not defined: no cell declares that name");
  });

  test.each([
    ['%timeit 1 + 1', /^%timeit is a magic of IPython, and this is a TypeScript cell\.\nTo time code: /, 1],
    ['%time?', /^%time is a magic of IPython/, 1],
    ['??%time', /^%time is a magic of IPython/, 1],
    ['%%html\n<b>x</b>', /^%%html is a magic.*\n.* html`/, 1],
    ['const a = 1\n%whatever a', /^%whatever is a magic.*\n.* run `jupyter` for a list$/, 2],
    ['!npm install lodash', /^!npm install lodash is a shell command.*\n.* await jupyter\.install\('lodash'\)$/, 1],
    ['!git clone x', /^!git clone x is a shell command.*\n.* execSync\('git clone x', \{/, 1],
    ["!ls -la | grep 'x'", /execSync\("ls -la \| grep 'x'", \{/, 1],
    ['?Array', /^Array\? is a question.*\n.* press Shift\+Tab, or run Array$/, 1],
    ['Math.max??', /^Math\.max\? is a question/, 1],
    ['const a = 1\nMath.max?\n\na', /^Math\.max\? is a question/, 2],
  ])('%j, which is IPython’s, gets what to write instead', async (source, message, line) => {
    const error = await failure(source);
    expect([error.message, error.line, error.column]).toEqual([expect.stringMatching(message), line, 1]);
  });

  test.each([
    [
      'async def say_hi(name):\n    pass',
      "const sayHi = coroutine(async (name) => { … }), with coroutine from 'cokernel'",
      1,
    ],
    ['const a = 1\ndef f(x, y):', 'function f(x, y) { … }', 2],
    ['import asyncio\nx = 5', "import { coroutine, gather, run, sleep } from 'cokernel'", 1],
    ['from asyncio import create_task, sleep', "import { createTask, sleep } from 'cokernel'", 1],
    ['from os import path', "import { path } from 'os'", 1],
    ['for i in range(3):\n    print(i)', 'for (let i = 0; i < 3; i++) { … }', 1],
    ['for x in xs:', 'for (const x of xs) { … }', 1],
    ['async for x in xs:', 'for await (const x of xs) { … }', 1],
    ['if x == 5:\n    y', 'if (x == 5) { … }', 1],
    ['class Dog(Animal):', 'class Dog extends Animal { … }', 1],
    ['# a comment', 'a comment begins with //', 1],
    ['print(f"hi {x}")', 'a text in backquotes', 1],
    ['key = lambda x: x', '(x) => …', 1],
    ['const y = 1 if x else 2', 'condition ? one : other', 1],
  ])('%j reads as Python, and is told in TypeScript', async (source, here, line) => {
    const error = await failure(source);
    expect(error.message).toContain(`reads as Python, and the cell is TypeScript.\nIn TypeScript: ${here}`);
    expect(error.line).toBe(line);
  });

  test.each([
    'const s = "of f\\" lambda x: y"; a b',
    'assert.equal(1, 2',
    'print(1',
    'for (const x of y) z w',
    'a b // one if two else three',
    'const o = { if: 1, for x: 2 }',
  ])('%j does not', async (source) => expect((await failure(source)).message).not.toMatch(/Python/));

  test.each(['let c = d\n  ? 4\n  : 5 6', '!ready && go now', '!(a b)', 'x % y z', '?', '%', 'a\n? b c', 'f(a?\n)'])(
    '%j is a mistake in TypeScript, and told as one',
    async (source) => expect((await failure(source)).message).not.toMatch(/IPython/),
  );

  test('deep nesting is told, not a crash', async () => {
    const error = await failure(`${'('.repeat(20_000)}1${')'.repeat(20_000)}`).catch((e) => e);
    expect(error).toBeInstanceOf(CellSyntaxError);
  });
});

describe('is a cell complete', () => {
  test.each([
    '',
    '1',
    'a',
    'const a = 1',
    'f()',
    '{a: 1}',
    'if (x) { y }',
    '// c',
    '/* c */',
    '<div/>',
    'const f = <T,>(x: T) => x',
    'class A {}',
    '`a${b}`',
    'await x',
    'for (;;) {}',
    '@d class A {}',
    'a\n',
  ])('%j is complete', (source) => {
    expect(isComplete(source)).toEqual({ status: 'complete' });
  });
  test.each([
    ['f(', '  '],
    ['f(a,', ''],
    ['if (x) {', '  '],
    ['  if (x) {', '    '],
    ['const a = [', '  '],
    ['const a = {', '  '],
    ['const a = {\n  b: 1,', '  '],
    ['a +', ''],
    ['a.', ''],
    ['a?.', ''],
    ['a?.b?.\n', ''],
    ["'abc\\\\\n", ''],
    ['/* abc', ''],
    ['a ?', ''],
    ['a ? b :', ''],
    ['() =>', ''],
    ['`abc', ''],
    ['`abc ${', '  '],
    ['/* abc', ''],
    ['class A {\n  m() {', '    '],
    ['if (a)', ''],
    ['while (x)', ''],
    ['const f = async (a: number', ''],
    ['type T = ', ''],
    ['class A extends', ''],
    ['import { a', ''],
    ['try {}', ''],
    ['let x =', ''],
    ['let', ''],
    ['import.', ''],
    ['function f(a: number)', ''],
    ['async function f(): Promise<void>', ''],
    ['interface A {', '  '],
    ['enum A {', '  '],
    ['@d', ''],
    ['<div>', ''],
    ['<div>text <', ''],
    ['{a: 1, b:', ''],
    ['do {} while (', '  '],
    ['x = y =>', ''],
    ['f(function () {\n  g();', '  '],
    ['a = b // comment\n  +', '  '],
  ])('%j is incomplete', (source, indent) => {
    expect(isComplete(source as string)).toEqual({ status: 'incomplete', indent });
  });
  test.each([
    'a b',
    ')',
    '1 = 2',
    'let x: = 5',
    'f(a b',
    'else',
    'a..b',
    'if (x) { y ) }',
    'return 1',
    'let a; let a',
    'Math.max?',
    "'abc",
    'f("abc',
    '/abc',
    '%ls',
  ])('%j is invalid', (source) => {
    expect(isComplete(source)).toEqual({ status: 'invalid' });
  });
});
