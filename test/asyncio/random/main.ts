// Any number of random programs, compared with CPython live:
//   node test/asyncio/random/main.ts --count 5000 --seed 1
// Prints each seed that differs, and for the first one the smallest pair that still does.
import { parseArgs } from 'node:util';
import { compare, type Outcome } from './compare.ts';
import { emitPython, emitTypescript, type Style } from './emit.ts';
import { generate } from './generate.ts';
import { shrink } from './shrink.ts';

const BATCH = 500;
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** How many of the differing programs are made small. */
    shrink: { type: 'string', default: '1' },
    /** `generator`, or `async` for the compiled form. */
    style: { type: 'string', default: 'generator' },
    /** Forms to leave out, by name, with commas. */
    without: { type: 'string', default: '' },
  },
});
const [count, seed, shrunk] = [Number(values.count), Number(values.seed), Number(values.shrink)];
const style: Style = values.style === 'async' ? 'async' : 'generator';
const without = values.without.split(',');

const differing: Outcome[] = [];
for (let from = seed; from < seed + count; from += BATCH) {
  const seeds = Array.from({ length: Math.min(BATCH, seed + count - from) }, (_, i) => from + i);
  const outcomes = await compare(
    seeds.map((each) => [`seed ${each}`, generate(each, without)]),
    style,
  );
  const found = outcomes.filter(({ python, typescript }) => python !== typescript);
  differing.push(...found);
  console.log(`seeds ${from} to ${from + seeds.length - 1}: ${found.length} differ`);
  for (const { name } of found) console.log(`  ${name}`);
}
for (const outcome of differing.slice(0, shrunk)) print(await shrink(outcome, style));
console.log(`${count} programs, ${differing.length} differ`);
process.exitCode = differing.length === 0 ? 0 : 1;

function print({ name, program, python, typescript }: Outcome): void {
  console.log(`\n── ${name}, made small: Python\n${emitPython(program)}`);
  console.log(`── TypeScript\n${emitTypescript(program, style)}`);
  console.log(`── CPython printed\n${python}\n── we printed\n${typescript}`);
}
