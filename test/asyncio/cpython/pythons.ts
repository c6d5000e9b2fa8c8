// Runs the Python side of the cases: in CPython 3.14, as WebAssembly in a Node of its own, and in the system's CPython.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { files, folder, source } from './files.ts';

/** What CPython 3.14 says of itself and prints. */
export interface Wasm {
  readonly version: string;
  /** `asyncio.__all__`. */
  readonly names: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the virtual files in CPython 3.14. */
export function runWasm(names = files('virtual')): Wasm {
  const modules = Object.fromEntries(['judge', 'loop', 'run'].map((name) => [name, read(`${name}.py`)]));
  const input = { files: sources(names), modules: { ...modules, reference: read('../reference/loop.py') } };
  return JSON.parse(spawn(process.execPath, 'wasm.mjs', input)) as Wasm;
}

/** Runs the real files in the system's CPython. */
export function runSystem(names = files('real')): Readonly<Record<string, string>> {
  return JSON.parse(spawn('python3', 'system.py', sources(names))) as Record<string, string>;
}

function sources(names: readonly string[]): [string, string][] {
  return names.map((name) => [name, source(name, 'py')]);
}

function read(file: string): string {
  return readFileSync(`${folder}${file}`, 'utf8');
}

function spawn(command: string, script: string, input: object): string {
  const done = spawnSync(command, [`${folder}${script}`], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 120_000,
    env: { ...process.env, NODE_OPTIONS: '', PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  if (done.status !== 0) throw new Error(`${command} ${script} failed: ${done.error?.message ?? done.stderr}`);
  return done.stdout;
}
