// Runs npm as a person would who types it: without what `npm test` told its own children.

import { type Ended, end } from '../cli/cokernel.ts';

export const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(config_loglevel|package_|lifecycle_|command)/.test(name)),
);

/** Runs npm to its end in a folder; by the npm that runs the tests, where one does. */
export function npm(args: readonly string[], cwd: string): Promise<Ended> {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return end(process.execPath, [cli, ...args], environment, cwd);
  if (process.platform === 'win32') return end('cmd.exe', ['/d', '/c', 'npm', ...args], environment, cwd);
  return end('npm', args, environment, cwd);
}
