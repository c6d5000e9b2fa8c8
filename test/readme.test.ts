// README gives a reason for each dependency, the commands that it names exist, and its cells run.

import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { cleanUp, startKernelProcess, textOf } from './client.ts';

afterEach(cleanUp);

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const readme = read('README.md');
const { dependencies, devDependencies, optionalDependencies, scripts } = JSON.parse(read('package.json'));

test('README has exactly one line for each dependency, which says why it is needed', () => {
  const list = /<!-- dependencies -->([\s\S]*)<!-- \/dependencies -->/.exec(readme)?.[1] ?? '';
  const named = [...list.matchAll(/^- `([^`]+)`: \S.{15,}/gm)].map(([, name]) => name);
  const declared = { ...dependencies, ...devDependencies, ...optionalDependencies };
  expect(named.sort()).toEqual(Object.keys(declared).sort());
});

test('each npm command that README names is a script of the package', () => {
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )[a-z:]+)/g)].map(([, name]) => `${name}`);
  expect(named).toEqual(expect.arrayContaining(['start', 'test', 'notebooks', 'bench']));
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

test('README has a place for the tables that the benchmark writes', () => {
  expect(readme).toMatch(/<!-- bench -->[\s\S]*<!-- \/bench -->/);
});

test('the cells in README run without a type error, and show what they promise', async () => {
  const part = /<!-- cells -->([\s\S]*)<!-- \/cells -->/.exec(readme)?.[1] ?? '';
  const cells = [...part.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');
  const kernel = await startKernelProcess();
  // Starts TypeScript: a cell would not wait for it.
  await kernel.client.request('complete_request', { code: 'Ma', cursor_pos: 2 });
  const shown: string[] = [];
  for (const cell of cells) {
    const { reply, outputs } = await kernel.client.execute(cell, { allow_stdin: false });
    expect([cell, reply.content.status, textOf(outputs, 'stderr')]).toEqual([cell, 'ok', '']);
    shown.push(...outputs.flatMap(({ content }) => content.data?.['text/html'] ?? content.data?.['text/plain'] ?? []));
  }
  // How often the progress bar is redrawn depends on timing.
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
