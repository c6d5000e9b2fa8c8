// Random programs: what CPython 3.14 printed for 500 of them is recorded, and the library prints the same; without --long
// for 200 of them.
// Any number, compared live, and the smallest pair that differs: node test/asyncio/random/main.ts --count 5000
import { beforeAll, describe, expect, test } from '@jest/globals';
import { runTypescript } from './random/compare.ts';
import { forms } from './random/forms.ts';
import { type Block, generate } from './random/generate.ts';
import { hashOf, RECORDED, readRecordings } from './random/recorded.ts';

const COUNT = process.env.COKERNEL_LONG ? RECORDED : 200;
const seeds = Array.from({ length: COUNT }, (_, i) => i + 1);
const programs = seeds.map((seed) => [String(seed), generate(seed)] as const);
const recordings = readRecordings();
test('the recordings are of the programs that the generator makes', () => {
  const changed = seeds.filter((seed) => recordings.get(seed)?.hash !== hashOf(seed));
  // Where the generator or the prelude was changed on purpose: node test/asyncio/random/record.ts
  expect(changed).toEqual([]);
});

describe.each(['generator', 'async'] as const)('in the %s form', (style) => {
  let outputs: Record<string, string> = {};
  beforeAll(async () => {
    outputs = await runTypescript(programs, style);
  }, 300_000);

  test(`${COUNT} random programs print what CPython 3.14 printed`, () => {
    const differing = seeds.filter((seed) => outputs[seed] !== recordings.get(seed)?.output);
    const seed = differing[0] ?? 1;
    const toMakeItSmall = `node test/asyncio/random/main.ts --count 1 --style ${style} --seed ${seed}`;
    const printed = { differing, toMakeItSmall, lines: outputs[seed]?.split('\n') };
    expect(printed).toEqual({ differing: [], toMakeItSmall, lines: recordings.get(seed)?.output.split('\n') });
  });
});

test('the programs nest six deep and use every form', () => {
  const texts = programs.map(([, program]) => JSON.stringify(program)).join('\n');
  const unused = Object.keys(forms).filter((name) => !texts.includes(`"form":"${name}"`));
  expect(unused).toEqual([]);
  expect(Math.max(...programs.map(([, program]) => depthOf(program)))).toBeGreaterThanOrEqual(6);
});

function depthOf(block: Block): number {
  const inner = block.flatMap(({ functions, blocks }) => [...functions, ...blocks]);
  return inner.length === 0 ? 0 : 1 + Math.max(...inner.map(depthOf));
}
