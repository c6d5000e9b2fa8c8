// What is mended in nbconvert's pages, and the page that leads to all of them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
// @ts-expect-error: plain JavaScript
import { darkTheme, finish, writeContents } from '../../.ci/pages.mjs';
import { temporaryFolder } from '../cli/cokernel.ts';

const PAGE = `<html><head><title>02-second</title></head><body>
<h1 id="x">Second &amp; <em>last</em><a class="anchor-link" href="#x">¶</a></h1>
<p><strong>The question.</strong> Why <code>await</code>?</p><p>You need about six minutes.</p>
<a href="01-first.ipynb">First</a> <a href="README.md">All</a> <a href="https://example.org/03-x.ipynb">elsewhere</a>
</body></html>`;

test('a page is called by its heading, and its links lead to pages', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, '02-second.html');
  writeFileSync(path, PAGE);
  finish(path);
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('<title>Second &amp; last</title>');
  expect(page).toContain('href="01-first.html"');
  expect(page).toContain('href="index.html"');
  expect(page).toContain('href="https://example.org/03-x.ipynb"');
});

const CONTENTS = `<h1>Coroutines</h1>
<h2>Where to begin</h2><p>With <a href="01-first.ipynb">First</a> or <a href="07-later.ipynb">Later</a>.</p>
<h2>For teachers</h2><p><a href="teaching.md">Teaching</a></p>`;

test('the contents page leads to pages, and names without a link what has no page yet', () => {
  using folder = temporaryFolder();
  using lessons = temporaryFolder();
  writeFileSync(join(folder.path, '02-second.html'), PAGE);
  writeFileSync(join(folder.path, '01-first.html'), '<html><head></head><body><p>no heading</p></body></html>');
  writeFileSync(join(lessons.path, 'README.md'), CONTENTS);
  writeFileSync(join(lessons.path, 'teaching.md'), '<h1>Teaching</h1><a href="README.md">Contents</a>');
  const write = () => writeContents(folder.path, lessons.path, (text: string) => text);
  write();
  const index = readFileSync(join(folder.path, 'index.html'), 'utf8');
  expect(index).toContain('<title>Coroutines</title>');
  expect(index).toContain('<section class="where-to-begin">');
  expect(index).toContain('With <a href="01-first.html">First</a> or <span>Later</span>.');
  expect(index).toContain('<a href="teaching.html">Teaching</a>');
  expect(index).toContain('<h2>Other pages</h2><ul><li><a href="02-second.html">Second &amp; last</a></li></ul>');
  const teaching = readFileSync(join(folder.path, 'teaching.html'), 'utf8');
  expect(teaching).toContain('<a href="index.html">Contents</a>');
  write(); // What it wrote itself is not among the other pages.
  expect(readFileSync(join(folder.path, 'index.html'), 'utf8')).toBe(index);
});

test('with a dark theme a page is dark where the system is, and its pictures no longer light by name', () => {
  using folder = temporaryFolder();
  const themes = join(folder.path, 'share/jupyter/nbconvert/templates/lab/static');
  expect(darkTheme(folder.path)).toBeUndefined();
  mkdirSync(themes, { recursive: true });
  writeFileSync(
    join(themes, 'theme-dark.css'),
    '/* what it is */\n:root {\n  --jp-layout-color0: #111;\n}\n.more {}\n',
  );
  const path = join(folder.path, '01-x.html');
  const body = '<body class="jp-Notebook" data-jp-theme-light="true">';
  for (const [theme, dark] of [
    [undefined, false],
    [darkTheme(folder.path), true],
  ]) {
    writeFileSync(path, `<html><head><title>x</title></head>${body}</body></html>`);
    finish(path, theme);
    const page = readFileSync(path, 'utf8');
    expect(page.includes('(prefers-color-scheme:dark){:root{color-scheme:dark;\n  --jp-layout-color0: #111;}}')).toBe(
      dark,
    );
    expect(page.includes(body)).toBe(!dark);
  }
});
