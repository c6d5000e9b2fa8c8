// The paired programs of test/asyncio/pairs: TypeScript prints what CPython 3.14 printed, and still prints.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { BY_HAND, expectedOf, pairNames, readPair } from './pairs/programs.ts';
import { runPython } from './reference/python.ts';
import { runPairs } from './reference/typescript.ts';

const names = pairNames();

const differences = names.filter((name) => name.startsWith('differences/'));

describe('a program in TypeScript prints what CPython 3.14 printed for its pair', () => {
  let outputs: Record<string, string> = {};
  beforeAll(async () => {
    outputs = (await runPairs(names))[0] ?? {};
  }, 120_000);
  test.each(names)('%s', (name) => {
    expect(outputs[name]).toBe(expectedOf(name));
  });
});

describe('CPython 3.14 prints what is recorded', () => {
  const live = names.filter((name) => !BY_HAND.includes(name));
  let outputs: Record<string, string> = {};
  beforeAll(() => {
    outputs = runPython(live.map((name) => [name, readPair(name, 'py')]));
  }, 120_000);
  test.each(live)('%s', (name) => {
    expect(outputs[name]).toBe(readPair(name, 'out'));
  });
});

test.each(differences)('%s is a difference, and has its reason in the table', (name) => {
  expect(readPair(name, 'ours')).not.toBe(readPair(name, 'out'));
  const table = readFileSync(new URL('DIFFERENCES.md', import.meta.url), 'utf8');
  expect(table).toContain(`(pairs/${name}.ts)`);
});

test('no other pair is expected to differ', () => {
  const differing = names.filter((name) => expectedOf(name) !== readPair(name, 'out'));
  expect(differing).toEqual(differences);
});
