// Executing some of our notebooks, always the same: `cokernel run` compared with `jupyter nbconvert --execute`, both with
// the same kernel, and ten notebooks in two jobs compared with one. Whole commands are timed, from spawn to exit. nbconvert
// runs one notebook at a time, ours two by default: both are measured, and each row says how many.

import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { folder, python, root } from './peers.ts';
import { Results, type Row, table } from './table.ts';

const OURS = 'cokernel run';
const THEIRS = 'jupyter nbconvert --execute';
const TEN = 10;
/** Lessons are added and grow longer; these have few seconds of sleep. */
const NUMBERS = ['01', '02', '03', '05', '07', '08', '10', '12'];

const rows: readonly Row[] = [
  { title: 'one notebook', key: 'one', unit: 's', target: { peer: THEIRS, most: 0.5 } },
  { title: 'eight, in virtual time, by 2 jobs', key: 'virtual', unit: 's' },
  { title: 'eight, in virtual time, by 1 job', key: 'virtual 1', unit: 's', target: { peer: THEIRS, most: 0.4 } },
  { title: 'eight, in real time, by 2 jobs', key: 'real', unit: 's' },
  { title: 'eight, in real time, by 1 job', key: 'real 1', unit: 's' },
  { title: "… without the cells' own sleeps", key: 'rest', unit: 's', target: { peer: THEIRS, most: 0.5 } },
];
const jobs: readonly Row[] = [{ title: 'ten notebooks', key: 'ten', unit: 's', target: { peer: '1 job', most: 0.6 } }];
const ONE = ['--jobs', '1'];
const TWO = ['--jobs', '2'];

/** Measures, and returns the tables as Markdown. nbconvert uses the kernelspec in .venv. */
export async function benchRun(quick: boolean): Promise<string> {
  const results = new Results();
  const { all, ten, asking } = copies();
  const out = join(folder, 'executed');
  const ours = (files: readonly string[], env: NodeJS.ProcessEnv = {}, ...more: string[]) =>
    seconds(process.execPath, [join(root, 'dist', 'kernel', 'cli.js'), 'run', ...files, '--out', out, ...more], env);
  const theirs = (files: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    seconds(python, ['-m', 'nbconvert', '--execute', '--to', 'notebook', '--output-dir', out, ...files], env);
  const virtual = { COKERNEL_CLOCK: 'virtual' };
  await ours(asking, virtual);
  const sleeps = asking.reduce((sum, path) => sum + sleptIn(join(out, basename(path))), 0);
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    const one = all.slice(0, 1);
    results.add('one', OURS, await ours(one, virtual));
    results.add('one', THEIRS, await theirs(one, virtual));
    for (const [key, env] of [
      ['virtual', virtual],
      ['real', {}],
    ] as const) {
      results.add(key, OURS, await ours(all, env, ...TWO));
      const own = await ours(all, env, ...ONE);
      results.add(`${key} 1`, OURS, own);
      const peer = await theirs(all, env);
      results.add(key, THEIRS, peer);
      results.add(`${key} 1`, THEIRS, peer);
      if (key === 'virtual') continue;
      results.add('rest', OURS, own - sleeps);
      results.add('rest', THEIRS, peer - sleeps);
    }
    results.add('ten', '1 job', await ours(ten, {}, ...ONE));
    results.add('ten', '2 jobs', await ours(ten, {}, ...TWO));
  }
  rmSync(out, { recursive: true, force: true });
  const said = `The cells of the eight sleep for ${sleeps.toFixed(1)} s.`;
  return [said, table(results, rows, [OURS, THEIRS], OURS), table(results, jobs, ['2 jobs', '1 job'], '2 jobs')].join(
    '\n\n',
  );
}

/** Copies of the notebooks with the files that they import, ten more for the row of ten, and some that tell their time. */
function copies(): Readonly<Record<'all' | 'ten' | 'asking', readonly string[]>> {
  const place = join(folder, 'notebooks');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  cpSync(join(root, 'notebooks'), place, { recursive: true });
  const all = readdirSync(place)
    .filter((name) => name.endsWith('.ipynb') && NUMBERS.some((number) => name.startsWith(number)))
    .sort()
    .map((name) => join(place, name));
  const copied = (name: string, from: string) => {
    const copy = join(place, name);
    copyFileSync(from, copy);
    return copy;
  };
  const ten = Array.from({ length: TEN }, (_, index) =>
    copied(`ten-${index}.ipynb`, all[index % all.length] as string),
  );
  const asking = all.map((path) => {
    const copy = join(place, `asking-${basename(path)}`);
    const { cells, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as Stored;
    writeFileSync(copy, JSON.stringify({ ...rest, cells: [...cells, TIME] }));
    return copy;
  });
  return { all, ten, asking };
}

interface Stored {
  readonly cells: readonly { readonly outputs?: readonly { readonly data?: Readonly<Record<string, string>> }[] }[];
}

/** In virtual time the loop's clock says for how long it has slept. */
const TIME = {
  ...{ cell_type: 'code', id: 'time', metadata: {}, outputs: [], execution_count: null },
  source: "(await import('cokernel')).getRunningLoop().time()",
};

/** How long the cells of an executed notebook have slept, in seconds, as its last cell says. */
function sleptIn(path: string): number {
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as Stored;
  const slept = Number(cells.at(-1)?.outputs?.at(-1)?.data?.['text/plain']);
  if (Number.isNaN(slept)) throw new Error(`${path} was expected to say at its end how long it has slept`);
  return slept;
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
