// Compares the kernels: start, round trips, throughput, memory, interrupts, accidents. drive/ says what the rows do;
// this file says what they are called and what ours should reach.

import { drive } from './driver.ts';
import type { KernelSpec } from './peers.ts';
import { quantile, Results, type Row, table } from './table.ts';

const OURS = 'cokernel';
const UNCHECKED = 'cokernel, no type check';
const deno = (most: number) => ({ peer: 'Deno', most });
const twice = (row: string) => ({ row, called: 'the median', most: 2 });

const SPEED: readonly Row[] = [
  { title: 'first result from spawn', key: 'start', unit: 's', target: deno(0.6) },
  { title: '… by a client that tries to connect every 100 ms', key: 'start, slow', unit: 's' },
  { title: '… of all of eight kernels started at once', key: 'at once', unit: 's', target: deno(1) },
  { title: 'a plain cell, to its reply', key: 'plain, reply', unit: 'ms', target: deno(0.7) },
  { title: '… 95 of 100 cells within', key: 'plain, 95', unit: 'ms', target: twice('plain, reply') },
  { title: '… to idle', key: 'plain, idle', unit: 'ms', target: deno(0.7) },
  { title: 'a typed cell, to its reply', key: 'typed, reply', unit: 'ms', target: deno(0.8) },
  { title: '… 95 of 100 cells within', key: 'typed, 95', unit: 'ms', target: twice('typed, reply') },
  { title: '… to idle', key: 'typed, idle', unit: 'ms', target: deno(0.8) },
  { title: 'a cell of 30 lines, to its reply', key: '30 lines', unit: 'ms', target: deno(1) },
  { title: '… of 300 lines', key: '300 lines', unit: 'ms', target: deno(1) },
  { title: '… of 3,000 lines', key: '3000 lines', unit: 'ms', target: deno(1) },
  {
    title: '500 queued plain cells, per second',
    key: 'queued plain',
    unit: 'per second',
    target: { peer: 'Deno', least: 2 },
  },
  {
    title: '500 queued typed cells, per second',
    key: 'queued typed',
    unit: 'per second',
    target: { peer: 'Deno', least: 2 },
  },
  { title: 'a slider moved, through a handler, to another', key: 'widgets', unit: 'ms' },
  { title: '20,000 console lines, per second', key: 'lines', unit: 'per second', target: { peer: 'Deno', least: 5 } },
  { title: '… all there', key: 'lines whole', unit: 'mark' },
  { title: '… in order', key: 'lines in order', unit: 'mark' },
  { title: '… before idle', key: 'lines before idle', unit: 'mark' },
  { title: 'a string of 20 MB, printed', key: 'big', unit: 's', target: { peer: 'ipykernel', most: 1 } },
  { title: 'memory after the first cell', key: 'memory', unit: 'MiB', target: deno(1.3) },
  { title: 'memory of each of 20 kernels at rest', key: 'classroom', unit: 'MiB', target: { limit: 100 } },
];

/** What a kernel takes whose language server is not running. */
const RESTING: readonly Row[] = [
  { title: 'memory, without the language server', key: 'memory', unit: 'MiB', target: deno(0.8) },
  { title: '… of each of 20 kernels at rest', key: 'classroom', unit: 'MiB', target: { limit: 60 } },
  { title: 'processor time a minute while nobody uses it', key: 'idle time', unit: 'ms', target: { limit: 0.02 } },
  { title: '… wake-ups a minute', key: 'idle wake-ups', unit: 'times', target: { limit: 70 } },
];

const RIGHT: readonly Row[] = [
  { title: 'interrupt of a loop', key: 'interrupt of a loop', unit: 'ms', target: { limit: 0.02 } },
  { title: 'interrupt of an await', key: 'interrupt of an await', unit: 'ms', target: { limit: 0.02 } },
  {
    title: 'interrupt of a loop after an await',
    key: 'interrupt of a loop after await',
    unit: 'ms',
    target: { limit: 0.02 },
  },
  { title: 'late output under its own cell', key: 'late output under its own cell', unit: 'mark' },
  { title: 'a late error is told, the kernel lives', key: 'late error told, kernel lives', unit: 'mark' },
  { title: 'a rejection is told, the kernel lives', key: 'rejection told, kernel lives', unit: 'mark' },
  { title: 'survives `process.exit`', key: 'survives process.exit', unit: 'mark' },
  { title: 'survives a full heap', key: 'survives a full heap', unit: 'mark' },
];

/** Measures, and returns the tables as Markdown. */
export async function benchKernels(kernels: readonly KernelSpec[], quick: boolean): Promise<string> {
  const results = new Results();
  await drive('speed', kernels, quick, results);
  for (const kind of ['plain', 'typed']) {
    for (const { label } of kernels) {
      const most = quantile(results.numbers(`${kind}, reply`, label), 0.95);
      if (most !== undefined) results.add(`${kind}, 95`, label, most);
    }
  }
  const marked = kernels.filter(({ label }) => label !== UNCHECKED);
  await drive('right', marked, quick, results);
  const columns = kernels.map(({ label }) => label);
  return [
    table(results, SPEED, columns, OURS),
    table(
      results,
      RESTING,
      columns.filter((column) => column !== OURS),
      UNCHECKED,
    ),
    table(
      results,
      RIGHT,
      marked.map(({ label }) => label),
      OURS,
    ),
  ].join('\n\n');
}
