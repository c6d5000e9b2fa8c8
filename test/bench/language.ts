// How soon the language service answers: completions compared with the peers', and what the type check costs a cell.
// The memory of the language server is among the rows of kernels.ts.

import { drive } from './driver.ts';
import type { KernelSpec } from './peers.ts';
import { Results, type Row, table } from './table.ts';

const OURS = 'cokernel';
const UNCHECKED = 'cokernel, no type check';

const COMPLETION: readonly Row[] = [
  { title: 'first completion, from spawn', key: 'first completion', unit: 'ms', target: { limit: 0.25 } },
  { title: '… asked of a kernel at rest', key: 'first completion, at rest', unit: 'ms', target: { limit: 0.25 } },
  { title: 'warm completion', key: 'completion', unit: 'ms', target: { limit: 0.01 } },
  { title: '… while a cell spins', key: 'completion, spinning', unit: 'ms', target: { limit: 0.01 } },
  { title: '… in a notebook of 200 cells', key: 'completion, 200 cells', unit: 'ms', target: { limit: 0.01 } },
];

const unchecked = { peer: UNCHECKED, most: 1.1 };
const ROUND_TRIP: readonly Row[] = [
  { title: 'in JupyterLab: a plain cell, to its reply', key: 'plain, reply', unit: 'ms', target: unchecked },
  { title: '… to idle', key: 'plain, idle', unit: 'ms', target: unchecked },
  { title: '… a typed cell, to its reply', key: 'typed, reply', unit: 'ms', target: unchecked },
  { title: '… to idle', key: 'typed, idle', unit: 'ms', target: unchecked },
  { title: 'in nbconvert: a plain cell, to its reply', key: 'plain, reply, nobody there', unit: 'ms' },
  { title: '… to idle, before which type errors are reported', key: 'plain, idle, nobody there', unit: 'ms' },
];

/** Measures, and returns the tables as Markdown. */
export async function benchLanguage(kernels: readonly KernelSpec[], quick: boolean): Promise<string> {
  const results = new Results();
  await drive('language', kernels, quick, results);
  const columns = kernels.map(({ label }) => label);
  return [
    table(
      results,
      COMPLETION,
      columns.filter((column) => column !== UNCHECKED),
      OURS,
    ),
    table(results, ROUND_TRIP, [OURS, UNCHECKED], OURS),
  ].join('\n\n');
}
