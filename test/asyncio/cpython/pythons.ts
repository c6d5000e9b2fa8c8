// Runs the Python side of the cases: in CPython 3.14, as WebAssembly in a Node of its own, and in the system's CPython.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Answer, askPython } from '../reference/python.ts';
import { files, folder, source } from './files.ts';

/** Runs the virtual files in CPython 3.14. */
export function runWasm(names = files('virtual')): Answer {
  return askPython(sources(names), { judge: read('judge.py'), run: read('run.py') });
}

/** Whether `python3` is CPython 3.11, whose behaviour is recorded where WebAssembly has none. */
export function hasSystemPython(): boolean {
  const probe = spawnSync('python3', ['-c', 'import sys; print(sys.implementation.name, *sys.version_info[:2])']);
  return probe.status === 0 && probe.stdout.toString().trim() === 'cpython 3 11';
}

/** Runs the real files in the system's CPython. */
export function runSystem(names = files('real')): Readonly<Record<string, string>> {
  const done = spawnSync('python3', [`${folder}system.py`], {
    input: JSON.stringify(sources(names)),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 120_000,
    env: { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  if (done.status !== 0) throw new Error(`python3 system.py failed: ${done.error?.message ?? done.stderr}`);
  return JSON.parse(done.stdout) as Record<string, string>;
}

function sources(names: readonly string[]): [string, string][] {
  return names.map((name) => [name, source(name, 'py')]);
}

function read(file: string): string {
  return readFileSync(`${folder}${file}`, 'utf8');
}
