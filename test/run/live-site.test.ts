// The files of a site of live pages, as `cokernel run --html --live` writes them: whole, its own alone, and what is missing
// is said.

import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readNotebook } from '../../kernel/run/notebook/read.ts';
import { writeLive } from '../../kernel/run/page/live-site.ts';
import { sketch } from './notebook.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cokernel-site-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(sources: readonly string[], site = 'site') {
  const notebook = readNotebook(JSON.stringify(sketch(sources)));
  const said: string[] = [];
  const say = (sentence: string) => said.push(sentence);
  const page = await writeLive(join(folder, site), { notebook, path: join(folder, 'a.md'), name: 'a.ipynb', say });
  return { page, said };
}

test('modules that cells import are in the site; one that is missing is said, and a comment imports nothing', async () => {
  writeFileSync(join(folder, 'a+b.ts'), 'export const n: number = 1;');
  writeFileSync(join(folder, 'c#d.ts'), 'export const m: number = 2;');
  const { page, said } = await write([
    "import { n } from './a+b.ts';\nimport { m } from './c%23d.ts';\n// import x from './comment.ts'\nn + m",
    'const text = "import y from \'./text.ts\'";',
    "import z from './missing.ts';",
  ]);
  expect(Object.keys(page.modules)).toEqual(['./a+b.ts', './c%23d.ts']);
  expect(page.notebook).toBe('a.ipynb');
  expect(said).toEqual([
    expect.stringMatching(/^a\.md: .*missing\.ts cannot be bundled .*a cell that needs it will fail\.$/),
  ]);
});

test('a folder of scripts that an earlier run has not finished is completed, and what is not of it is passed over', async () => {
  const { page } = await write(['1']);
  const script = (site: string) => join(folder, site, page.folder, 'page.js');
  const whole = readFileSync(script('site'), 'utf8');
  mkdirSync(join(folder, 'other', page.folder, 'below'), { recursive: true });
  writeFileSync(script('other'), whole.slice(0, 100));
  writeFileSync(join(folder, 'other', 'live-abcdef0123'), 'a file of such a name');
  await write(['1'], 'other');
  expect(readFileSync(script('other'), 'utf8')).toBe(whole);
  const kept = (site: string) => readFileSync(join(folder, site, 'sw.js'), 'utf8');
  expect(kept('other')).toBe(kept('site'));
});

test("a service worker that is not cokernel's own is left alone, and said", async () => {
  mkdirSync(join(folder, 'site'));
  const own = join(folder, 'site', 'sw.js');
  writeFileSync(own, 'mine');
  await expect(write(['1'])).rejects.toThrow(
    /sw\.js is not cokernel's own, and live pages need that name\. Choose another/,
  );
  expect([readFileSync(own, 'utf8'), globSync('*', { cwd: join(folder, 'site') }).includes('sw.js')]).toEqual([
    'mine',
    true,
  ]);
});
