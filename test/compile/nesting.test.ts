// No text ends the process that reads it: what is parsed there is too short to nest deeply enough, by every form of the
// grammar, and what is longer is read in another process.

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { createCompiler } from '../../runtime/compile/cell.ts';
import { isComplete } from '../../runtime/compile/completeness.ts';
import { compileModule } from '../../runtime/compile/module.ts';
import { isShort, parseText, TOO_DEEP } from '../../runtime/parser.ts';
import { tryBlocks } from '../../runtime/picture/model/try-blocks.ts';
import { forms } from './forms.ts';

/** The deepest text of a form that is parsed here. */
function deepestHere(form: (depth: number) => string): string {
  let [low, high] = [1, 4_096];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isShort(form(middle))) low = middle;
    else high = middle - 1;
  }
  return form(low);
}

const PARSE_ALL = `
  import { text } from 'node:stream/consumers';
  const { parseSync } = await import(process.argv[1]);
  for (const [name, source] of JSON.parse(await text(process.stdin))) {
    for (const lang of ['ts', 'tsx']) {
      process.stderr.write(name + ' ');
      const options = { lang, sourceType: 'module', astType: 'ts', showSemanticErrors: true };
      void parseSync('cell.' + lang, source, options).program;
    }
  }
  process.stderr.write('done');
`;

(process.platform === 'win32' ? test.skip : test)('what is parsed here takes less than two thirds of the stack', () => {
  const texts = forms.map(([name, form]) => [name, deepestHere(form)]);
  const limited = 'ulimit -s 5461; exec "$@"';
  const node = [process.execPath, '--input-type=module', '-e', PARSE_ALL, import.meta.resolve('oxc-parser')];
  const { stderr } = spawnSync('sh', ['-c', limited, 'sh', ...node], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  expect(stderr).toMatch(/done$/); // Else the last form in it is the one that overflowed.
});

describe('a text that no parser survives', () => {
  const text = `const x = ${'['.repeat(20_000)}${']'.repeat(20_000)}; try { x } finally {}`;

  test('has one error, and an empty tree', () => {
    const { errors, program } = parseText('cell.ts', text);
    expect([errors.map(({ message }) => message), program.body]).toEqual([[TOO_DEEP], []]);
  });
  test('is a syntax error as a cell and as a file, and invalid as the beginning of a cell', async () => {
    await expect(createCompiler().compileCell(text, { name: 'Cell [1]' })).rejects.toThrow(TOO_DEEP);
    await expect(compileModule(text, '/a.ts')).rejects.toThrow(TOO_DEEP);
    expect(isComplete(text).status).toBe('invalid');
  });
  test('has no try statements for a picture', () => {
    expect(tryBlocks(text)).toEqual([]);
  });
});

test('a text that the parser survives, and doubts, but the code that reads its tree does not, is a syntax error', async () => {
  const text = `${'delete '.repeat(2_000)}a`;
  const doubt = 'Delete of an unqualified identifier in strict mode';
  await expect(createCompiler().compileCell(text, { name: 'Cell [1]' })).rejects.toThrow(doubt);
  await expect(compileModule(text, '/a.ts')).rejects.toThrow(TOO_DEEP);
});

test('a long text that is not deep is parsed as a short one is', () => {
  const text = `${'a = 1n; '.repeat(3_000)}/x/g`;
  expect(isShort(text)).toBe(false);
  const { program, errors } = parseText('cell.ts', text);
  expect([program.body.length, errors]).toEqual([3_001, []]);
});

test('ordinary cells of a hundred lines are parsed here; one string of a megabyte is not', () => {
  expect(isShort("const answer = compute('a text in it', 42);\n".repeat(100))).toBe(true);
  expect(isShort(`'${'x'.repeat(1_000_000)}'`)).toBe(false);
});

test('what earlier cells imported is forgotten by a reset, whatever was marked before it', async () => {
  const compiler = createCompiler();
  const lowered = async () =>
    (await compiler.compileCell('coroutine(async () => {})', { name: 'c' })).code.includes('.body(');
  await compiler.compileCell("import { coroutine } from 'cokernel'", { name: 'a' });
  const forget = compiler.mark();
  await compiler.compileCell('1', { name: 'b' });
  expect(await lowered()).toBe(true);
  compiler.reset(); // The cell process crashed,
  forget(); // and the cells that were compiled ahead are aborted.
  expect(await lowered()).toBe(false);
});
