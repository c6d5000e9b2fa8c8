// The recordings are what CPython prints now: 3.14, in WebAssembly, for what runs in virtual time; the system's, where it
// is 3.11, for sockets, processes and threads.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../reference/python.ts';
import { expected, files, names } from './files.ts';
import { hasSystemPython, runSystem, runWasm } from './pythons.ts';

describe('CPython 3.14 prints what is recorded', () => {
  let wasm: Answer = { version: '', names: [], outputs: {} };
  beforeAll(() => {
    wasm = runWasm();
  }, 120_000);
  test('and it is 3.14', () => expect(wasm.version).toMatch(/^3\.14\./));
  test('asyncio.__all__', () => expect(wasm.names).toEqual(names()));
  test.each(files('virtual'))('%s', (file) => expect(of(wasm.outputs, file)).toEqual(recorded(file)));
});

const where311 = hasSystemPython() ? describe : describe.skip;
where311('CPython 3.11 prints what is recorded, but for what is marked as newer', () => {
  let outputs: Readonly<Record<string, string>> = {};
  beforeAll(() => {
    outputs = runSystem();
  }, 120_000);
  test.each(files('real'))('%s', (file) => {
    const newer = Object.entries(expected(file)).filter(([, { byHand }]) => byHand !== undefined);
    const printed = of(outputs, file);
    for (const [key, { text }] of newer) {
      // What 3.11 prints already needs no writing by hand.
      expect(printed[key]).not.toBe(text);
      delete printed[key];
    }
    expect(printed).toEqual(recorded(file));
  });
});

function of(outputs: Readonly<Record<string, string>>, file: string): Record<string, string> {
  return Object.fromEntries(Object.entries(outputs).filter(([key]) => key.startsWith(`${file} `)));
}

function recorded(file: string): Record<string, string> {
  const cases = Object.entries(expected(file)).filter(([, { byHand }]) => byHand === undefined);
  return Object.fromEntries(cases.map(([key, { text }]) => [key, text]));
}
