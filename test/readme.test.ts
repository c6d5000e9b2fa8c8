// README and the pages that it leads to: links lead somewhere, dependencies have their reasons, commands exist, figures are
// those of the benchmark, and the cells run.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { cleanUp, startKernelProcess, textOf } from './client.ts';

afterEach(cleanUp);

const place = (name: string) => new URL(`../${name}`, import.meta.url);
const read = (name: string) => readFileSync(place(name), 'utf8');
const { dependencies, devDependencies, optionalDependencies, scripts } = JSON.parse(read('package.json'));
const pages = [
  ...readdirSync(place('.')).filter((name) => name.endsWith('.md')),
  ...readdirSync(place('docs')).map((name) => `docs/${name}`),
  'notebooks/README.md',
  'notebooks/teaching.md',
];

test('README reaches the first lesson within two screens, and has all lessons by title and question', () => {
  const lines = read('README.md').split('\n');
  const rows = [...read('notebooks/README.md').matchAll(/^\| (\d\d) \| \[(.+?)\]\((\S+?)\) \| (.+) \| \d \|$/gm)];
  const lessons = rows.map(
    ([, number, title, file, question]) => `| ${number} | [${title}](notebooks/${file}) | ${question} |`,
  );
  expect(lessons.length).toBeGreaterThan(10);
  expect(lines.filter((line) => line.startsWith('| ') && line.includes('](notebooks/'))).toEqual(lessons);
  expect(lines.indexOf(`${lessons[0]}`)).toBeLessThan(90);
});

test.each(pages)('each link from %s to a file of the project leads to one', (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map(([, target]) => `${target}`);
  const local = targets.filter((target) => !/^https?:/.test(target));
  expect(local.filter((target) => !existsSync(place(`${dirname(page)}/${target}`)))).toEqual([]);
});

test('each page in docs/ is linked from README', () => {
  const readme = read('README.md');
  expect(pages.filter((page) => page.startsWith('docs/') && !readme.includes(`](${page})`))).toEqual([]);
});

test('each dependency has one line in CONTRIBUTING that says why it is there, and no line is left over', () => {
  const list = /<!-- dependencies -->([\s\S]*)<!-- \/dependencies -->/.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  const named = [...list.matchAll(/^- `([^`]+)`: \S.{15,}/gm)].map(([, name]) => name);
  const declared = { ...dependencies, ...devDependencies, ...optionalDependencies };
  expect(named.sort()).toEqual(Object.keys(declared).sort());
});

test('each npm command that a page names is a script of the package', () => {
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/npm (?:run )?(start|test|(?<=run )[a-z:]+)/g)].map(([, name]) => `${name}`),
  );
  expect(named).toEqual(
    expect.arrayContaining(['start', 'test', 'notebooks', 'bench', 'docs', 'release', 'screenshot']),
  );
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

test('BENCHMARKS keeps a place for the tables that the benchmark writes, and the figures in README are from there', () => {
  const tables = /<!-- bench -->([\s\S]*)<!-- \/bench -->/.exec(read('BENCHMARKS.md'))?.[1] ?? '';
  const quoted = /^## How fast it is\n([\s\S]*?)^## /m.exec(read('README.md'))?.[1] ?? '';
  const figures = quoted.match(/\d+(?:\.\d+)? m?s\b/g) ?? [];
  expect(figures.length).toBeGreaterThan(5);
  const measured = new Set(tables.match(/\d+(?:\.\d+)? m?s\b/g));
  expect(figures.filter((figure) => !measured.has(figure))).toEqual([]);
});

test('the cells in docs/cells.md run without a type error, and show what they promise', async () => {
  const part = /<!-- cells -->([\s\S]*)<!-- \/cells -->/.exec(read('docs/cells.md'))?.[1] ?? '';
  const cells = [...part.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');
  const kernel = await startKernelProcess();
  // Starts TypeScript, for which a cell would not wait.
  await kernel.client.request('complete_request', { code: 'Ma', cursor_pos: 2 });
  const shown: string[] = [];
  for (const cell of cells) {
    const { reply, outputs } = await kernel.client.execute(cell, { allow_stdin: false });
    expect([cell, reply.content.status, textOf(outputs, 'stderr')]).toEqual([cell, 'ok', '']);
    shown.push(...outputs.flatMap(({ content }) => content.data?.['text/html'] ?? content.data?.['text/plain'] ?? []));
  }
  // How often the bar is redrawn is a matter of time.
  expect(shown.filter((text, index) => !(text.includes('steps') && shown[index - 1]?.includes('steps')))).toEqual([
    '<b>bold &amp; safe</b>',
    expect.stringContaining('<td'),
    expect.stringContaining('steps'),
    '<b>19.95 €</b>',
    "'working'",
    "'done'",
    '[ Money { cents: 1995 }, Money { cents: 1995 } ]',
  ]);
  await kernel.stop();
});
