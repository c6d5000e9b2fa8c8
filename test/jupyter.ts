// A Jupyter of its own for a test: its folders, the built kernel's spec in them, and a server on request. Whoever makes
// one must end it; afterwards no process that was started under it may be left.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { end } from './cli/cokernel.ts';
import { python } from './python.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ENDING_MS = 15_000;

/** Folders separate from the person's own Jupyter; the built kernel is installed in them. */
export interface JupyterHome {
  readonly folder: string;
  /** The environment that makes a program use these folders. */
  readonly env: NodeJS.ProcessEnv;
  /** Command lines of programs started with `env`, directly or not, that still run. Empty if there is no /proc. */
  running(): string[];
  remove(): void;
}

/** Makes the folders and installs the kernel's spec with the package's own command. */
export async function jupyterHome(): Promise<JupyterHome> {
  const home = emptyHome();
  const cli = join(root, 'dist', 'kernel', 'cli.js');
  const installed = await end(process.execPath, [cli, 'install', '--prefix', home.folder], process.env);
  if (installed.code !== 0) throw new Error(`The kernel could not be installed:\n${installed.stderr}`);
  return home;
}

/** The folders alone, for a kernel that was installed otherwise. */
export function emptyHome(): JupyterHome {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-jupyter-')));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    JUPYTER_PATH: join(folder, 'share', 'jupyter'),
    JUPYTER_DATA_DIR: join(folder, 'data'),
    JUPYTER_CONFIG_DIR: join(folder, 'config'),
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: join(folder, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, 'workspaces'),
    IPYTHONDIR: join(folder, 'ipython'),
    JUPYTER_PLATFORM_DIRS: '0',
    NODE_OPTIONS: '',
    COKERNEL_TEST_HOME: folder,
  };
  const running = () => processes().flatMap(({ environ, command }) => (environ.includes(folder) ? [command] : []));
  return { folder, env, running, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * From now on the kernels that programs start in these folders write their stderr to a file, and the result reads it: some
 * programs (nbval) throw it away, and with it the reason of a kernel that could not start.
 */
export function keepStderr(home: JupyterHome): () => string {
  const spec = join(home.folder, 'share', 'jupyter', 'kernels', 'cokernel', 'kernel.json');
  const kept = join(home.folder, 'stderr.txt');
  writeFileSync(kept, '');
  const { argv, ...others } = JSON.parse(readFileSync(spec, 'utf8')) as { readonly argv: readonly string[] };
  const shell = ['sh', '-c', `exec "$0" "$@" 2>>'${kept}'`];
  writeFileSync(spec, JSON.stringify({ ...others, argv: [...shell, ...argv] }));
  return () => readFileSync(kept, 'utf8');
}

/** The processes of this machine, as far as Linux shows them. */
function processes(): { readonly environ: string; readonly command: string }[] {
  const read = (pid: string, name: string) => readFileSync(join('/proc', pid, name), 'utf8').replaceAll('\0', ' ');
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((pid) => {
    try {
      return [{ environ: read(pid, 'environ'), command: `${pid} ${read(pid, 'cmdline').trim()}` }];
    } catch {
      return []; // The process has ended, or belongs to somebody else.
    }
  });
}

/** A running JupyterLab. */
export interface JupyterServer {
  /** For instance http://127.0.0.1:49152, without a slash at the end. */
  readonly origin: string;
  readonly token: string;
  /** What the server has logged. */
  log(): string;
  /** Ends the server and its kernels, and resolves when they are gone. */
  stop(): Promise<void>;
}

/** Starts JupyterLab on a folder, on a free port, without requests to the network; `program` is the Python that runs it. */
export async function startServer(
  home: JupyterHome,
  notebooks: string,
  program: string | undefined = python,
): Promise<JupyterServer> {
  if (program === undefined) throw new Error('There is no .venv; npm test makes one.');
  keepToItself(home);
  const args = ['-m', 'jupyterlab', '--no-browser', '--ServerApp.port=0', `--ServerApp.root_dir=${notebooks}`];
  args.push('--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate', '--LabApp.news_url=None');
  args.push('--LabApp.extension_manager=readonly', '--ServerApp.answer_yes=True', '--ServerApp.ip=127.0.0.1');
  // In a container the user is root, which Jupyter refuses unless allowed.
  if (process.getuid?.() === 0) args.push('--allow-root');
  const env = { ...home.env, PATH: [dirname(program), home.env.PATH].join(delimiter) };
  const child = spawn(program, args, { cwd: notebooks, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const address = new Promise<URL>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
      const found = /(http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+)\s/.exec(log)?.[1];
      if (found) resolve(new URL(found));
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`JupyterLab ended before it said its address:\n${log}`)));
  });
  const { origin, searchParams } = await address;
  return { origin, token: searchParams.get('token') ?? '', log: () => log, stop: () => stop(child, closed) };
}

/** JupyterLab asks once whether it may fetch news, and in a test nobody would answer. */
function keepToItself(home: JupyterHome): void {
  writeSetting(home, 'apputils-extension/notification', { fetchNews: 'false', checkForUpdates: false });
}

/** Writes one of JupyterLab's settings (for instance `apputils-extension/themes`), as its settings editor does. */
export function writeSetting(home: JupyterHome, name: string, setting: object): void {
  const path = join(home.folder, 'settings', '@jupyterlab', `${name}.jupyterlab-settings`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(setting));
}

async function stop(child: ChildProcess, closed: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), ENDING_MS);
  await closed;
  clearTimeout(killer);
}
