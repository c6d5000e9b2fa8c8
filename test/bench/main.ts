// npm run bench [-- --only kernel|loops|compile|asyncio|language|run|picture|jupyterlite|pages] [--quick] [--million]: measures ours and its
// peers in one run. Prints tables; a complete run also writes them into BENCHMARKS.md, between the bench marks.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAsyncio } from './asyncio.ts';
import { benchCompile } from './compile.ts';
import { benchJupyterLite } from './jupyterlite.ts';
import { benchKernels } from './kernels.ts';
import { benchLanguage } from './language.ts';
import { benchLoops } from './loops.ts';
import { benchPages } from './pages.ts';
import { type Absent, installKernels, installPeers, python, root, version } from './peers.ts';
import { benchRun } from './run.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean' }, million: { type: 'boolean' } },
});
const { only, quick = false } = values;
const say = (line: string) => void process.stderr.write(`${line}\n`);

const absent = installPeers(say);
const kernels = installKernels(absent);
const parts: Record<string, () => Promise<string>> = {
  kernel: () => benchKernels(kernels, quick),
  asyncio: () => benchAsyncio(absent, quick, values.million === true),
  language: () => benchLanguage(kernels, quick),
  loops: () => benchLoops(quick),
  compile: () => benchCompile(quick),
  run: () => benchRun(quick),
  picture: benchPicture,
  jupyterlite: () => benchJupyterLite(quick),
  pages: () => benchPages(quick),
};
if (only !== undefined && !(only in parts)) {
  say(`--only should name one of ${Object.keys(parts).join(', ')}, found ${only}`);
  process.exit(1);
}

const sections = [machine(), ...missing(absent)];
process.stdout.write(`${sections.join('\n\n')}\n`);
for (const [name, bench] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue;
  say(`▸ ${name}`);
  const section = await bench();
  process.stdout.write(`\n${section}\n`);
  sections.push(section);
}
if (only === undefined && !quick) writeTables(sections.join('\n\n'));

/** Runs in a process of its own, which can collect garbage before it measures memory. */
async function benchPicture(): Promise<string> {
  const file = join(import.meta.dirname, 'picture.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', file], { encoding: 'utf8' });
  const lines = status === 0 ? stdout.trim().split('\n') : [`the program failed: ${stderr.trim().split('\n').at(-1)}`];
  return ['### Pictures', '', ...lines.map((line) => `- ${line}`)].join('\n');
}

/** The machine and the versions: without them figures mean nothing. */
function machine(): string {
  const { stdout } = spawnSync(
    python,
    ['-c', 'import sys, ipykernel; print(sys.version.split()[0], ipykernel.__version__)'],
    {
      encoding: 'utf8',
    },
  );
  const [python3, ipykernel] = stdout.trim().split(' ');
  const peers = ['deno', 'tslab', 'effect', 'effection'].map((name) => `${name} ${version(name) ?? 'absent'}`);
  const hardware = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}`;
  const date = new Date().toISOString().slice(0, 10);
  return `${date}: ${hardware}; Node ${process.version}, ${peers.join(', ')}, Python ${python3}, ipykernel ${ipykernel}. Medians, with quartiles in brackets.`;
}

function missing(without: Absent): string[] {
  return [...without].map(([name, reason]) => `Not measured: ${name}, which could not be installed (${reason}).`);
}

function writeTables(text: string): void {
  const path = join(root, 'BENCHMARKS.md');
  const page = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    page.replace(/<!-- bench -->[\s\S]*<!-- \/bench -->/, () => `<!-- bench -->\n\n${text}\n\n<!-- /bench -->`),
  );
  say('written into BENCHMARKS.md');
}
