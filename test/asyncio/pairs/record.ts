// Records what CPython 3.14 prints for each paired program: `node test/asyncio/pairs/record.ts`.
import { existsSync, writeFileSync } from 'node:fs';
import { runPython } from '../reference/python.ts';
import { BY_HAND, pairNames, pairsFolder, readPair } from './programs.ts';

const names = pairNames().filter((name) => !BY_HAND.includes(name));
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
