// Runs Python programs in CPython 3.14, under the reference loop of this folder: in WebAssembly (npm's pyodide), in a process
// of its own. What the programs are does not belong here.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program by its name; the text is Python. */
export type Program = readonly [name: string, source: string];

/** What CPython says of itself, and what the programs print. */
export interface Answer {
  readonly version: string;
  /** `asyncio.__all__`. */
  readonly names: readonly string[];
  /** By the name of the program. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** What each program prints under CPython, by name. Throws where Python itself fails. */
export function runPython(programs: readonly Program[]): Readonly<Record<string, string>> {
  return askPython(programs, { run: read('run.py'), clock: read('clock.py') }).outputs;
}

/** Has the module `run` of `modules` run the programs: `run_all`. */
export function askPython(programs: readonly Program[], modules: Readonly<Record<string, string>>): Answer {
  const script = fileURLToPath(new URL('wasm.mjs', import.meta.url));
  const done = spawnSync(process.execPath, [script], {
    input: JSON.stringify({ files: programs, modules: { loop: read('loop.py'), ...modules } }),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, NODE_OPTIONS: '', PYTHONHASHSEED: '0' },
  });
  if (done.status !== 0) throw new Error(`${script} failed: ${done.error?.message ?? done.stderr}`);
  return JSON.parse(done.stdout) as Answer;
}

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
