// Records what CPython 3.14 prints for the first random programs: `node test/asyncio/random/record.ts`.
import { runPython } from '../reference/python.ts';
import { pythonText } from './compare.ts';
import { generate } from './generate.ts';
import { RECORDED, writeRecordings } from './recorded.ts';

const seeds = Array.from({ length: RECORDED }, (_, i) => i + 1);
const outputs = runPython(seeds.map((seed) => [String(seed), pythonText(generate(seed))]));
writeRecordings(new Map(seeds.map((seed) => [seed, outputs[seed] ?? ''])));
console.log(`${RECORDED} programs recorded`);
