// Where history is kept: in Jupyter's data folder, as jupyter_core defines it, unless COKERNEL_HISTORY names a file.

import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/** The path of history.sqlite, or `:memory:` if COKERNEL_HISTORY says so. */
export function historyPath(env: NodeJS.ProcessEnv = process.env, system: NodeJS.Platform = platform()): string {
  if (env.COKERNEL_HISTORY) return env.COKERNEL_HISTORY;
  return join(dataFolder(env, system), 'cokernel', 'history.sqlite');
}

function dataFolder(env: NodeJS.ProcessEnv, system: NodeJS.Platform): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (system === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'jupyter');
  if (system === 'darwin') return join(homedir(), 'Library', 'Jupyter');
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'jupyter');
}
