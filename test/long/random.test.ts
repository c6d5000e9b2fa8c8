// Random programs beyond the recorded ones, compared with CPython live: 30 of each form in `npm test`, 10,000 in
// `npm run test:long`. COKERNEL_SEED says with which to begin; the failing seed's own line says how to make it small.

import { describe, expect, test } from '@jest/globals';
import { pythonText, runTypescript } from '../asyncio/random/compare.ts';
import { type Block, generate } from '../asyncio/random/generate.ts';
import { runPython } from '../asyncio/reference/python.ts';

const COUNT = process.env.COKERNEL_LONG ? 10_000 : 30;
const FIRST = Number(process.env.COKERNEL_SEED ?? 1_000_000);
const BATCH = 500;

/** Programs by their seeds, and what CPython prints of them: it starts slowly, and is asked once for both forms. */
interface Batch {
  readonly programs: readonly (readonly [seed: string, Block])[];
  readonly python: Readonly<Record<string, string>>;
}
const asked = new Map<number, Batch>();

function batchFrom(from: number): Batch {
  const known = asked.get(from);
  if (known !== undefined) return known;
  const seeds = Array.from({ length: Math.min(BATCH, FIRST + COUNT - from) }, (_, at) => from + at);
  const programs = seeds.map((seed) => [String(seed), generate(seed)] as const);
  const batch = { programs, python: runPython(programs.map(([seed, program]) => [seed, pythonText(program)])) };
  asked.set(from, batch);
  return batch;
}

describe.each(['generator', 'async'] as const)('in the %s form', (style) => {
  test(`${COUNT} random programs print what CPython prints`, async () => {
    for (let from = FIRST; from < FIRST + COUNT; from += BATCH) {
      const { programs, python } = batchFrom(from);
      const typescript = await runTypescript(programs, style);
      expect(programs.filter(([seed]) => typescript[seed] === undefined)).toEqual([]);
      const [first] = programs.filter(([seed]) => !python[seed] || python[seed] !== typescript[seed]);
      const seed = first?.[0] ?? '';
      const toMakeItSmall = `node test/asyncio/random/main.ts --count 1 --style ${style} --seed ${seed}`;
      expect(first && { toMakeItSmall, typescript: typescript[seed], python: python[seed] }).toBeUndefined();
    }
  }, 3_600_000);
});
