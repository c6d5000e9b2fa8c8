// `npm run notebooks` from the outside: pages for those that run, exit code 1 and the traceback for one that does not;
// with --update, outputs in the notebooks themselves.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { end, temporaryFolder } from '../cli/cokernel.ts';
import { testWithPython } from '../python.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = (name: string) => join(root, 'build', 'notebooks', `${name}.html`);

function write(folder: string, name: string, ...sources: string[]): string {
  const cells = sources.map((source, index) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  const kernelspec = { name: 'cokernel', display_name: 'TypeScript (cokernel)', language: 'typescript' };
  const path = join(folder, `${name}.ipynb`);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells }));
  return path;
}

testWithPython(
  'npm run notebooks makes pages, and fails with the traceback where a cell fails',
  async () => {
    using folder = temporaryFolder();
    const names = ['of-the-tests-good', 'of-the-tests-bad'];
    try {
      const good = write(
        folder.path,
        'of-the-tests-good',
        "const greet = (name: string) => 'Hello, ' + name + '!';\ngreet('Ada')",
      );
      const bad = write(folder.path, 'of-the-tests-bad', "throw new RangeError('far too far')");
      const { code, stdout } = await end(process.execPath, ['.ci/notebooks.mjs', good, bad], process.env, root);
      expect(stripVTControlCharacters(stdout)).toContain('RangeError: far too far');
      expect(stdout).toContain('1 passed, 1 failed');
      expect(code).toBe(1);
      expect(readFileSync(page('of-the-tests-good'), 'utf8')).toContain('Hello, Ada!');
      expect(existsSync(page('of-the-tests-bad'))).toBe(false);
      expect(readFileSync(page('index'), 'utf8')).toContain('<a href="of-the-tests-good.html">');
    } finally {
      for (const name of names) rmSync(page(name), { force: true });
    }
  },
  120_000,
);

test('npm run notebooks -- --update stores what cells show, and the second time changes nothing', async () => {
  using folder = temporaryFolder();
  const path = write(
    folder.path,
    'of-the-tests-updated',
    "const greet = (name: string) => 'Hello, ' + name + '!';\ngreet('Ada')",
  );
  const update = () => end(process.execPath, ['.ci/notebooks.mjs', '--update', path], process.env, root);
  expect((await update()).code).toBe(0);
  const stored = readFileSync(path, 'utf8');
  expect(stored).toContain("'Hello, Ada!'");
  expect((await update()).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toBe(stored);
}, 120_000);
