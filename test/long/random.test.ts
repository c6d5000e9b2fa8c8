// Random programs beyond the recorded ones, compared with CPython live: 30 of each form in `npm test`, 10,000 in
// `npm run test:long`. COKERNEL_SEED says with which to begin; the failing seed's own line says how to make it small.

import { describe, expect, test } from '@jest/globals';
import { compare } from '../asyncio/random/compare.ts';
import { generate } from '../asyncio/random/generate.ts';

const COUNT = process.env.COKERNEL_LONG ? 10_000 : 30;
const FIRST = Number(process.env.COKERNEL_SEED ?? 1_000_000);
const BATCH = 500;

describe.each(['generator', 'async'] as const)('in the %s form', (style) => {
  test(`${COUNT} random programs print what CPython prints`, async () => {
    for (let from = FIRST; from < FIRST + COUNT; from += BATCH) {
      const seeds = Array.from({ length: Math.min(BATCH, FIRST + COUNT - from) }, (_, at) => from + at);
      const outcomes = await compare(
        seeds.map((seed) => [String(seed), generate(seed)]),
        style,
      );
      expect(outcomes).toHaveLength(seeds.length);
      const [first] = outcomes.filter(({ python, typescript }) => python !== typescript || python === '');
      const toMakeItSmall = `node test/asyncio/random/main.ts --count 1 --style ${style} --seed ${first?.name}`;
      expect(first && { toMakeItSmall, typescript: first.typescript, python: first.python }).toBeUndefined();
    }
  }, 3_600_000);
});
