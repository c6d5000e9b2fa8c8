// The paired programs of test/asyncio/pairs: TypeScript prints what CPython 3.11 printed, and still prints.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pairNames, readPair } from './pairs/programs.ts';
import { hasReferencePython, runPython } from './reference/python.ts';
import { runPairs } from './reference/typescript.ts';

const names = pairNames();

describe('a program in TypeScript prints what CPython 3.11 printed for its pair', () => {
  let outputs: Record<string, string> = {};
  beforeAll(async () => {
    outputs = (await runPairs(names))[0] ?? {};
  }, 120_000);
  test.each(names)('%s', (name) => {
    expect(outputs[name]).toBe(readPair(name, 'out'));
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
