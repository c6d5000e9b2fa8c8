// Compares the coroutine library with CPython's asyncio, uvloop, native promises, Effect and Effection. Each value
// comes from a process of its own, so that peak memory is that of one run; the programs are in asyncio/.

import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Absent, folder, python, root } from './peers.ts';
import { Results, type Row, table } from './table.ts';

const OURS = 'cokernel';
const cpython = (most: number) => ({ peer: 'CPython', most });
/** A gather of so many costs native promises more for each, for its memory is no longer in the processor's caches. */
const native = (n: number) => ({ peer: 'native promises', most: n < 10_000 ? 3 : n < 100_000 ? 2.5 : 1.5 });
const PEERS = [OURS, 'CPython', 'uvloop', 'native promises', 'Effect', 'Effection'] as const;
type Peer = (typeof PEERS)[number];

/** The parts: their names, how often each repeats its work, and which peers lack a counterpart. */
const PARTS: readonly { readonly part: string; readonly n: number; readonly lacking: readonly Peer[] }[] = [
  { part: 'sleepers', n: 100_000, lacking: [] },
  { part: 'traced', n: 100_000, lacking: PEERS.slice(1) },
  { part: 'switch', n: 200_000, lacking: ['Effection'] },
  { part: 'await', n: 1_000_000, lacking: [] },
  { part: 'plain', n: 100_000, lacking: ['CPython', 'uvloop', 'Effect', 'Effection'] },
  { part: 'deep 1', n: 50_000, lacking: ['Effection'] },
  { part: 'deep 100', n: 20_000, lacking: ['Effection'] },
  { part: 'deep 1000', n: 10_000, lacking: ['Effection'] },
  { part: 'queue', n: 100_000, lacking: ['native promises', 'Effection'] },
  { part: 'lock', n: 100_000, lacking: ['native promises', 'Effect', 'Effection'] },
];

const ROWS: readonly Row[] = [
  { title: '100,000 sleepers of 1 s, beyond the sleep', key: 'sleepers', unit: 's', target: cpython(0.35) },
  { title: '… beside native promises', key: 'sleepers', unit: 's', target: { peer: 'native promises', most: 2 } },
  { title: '… peak memory', key: 'sleepers memory', unit: 'MiB', target: cpython(1) },
  { title: '… with tracing', key: 'traced', unit: 's', target: cpython(0.5) },
  { title: 'one switch, `sleep(0)` of 100 tasks', key: 'switch', unit: 'ns', target: cpython(0.25) },
  { title: 'an await that does not suspend', key: 'await', unit: 'ns', target: cpython(2) },
  { title: 'an await of a plain value', key: 'plain', unit: 'ns', target: { limit: 1e-6 } },
  { title: 'resume at depth 1', key: 'deep 1', unit: 'ns' },
  { title: 'resume at depth 100', key: 'deep 100', unit: 'ns' },
  { title: 'resume at depth 1,000', key: 'deep 1000', unit: 'ns', target: cpython(0.1) },
  { title: 'one item through a queue', key: 'queue', unit: 'ns', target: cpython(0.5) },
  { title: 'one hand-over of a lock', key: 'lock', unit: 'ns', target: cpython(0.5) },
];

/** Measures, and returns the tables as Markdown. `million` adds the row of a million tasks. */
export async function benchAsyncio(absent: Absent, quick: boolean, million: boolean): Promise<string> {
  const commands = await prepare(absent);
  const results = new Results();
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const { part, n, lacking } of PARTS) {
      for (const [peer, command] of commands) {
        // Effection's 100,000 sleepers take a gigabyte and many seconds.
        if (!lacking.includes(peer) && !(peer === 'Effection' && round > 0)) measure(results, peer, command, part, n);
      }
    }
    process.stderr.write(`  … round ${round + 1}\n`);
  }
  // Only ours can trace: traced sleepers are compared with CPython's plain ones.
  for (const value of results.numbers('sleepers', 'CPython')) results.add('traced', 'CPython', value);
  const columns = [...commands.keys()];
  return [table(results, ROWS, columns, OURS), growth(commands, quick, million)].join('\n\n');
}

