// README: each dependency has its reason there, and each command that it names exists.

import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const readme = read('README.md');
const { dependencies, devDependencies, optionalDependencies, scripts } = JSON.parse(read('package.json'));

test('each dependency has one line in README that says why it is there, and no line is left over', () => {
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

test('README keeps a place for the table that the benchmark writes', () => {
  expect(readme).toMatch(/<!-- bench -->[\s\S]*<!-- \/bench -->/);
});
