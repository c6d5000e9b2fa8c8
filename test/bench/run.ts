// Executing our notebooks: `cokernel run` compared with `jupyter nbconvert --execute`, both with the same kernel, and
// ten notebooks in two jobs compared with one. Whole commands are timed, from spawn to exit. nbconvert runs one
// notebook at a time, ours two by default: both are measured, and each row says how many.

import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { folder, python, root } from './peers.ts';
import { Results, type Row, table } from './table.ts';

const OURS = 'cokernel run';
const THEIRS = 'jupyter nbconvert --execute';
const TEN = 10;

const rows: readonly Row[] = [
  { title: 'one notebook', key: 'one', unit: 's', target: { peer: THEIRS, most: 0.5 } },
  { title: 'all, in virtual time, by 2 jobs', key: 'virtual', unit: 's', target: { peer: THEIRS, most: 0.5 } },
  { title: 'all, in virtual time, by 1 job', key: 'virtual 1', unit: 's', target: { peer: THEIRS, most: 0.5 } },
  { title: 'all, in real time, by 2 jobs', key: 'real', unit: 's', target: { peer: THEIRS, most: 0.5 } },
  // Mostly the notebooks' own sleeping, which cannot be shortened if they run one after another.
  { title: 'all, in real time, by 1 job', key: 'real 1', unit: 's', target: { peer: THEIRS, most: 0.5 } },
];
const jobs: readonly Row[] = [{ title: 'ten notebooks', key: 'ten', unit: 's', target: { peer: '1 job', most: 0.6 } }];
const ONE = ['--jobs', '1'];
const TWO = ['--jobs', '2'];

/** Measures, and returns the tables as Markdown. nbconvert uses the kernelspec in .venv. */
export async function benchRun(quick: boolean): Promise<string> {
  const results = new Results();
  const { all, ten } = copies();
  const out = join(folder, 'executed');
  const ours = (files: readonly string[], env: NodeJS.ProcessEnv = {}, ...more: string[]) =>
    seconds(process.execPath, [join(root, 'dist', 'kernel', 'cli.js'), 'run', ...files, '--out', out, ...more], env);
  const theirs = (files: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    seconds(python, ['-m', 'nbconvert', '--execute', '--to', 'notebook', '--output-dir', out, ...files], env);
  const virtual = { COKERNEL_CLOCK: 'virtual' };
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    const one = all.slice(0, 1);
    results.add('one', OURS, await ours(one, virtual));
    results.add('one', THEIRS, await theirs(one, virtual));
    for (const [key, env] of [
      ['virtual', virtual],
      ['real', {}],
    ] as const) {
      results.add(key, OURS, await ours(all, env, ...TWO));
      results.add(`${key} 1`, OURS, await ours(all, env, ...ONE));
      const peer = await theirs(all, env);
      results.add(key, THEIRS, peer);
      results.add(`${key} 1`, THEIRS, peer);
    }
    results.add('ten', '1 job', await ours(ten, {}, ...ONE));
    results.add('ten', '2 jobs', await ours(ten, {}, ...TWO));
  }
  rmSync(out, { recursive: true, force: true });
  return [table(results, rows, [OURS, THEIRS], OURS), table(results, jobs, ['2 jobs', '1 job'], '2 jobs')].join('\n\n');
}

/** Copies of all notebooks, with the files that they import, and ten more copies for the row of ten. */
function copies(): { readonly all: readonly string[]; readonly ten: readonly string[] } {
  const place = join(folder, 'notebooks');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  cpSync(join(root, 'notebooks'), place, { recursive: true });
  const names = readdirSync(place)
    .filter((name) => name.endsWith('.ipynb'))
    .sort();
  const ten = Array.from({ length: TEN }, (_, index) => {
    const copy = join(place, `ten-${index}.ipynb`);
    copyFileSync(join(place, names[index % names.length] as string), copy);
    return copy;
  });
  return { all: names.map((name) => join(place, name)), ten };
}

function seconds(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const path = [dirname(python), process.env.PATH].join(delimiter);
  const began = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, PATH: path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve((performance.now() - began) / 1000);
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${printed.slice(-2000)}`));
    });
  });
}
