// Records what CPython 3.11 prints for the first random programs: `node test/asyncio/random/record.ts`.
import { hasReferencePython, runPython } from '../reference/python.ts';
import { pythonText } from './compare.ts';
import { generate } from './generate.ts';
import { RECORDED, writeRecordings } from './recorded.ts';

if (!hasReferencePython()) throw new Error('Recording needs a python3 that is CPython 3.11; this one is not.');
const seeds = Array.from({ length: RECORDED }, (_, i) => i + 1);
const outputs = runPython(seeds.map((seed) => [String(seed), pythonText(generate(seed))]));
writeRecordings(new Map(seeds.map((seed) => [seed, outputs[seed] ?? ''])));
console.log(`${RECORDED} programs recorded`);
