// Runs Python programs under the reference loop of this folder, where a CPython 3.11 is at hand.
// What the programs are does not belong here.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program by its name; the text is Python. */
export type Program = readonly [name: string, source: string];

/** Whether `python3` is CPython 3.11, the version whose behaviour is recorded. */
export function hasReferencePython(): boolean {
  const probe = spawnSync('python3', ['-c', 'import sys; print(sys.implementation.name, *sys.version_info[:2])']);
  return probe.status === 0 && probe.stdout.toString().trim() === 'cpython 3 11';
}

/** What each program prints under CPython, by name. Throws where Python itself fails. */
export function runPython(programs: readonly Program[]): Record<string, string> {
  const script = fileURLToPath(new URL('run.py', import.meta.url));
  const done = spawnSync('python3', [script], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  if (done.status !== 0) throw new Error(`python3 ${script} failed: ${done.error?.message ?? done.stderr}`);
  return JSON.parse(done.stdout) as Record<string, string>;
}
