// What the interrupt check in loops costs: the same cells, compiled with and without it, run alternately in one quiet
// process. They are compiled and run as in the kernel, but without the event loop around them.

import { Script } from 'node:vm';
import * as compiled from '../../runtime/asyncio/compiled.ts';
import { createNames } from '../../runtime/cell/execute/notebook-names.ts';
import { createWords, LEVEL } from '../../runtime/cell/interrupt/states.ts';
import { createFlag } from '../../runtime/cell/interrupt/stop-flag.ts';
import { createCompiler } from '../../runtime/compile/cell.ts';
import { Results, type Row, table } from './table.ts';

/** Each program defines `work`, of which single runs are timed; the time is divided by `share`. */
const PROGRAMS: Readonly<Record<string, { readonly source: string; readonly share?: number; readonly most?: number }>> =
  {
    'the tightest loop, an iteration': {
      source: 'function work() { let sum = 0; for (let i = 0; i < 20000000; i++) sum = (sum + i) | 0; return sum; }',
      share: 20_000_000,
      most: 2.5,
    },
    'a while loop over an array': {
      source: `const numbers = new Float64Array(1000).fill(1.5);
function work() { let sum = 0; for (let k = 0; k < 5000; k++) { let i = 0; while (i < 1000) { sum += numbers[i]; i++; } } return sum; }`,
      share: 5_000_000,
    },
    'for … of over an array': {
      source: `const words = Array.from({ length: 1000 }, (_, i) => i);
function work() { let sum = 0; for (let k = 0; k < 5000; k++) for (const word of words) sum += word; return sum; }`,
      share: 5_000_000,
    },
    'n-body, 100,000 steps': {
      source: `class Body { constructor(public x: number, public y: number, public z: number, public vx: number, public vy: number, public vz: number, public mass: number) {} }
function work() {
  const bodies = Array.from({ length: 5 }, (_, i) => new Body(i * 4.8, i - 1.1, i * 0.4, 0.6 - i, 2.8 - i, 0.02 * i, 39 / (i + 1)));
  for (let step = 0; step < 100000; step++) {
    for (let i = 0; i < bodies.length; i++) {
      const a = bodies[i]!;
      for (let j = i + 1; j < bodies.length; j++) {
        const b = bodies[j]!;
        const dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
        const square = dx * dx + dy * dy + dz * dz;
        const pull = 0.001 / (square * Math.sqrt(square));
        a.vx -= dx * b.mass * pull; a.vy -= dy * b.mass * pull; a.vz -= dz * b.mass * pull;
        b.vx += dx * a.mass * pull; b.vy += dy * a.mass * pull; b.vz += dz * a.mass * pull;
      }
    }
    for (const body of bodies) { body.x += 0.001 * body.vx; body.y += 0.001 * body.vy; body.z += 0.001 * body.vz; }
  }
  return bodies[0]!.x;
}`,
    },
    'JSON read, grouped and sorted': {
      source: `const text = JSON.stringify(Array.from({ length: 20000 }, (_, i) => ({ id: (i * 7919) % 20011, name: 'name ' + (i % 97), tags: ['a', 'b', 'c'] })));
function work() {
  const groups = new Map<string, { id: number }[]>();
  for (const entry of JSON.parse(text) as { id: number; name: string }[]) {
    const group = groups.get(entry.name) ?? [];
    group.push(entry);
    groups.set(entry.name, group);
  }
  let sum = 0;
  for (const group of groups.values()) { group.sort((a, b) => a.id - b.id); for (const { id } of group) sum += id; }
  return sum;
}`,
    },
    'primes below 2,000,000': {
      source: `function work() {
  const composite = new Uint8Array(2000000);
  let count = 0;
  for (let i = 2; i < composite.length; i++) {
    if (composite[i]) continue;
    count++;
    for (let j = i * i; j < composite.length; j += i) composite[j] = 1;
  }
  return count;
}`,
    },
  };

/** Measures, and returns the table as Markdown. */
export async function benchLoops(quick: boolean): Promise<string> {
  const results = new Results();
  for (const [title, { source, share = 1 }] of Object.entries(PROGRAMS)) {
    const [checked, plain] = [await workOf(source, true), await workOf(source, false)];
    for (let round = -3; round < (quick ? 5 : 15); round++) {
      for (const [column, work] of [
        ['with checks', checked],
        ['without', plain],
      ] as const) {
        const began = performance.now();
        work();
        const seconds = (performance.now() - began) / 1000 / share;
        if (round >= 0) results.add(title, column, seconds);
      }
    }
  }
  const rows = Object.entries(PROGRAMS).map(
    ([title, { share, most }]): Row => ({
      title,
      key: title,
      unit: share === undefined ? 'ms' : 'ns',
      target: { peer: 'without', ...(most !== undefined && { most }) },
    }),
  );
  return table(results, rows, ['with checks', 'without'], 'with checks');
}

// The flag's state after an interrupt: it was raised and is down again.
const words = createWords();
const show = createFlag(words);
for (const value of [1, 0]) {
  words.set(LEVEL, value);
  show();
}

/** Compiles and runs a cell; returns the function `work` that it defines. */
async function workOf(source: string, checks: boolean): Promise<() => unknown> {
  const { code } = await createCompiler({ checks }).compileCell(source, { name: 'Cell [1]' });
  if (code.includes('.checkInterrupt()') !== checks)
    throw new Error(`the cell should have ${checks ? '' : 'no '}checks: ${code}`);
  const names = createNames();
  const environment = {
    names: names.begin().open,
    const: names.constant,
    let: names.variable,
    var: (...hoisted: string[]) => names.hoisted(hoisted),
    result: (value: unknown) => value,
    checkInterrupt: () => {},
  };
  const body = new Script(`(${code})`).runInThisContext() as (...given: unknown[]) => Generator;
  if (body(environment, compiled).next().done !== true) throw new Error('the cell should end at once');
  return names.read('work')?.value as () => unknown;
}
