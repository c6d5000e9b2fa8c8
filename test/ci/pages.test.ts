// What is mended in nbconvert's pages, and the page that leads to all of them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
// @ts-expect-error: plain JavaScript
import { darkTheme, finish, writeIndex } from '../../.ci/pages.mjs';
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

test('the index names each page in order, with its question and its minutes where it has them', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, '02-second.html'), PAGE);
  writeFileSync(join(folder.path, '01-first.html'), '<html><head></head><body><p>no heading</p></body></html>');
  writeIndex(folder.path);
  const index = readFileSync(join(folder.path, 'index.html'), 'utf8');
  expect(index).toContain('<a href="01-first.html">01-first.html</a>');
  expect(index).toContain('<a href="02-second.html">Second &amp; last</a><p>Why await?</p><small>six minutes</small>');
  expect(index.indexOf('01-first')).toBeLessThan(index.indexOf('02-second'));
  writeIndex(folder.path); // The index itself is no item.
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
