// Under the virtual clock a program leaves the same trace, byte for byte, however often it runs.
import { expect, test } from '@jest/globals';
import type { TraceRecord } from '../../runtime/asyncio/index.ts';
import { emitTypescript } from './random/emit.ts';
import { generate } from './random/generate.ts';
import { evaluate, runRandom } from './random/prelude.ts';

const RUNS = 100;
const SEEDS = [3, 40, 99, 134, 251];

test.each(SEEDS)(`program %i leaves the same trace in ${RUNS} runs`, async (seed) => {
  const text = emitTypescript(generate(seed), 'generator');
  const first = await traceOf(text);
  expect(first.split('\n').length).toBeGreaterThan(20);
  for (let run = 1; run < RUNS; run++) {
    const again = await traceOf(text);
    // Compared by hand, for the diff of two long texts is slow and only wanted where they differ.
    if (again !== first) expect(again).toBe(first);
  }
});

async function traceOf(text: string): Promise<string> {
  const records: TraceRecord[] = [];
  const printed = await runRandom(evaluate(text), (record) => records.push(record));
  return [...records.map((record) => JSON.stringify(record, readable)), printed].join('\n');
}

/** Errors as their words: JSON shows none of their fields, and stacks name this test's own lines. */
function readable(_key: string, value: unknown): unknown {
  return value instanceof Error ? `${value.name}: ${value.message}` : value;
}
