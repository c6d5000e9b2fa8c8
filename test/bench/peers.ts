// The peers with which ours is compared. They are installed once, into build/bench, and are no dependencies of the
// project. If a peer cannot be installed, the text above the tables gives the reason.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The folder of everything that the benchmark installs and writes. */
export const folder = join(root, 'build', 'bench');
export const python = join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const WANTED = { deno: '2', tslab: '1', effect: '4', effection: '4' };
const bin = join(folder, 'node_modules', '.bin');
const spool = join(folder, 'share', 'jupyter');

/** What the driver needs to start a kernel. */
export interface KernelSpec {
  /** Its name in the tables. */
  readonly label: string;
  /** The kernelspec's name. */
  readonly name: string;
  readonly language: 'typescript' | 'python';
  readonly env: NodeJS.ProcessEnv;
  /** The same kernel with a heap of 512 MiB, for the cell that fills it. */
  readonly small: { readonly name: string; readonly env: NodeJS.ProcessEnv };
  readonly cwd: string;
}

/** The peers that could not be installed, with the reason. */
export type Absent = Map<string, string>;

/** Installs the peers that are missing; `say` gets a line for each step. */
export function installPeers(say: (line: string) => void): Absent {
  const absent: Absent = new Map();
  mkdirSync(join(folder, 'work'), { recursive: true });
  const manifest = JSON.stringify({ name: 'cokernel-peers', private: true, type: 'module', dependencies: WANTED });
  for (const name of Object.keys(WANTED)) {
    if (version(name) !== undefined) continue;
    writeFileSync(join(folder, 'package.json'), manifest);
    say('installing the peers from npm into build/bench (a minute)');
    const failure = run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
    if (failure !== undefined && version(name) === undefined) absent.set(name, failure);
  }
  if (!existsSync(join(folder, 'python', 'uvloop'))) {
    const failure = run(python, ['-m', 'pip', 'install', '-q', '--target', join(folder, 'python'), 'uvloop']);
    if (failure !== undefined) absent.set('uvloop', failure);
  }
  return absent;
}

/** Installs the kernelspecs, only in build/bench; what cannot be installed is added to `absent`. */
export function installKernels(absent: Absent): KernelSpec[] {
  const cli = join(root, 'dist', 'kernel', 'cli.js');
  const installs: [string, string, string[]][] = [
    ['cokernel', process.execPath, [cli, 'install', '--prefix', folder]],
    ['cokernel', process.execPath, [cli, 'install', '--prefix', folder, '--name', 'cokernel-small', '--memory', '512']],
    ['deno', join(bin, 'deno'), ['jupyter', '--install', '--force']],
    ['tslab', join(bin, 'tslab'), ['install', '--prefix', folder, '--binary', join(bin, 'tslab')]],
  ];
  for (const [name, command, args] of installs) {
    if (absent.has(name)) continue;
    const failure = run(command, args, { ...privateFolders(), XDG_DATA_HOME: join(folder, 'share') });
    if (failure !== undefined) absent.set(name, failure);
  }
  const heap = '--max-old-space-size=512';
  const kernels = [
    kernel('cokernel', 'cokernel', { small: { name: 'cokernel-small' } }),
    kernel('cokernel, no type check', 'cokernel', {
      env: { COKERNEL_DIAGNOSTICS: 'off' },
      small: { name: 'cokernel-small' },
    }),
    kernel('Deno', 'deno', { small: { env: { DENO_V8_FLAGS: heap } } }),
    kernel('tslab', 'tslab', { small: { env: { NODE_OPTIONS: heap } } }),
    { ...kernel('ipykernel', 'python3', {}), language: 'python' as const },
  ];
  return kernels.filter(({ name }) => !absent.has(name));
}

function kernel(
  label: string,
  name: string,
  more: { env?: NodeJS.ProcessEnv; small?: { name?: string; env?: NodeJS.ProcessEnv } },
): KernelSpec {
  const env = { ...privateFolders(), ...more.env };
  const small = { name: more.small?.name ?? name, env: { ...env, ...more.small?.env } };
  return { label, name, language: 'typescript', env, small, cwd: join(folder, 'work') };
}

/** Histories are written, as in a person's own Jupyter, but in folders that belong to the benchmark. */
function privateFolders(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [bin, dirname(python), process.env.PATH].join(delimiter),
    JUPYTER_PATH: spool,
    JUPYTER_DATA_DIR: join(folder, 'data'),
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    IPYTHONDIR: join(folder, 'ipython'),
    DENO_DIR: join(folder, 'deno'),
    DENO_NO_UPDATE_CHECK: '1',
    NODE_OPTIONS: '',
  };
}

/** The version of a package in build/bench; undefined if it is not installed. */
export function version(name: string): string | undefined {
  const path = join(folder, 'node_modules', name, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).version as string) : undefined;
}

/** Runs a command in build/bench. Returns undefined, or in one line why it failed. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { status, error, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
  if (status === 0) return undefined;
  return (error?.message ?? stderr.trim().split('\n').at(-1) ?? `exit code ${status}`).slice(0, 200);
}
