// Where Jupyter looks for kernelspecs on each platform, computed as jupyter_core does, without running Python.
// https://docs.jupyter.org/en/latest/use/jupyter-directories.html

import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Which of Jupyter's places to install into. */
export type Target =
  | { readonly place: 'user' }
  | { readonly place: 'sys-prefix' }
  | { readonly place: 'prefix'; readonly prefix: string };

/** What the folders depend on; this machine by default. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
}

const here = (): Machine => ({ platform: process.platform, environment: process.env, home: homedir() });

/**
 * The folder that holds kernelspecs, a subfolder for each.
 * @throws if the target is sys-prefix and there is no environment.
 */
export function kernelspecsFolder(target: Target, machine: Machine = here()): string {
  if (target.place === 'user') return join(userData(machine), 'kernels');
  const prefix = target.place === 'prefix' ? target.prefix : systemPrefix(machine);
  return join(resolve(prefix), 'share', 'jupyter', 'kernels');
}

/** Every folder that Jupyter looks into, in its order: the first match wins. */
export function searchedFolders(machine: Machine = here()): string[] {
  const { environment, platform } = machine;
  const folders = (environment.JUPYTER_PATH ?? '').split(platform === 'win32' ? ';' : ':').filter(Boolean);
  const active = activePrefix(environment);
  if (active) folders.push(join(active, 'share', 'jupyter'));
  folders.push(userData(machine));
  if (platform === 'win32') {
    if (environment.PROGRAMDATA) folders.push(join(environment.PROGRAMDATA, 'jupyter'));
  } else {
    folders.push('/usr/local/share/jupyter', '/usr/share/jupyter');
    if (platform === 'darwin') folders.push('/opt/homebrew/share/jupyter');
  }
  return [...new Set(folders)].map((folder) => join(folder, 'kernels'));
}

/** The user's data folder of Jupyter: jupyter_core.paths.jupyter_data_dir(). */
function userData({ platform, environment, home }: Machine): string {
  if (environment.JUPYTER_DATA_DIR) return environment.JUPYTER_DATA_DIR;
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter');
  if (platform === 'win32') {
    const roaming = environment.APPDATA;
    return roaming ? join(roaming, 'jupyter') : join(environment.JUPYTER_CONFIG_DIR ?? join(home, '.jupyter'), 'data');
  }
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'jupyter');
}

/** The environment whose Python started us, which is that of a wheel, else the one that is active. */
function activePrefix(environment: NodeJS.ProcessEnv): string | undefined {
  return environment.COKERNEL_PREFIX ?? environment.VIRTUAL_ENV ?? environment.CONDA_PREFIX;
}

/** The folder of the active environment; if none is active, the prefix of the Python on the PATH. */
function systemPrefix({ environment, platform }: Machine): string {
  const active = activePrefix(environment);
  if (active) return active;
  for (const program of platform === 'win32' ? ['py', 'python'] : ['python3', 'python']) {
    try {
      const output = execFileSync(program, ['-c', 'import sys; print(sys.prefix)'], {
        encoding: 'utf8',
        env: environment,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      if (output.trim()) return output.trim();
    } catch {
      // Not on the PATH: the next name.
    }
  }
  throw new Error(
    '--sys-prefix expects an active virtual or conda environment, or Python on the PATH, but found neither. ' +
      'Activate one, or say where with --prefix DIR.',
  );
}
