// Chooses the path of Node for a kernelspec: one that still leads to a Node after an upgrade.
// process.execPath is the real file, which a version manager or Homebrew removes together with that version.

import { realpathSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

/** What the choice depends on; this process by default. */
export interface Surroundings {
  readonly execPath: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

const here = (): Surroundings => ({
  execPath: process.execPath,
  environment: process.env,
  platform: process.platform,
});

/** The most durable path that leads to the binary that runs now. */
export function lastingNode(surroundings: Surroundings = here()): string {
  const real = realPath(surroundings.execPath) ?? surroundings.execPath;
  for (const candidate of candidates(real, surroundings)) if (realPath(candidate) === real) return candidate;
  return surroundings.execPath;
}

function* candidates(real: string, { environment, platform }: Surroundings): Generator<string> {
  const program = platform === 'win32' ? 'node.exe' : 'node';
  // Homebrew: …/Cellar/node@24/24.1.0/bin/node is …/opt/node@24/bin/node, whatever the version.
  const cellar = /^(.*)\/Cellar\/([^/]+)\/[^/]+\/bin\/node$/.exec(real);
  if (cellar) yield `${cellar[1]}/opt/${cellar[2]}/bin/node`;
  // nvm's link to the current version, if the user has enabled it; nvm-windows always has one.
  if (environment.NVM_DIR) yield join(environment.NVM_DIR, 'current', 'bin', 'node');
  if (environment.NVM_SYMLINK) yield join(environment.NVM_SYMLINK, 'node.exe');
  // fnm's alias, and mise's links 26 and latest beside 26.1.0.
  const fnm = /^(.*)[/\\]node-versions[/\\][^/\\]+[/\\]installation[/\\](.*)$/.exec(real);
  if (fnm) yield join(`${fnm[1]}`, 'aliases', 'default', `${fnm[2]}`);
  const mise = /^(.*\/installs\/node)\/(\d+)\.[^/]+\/bin\/node$/.exec(real);
  if (mise) {
    yield `${mise[1]}/${mise[2]}/bin/node`;
    yield `${mise[1]}/latest/bin/node`;
  }
  const folders = (environment.PATH ?? environment.Path ?? '').split(platform === 'win32' ? ';' : delimiter);
  for (const folder of folders) if (folder && lasts(folder)) yield join(folder, program);
}

/** True for a folder on the PATH that outlives this shell: no project's .bin, no cache, no folder of one shell. */
function lasts(folder: string): boolean {
  const parts = folder.split(/[/\\]/);
  const passing = ['node_modules', '_npx', 'fnm_multishells'];
  return (folder.startsWith(sep) || /^[a-z]:/i.test(folder)) && !parts.some((part) => passing.includes(part));
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