/** The command of each peer. Peers that could not be installed are left out; the text above the tables says so. */
async function prepare(absent: Absent): Promise<Map<Peer, readonly string[]>> {
  const here = (name: string) => join(import.meta.dirname, 'asyncio', name);
  const compiled = join(folder, 'ours.js');
  const { cokernel } = (await import(
    join(root, 'dist', 'runtime', 'compile', 'plugin.js')
  )) as typeof import('../../runtime/compile/plugin.ts');
  await build({
    entryPoints: [here('ours.ts')],
    outfile: compiled,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [cokernel()],
    alias: {
      cokernel: join(root, 'dist', 'runtime', 'asyncio', 'index.js'),
      'cokernel/compiled': join(root, 'dist', 'runtime', 'asyncio', 'compiled.js'),
    },
  });
  const commands = new Map<Peer, readonly string[]>([
    [OURS, [process.execPath, compiled]],
    ['CPython', [python, '-B', here('cpython.py')]],
  ]);
  if (!absent.has('uvloop')) commands.set('uvloop', [python, '-B', here('cpython.py')]);
  commands.set('native promises', [process.execPath, here('native.mjs')]);
  for (const [peer, name] of [
    ['Effect', 'effect'],
    ['Effection', 'effection'],
  ] as const) {
    if (absent.has(name)) continue;
    copyFileSync(here(`${name}.mjs`), join(folder, `${name}.mjs`));
    commands.set(peer, [process.execPath, join(folder, `${name}.mjs`)]);
  }
  return commands;
}

function measure(results: Results, peer: Peer, command: readonly string[], part: string, n: number): void {
  const [program, ...args] = command;
  const all = [...args, part, String(n), ...(peer === 'uvloop' ? ['uvloop'] : [])];
  const env = { ...process.env, PYTHONPATH: join(folder, 'python'), NODE_OPTIONS: '' };
  const { stdout, stderr } = spawnSync(program as string, all, { encoding: 'utf8', env, timeout: 120_000 });
  if (stdout === '') {
    results.add(
      part,
      peer,
      null,
      stderr
        .trim()
        .split('\n')
        .find((line) => line.includes('Error'))
        ?.slice(0, 60) ?? 'failed',
    );
    return;
  }
  const { seconds, memory } = JSON.parse(stdout) as { seconds: number; memory: number };
  results.add(part, peer, seconds);
  results.add(`${part} memory`, peer, memory);
}

/** The time per task as the number of tasks grows. */
function growth(commands: ReadonlyMap<Peer, readonly string[]>, quick: boolean, million: boolean): string {
  const results = new Results();
  const sizes = million ? [1_000, 10_000, 100_000, 1_000_000] : [1_000, 10_000, 100_000];
  const chosen = new Map([...commands].filter(([peer]) => peer !== 'Effection' && peer !== 'uvloop'));
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const n of sizes) {
      for (const [peer, command] of chosen) {
        const before = results.numbers('growth', peer).length;
        measure(results, peer, command, 'growth', n);
        const value = results.numbers('growth', peer).length > before ? last(results, 'growth', peer) : null;
        results.add(`growth ${n}`, peer, value);
        results.add(`memory ${n}`, peer, value === null ? null : last(results, 'growth memory', peer));
      }
    }
  }
  const rows = sizes.flatMap((n): Row[] => [
    {
      title: `gather of ${n.toLocaleString('en')}, time per task`,
      key: `growth ${n}`,
      unit: 'ns',
      target: cpython(0.1),
    },
    { title: '… beside native promises', key: `growth ${n}`, unit: 'ns', target: native(n) },
    { title: '… peak memory', key: `memory ${n}`, unit: 'MiB', target: n === 1_000_000 ? { limit: 4096 } : undefined },
  ]);
  return table(results, rows, [...chosen.keys()], OURS);
}

function last(results: Results, row: string, peer: Peer): number | null {
  return results.rows.get(row)?.get(peer)?.values.at(-1) ?? null;
}
