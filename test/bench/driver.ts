// Runs a part of the benchmark in the Python driver, and collects the values that it prints.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type KernelSpec, python } from './peers.ts';
import type { Results } from './table.ts';

interface Line {
  readonly row: string;
  readonly kernel: string;
  readonly value: number | null;
  readonly note: string | null;
}

/** Runs one part of drive/main.py on these kernels, and adds its values to `results`. Progress goes to the terminal. */
export async function drive(
  part: 'speed' | 'right' | 'language',
  kernels: readonly KernelSpec[],
  quick: boolean,
  results: Results,
): Promise<void> {
  const main = join(import.meta.dirname, 'drive', 'main.py');
  const child = spawn(python, ['-B', main], {
    env: kernels[0]?.env, // It says where the kernelspecs are.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ part, kernels, quick }));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const text of createInterface({ input: child.stdout })) {
    const { row, kernel, value, note } = JSON.parse(text) as Line;
    results.add(row, kernel, value, note);
  }
  const code = await ended;
  // What was measured before the driver failed is shown all the same.
  if (code !== 0) process.stderr.write(`the driver of part ${part} ended with exit code ${code}; its error is above\n`);
}
