// The paired programs of test/asyncio/pairs: TypeScript prints what CPython 3.11 printed, and still prints.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { expectedOf, pairNames, readPair } from './pairs/programs.ts';
import { hasReferencePython, runPython } from './reference/python.ts';
import { runPairs } from './reference/typescript.ts';

const names = pairNames();

const differences = names.filter((name) => name.startsWith('differences/'));

describe('a program in TypeScript prints what CPython 3.11 printed for its pair', () => {
  let outputs: Record<string, string> = {};
  beforeAll(async () => {
    outputs = (await runPairs(names))[0] ?? {};
  }, 120_000);
  test.each(names)('%s', (name) => {
    expect(outputs[name]).toBe(expectedOf(name));
  });
});

const where311 = hasReferencePython() ? describe : describe.skip;
where311('CPython 3.11, where it is at hand, prints what is recorded', () => {
  let outputs: Record<string, string> = {};
  beforeAll(() => {
    outputs = runPython(names.map((name) => [name, readPair(name, 'py')]));
  }, 120_000);
  test.each(names)('%s', (name) => {
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
