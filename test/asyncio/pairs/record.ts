// Records what CPython 3.11 prints for each paired program: `node test/asyncio/pairs/record.ts`.
import { existsSync, writeFileSync } from 'node:fs';
import { hasReferencePython, runPython } from '../reference/python.ts';
import { pairNames, pairsFolder, readPair } from './programs.ts';

if (!hasReferencePython()) throw new Error('Recording needs a python3 that is CPython 3.11; this one is not.');
const names = pairNames();
const outputs = runPython(names.map((name) => [name, readPair(name, 'py')]));
let changed = 0;
for (const name of names) {
  const printed = outputs[name] ?? '';
  if (existsSync(`${pairsFolder}${name}.out`) && readPair(name, 'out') === printed) continue;
  writeFileSync(`${pairsFolder}${name}.out`, printed);
  console.log(`recorded ${name}`);
  changed++;
}
console.log(`${names.length} programs, ${changed} recordings changed`);
