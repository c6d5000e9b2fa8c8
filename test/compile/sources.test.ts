// Real sources as cells and as files: nothing ends in an internal error, V8 takes what comes out, and what is left
// after the types are gone is what Node's own type stripping leaves.

import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from 'oxc-parser';
import { CellSyntaxError, createCompiler } from '../../runtime/compile/cell.ts';
import { lowerModule } from '../../runtime/compile/module.ts';

const ROOT = join(import.meta.dirname, '../..');
/** With --long all files; else one of ten. */
const chosen = (paths: readonly string[]) =>
  process.env.COKERNEL_LONG ? paths : paths.toSorted().filter((_, at) => at % 10 === 0);
const OURS = chosen(globSync('{runtime,kernel,test}/**/*.ts', { cwd: ROOT }));
const THEIRS = chosen(
  globSync('node_modules/{typescript,esbuild,oxc-parser,magic-string,zeromq,@types/node}/**/*.{d.ts,mjs,ts}', {
    cwd: ROOT,
  }),
);

describe('real sources', () => {
  test.each(OURS)('%s as a cell and as a file', async (path) => {
    const source = readFileSync(join(ROOT, path), 'utf8');
    const { code, map } = await createCompiler().compileCell(source, { name: 'Cell [1]' });
    new vm.Script(code);
    JSON.parse(map);
    const { code: file, rewrite } = lowerModule(source, path, { checks: false });
    if (rewrite.needs.size === 0) expect(shape(file)).toBe(shape(stripTypeScriptTypes(source)));
  });

  test('of packages, types among them, compile or say where they do not', async () => {
    for (const path of THEIRS) {
      const source = readFileSync(join(ROOT, path), 'utf8');
      try {
        const { code } = await createCompiler().compileCell(source, { name: 'Cell [1]' });
        new vm.Script(code);
      } catch (error) {
        if (!(error instanceof CellSyntaxError)) throw new Error(path, { cause: error });
      }
    }
    expect(THEIRS.length).toBeGreaterThan(20);
  });

  test('a cell of a megabyte', async () => {
    const line = (n: number) => `const v${n}: number = Math.max(${n}, 1); // some words to fill the line with\n`;
    const source = Array.from({ length: 14_000 }, (_, n) => line(n)).join('');
    expect(source.length).toBeGreaterThan(1_000_000);
    const { code, declares } = await createCompiler().compileCell(source, { name: 'Cell [1]' });
    new vm.Script(code);
    expect(declares).toHaveLength(14_000);
  });
});

/** A program's tree without places, parentheses and empty statements. */
function shape(code: string): string {
  const { program, errors } = parseSync('a.js', code, { sourceType: 'module' });
  if (errors[0]) throw new Error(`${errors[0].message}\n${code}`);
  return JSON.stringify(program.body, (key, value) => {
    if (key === 'start' || key === 'end') return undefined;
    if (Array.isArray(value)) return value.filter((item) => item?.type !== 'EmptyStatement');
    let inner = value;
    while (inner?.type === 'ParenthesizedExpression') inner = inner.expression;
    return typeof inner === 'bigint' ? `${inner}n` : inner;
  });
}
