// Which path of Node a kernelspec names: one that leads to the same binary and outlives an upgrade.

import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { lastingNode } from '../../kernel/install/node.ts';
import { temporaryFolder } from '../cli/cokernel.ts';

/** Lays out files and links (path → target) in a temporary folder and chooses there. */
function choose(
  files: readonly string[],
  links: Readonly<Record<string, string>>,
  exec: string,
  environment: (at: (path: string) => string) => NodeJS.ProcessEnv,
): string {
  using folder = temporaryFolder();
  const home = realpathSync(folder.path);
  const at = (path: string) => join(home, path);
  for (const file of files) {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), '');
  }
  for (const [link, target] of Object.entries(links)) {
    mkdirSync(dirname(at(link)), { recursive: true });
    symlinkSync(at(target), at(link));
  }
  const chosen = lastingNode({ execPath: at(exec), platform: 'linux', environment: environment(at) });
  return chosen.slice(home.length + 1);
}

test("Homebrew's opt path is preferred to the versioned one", () => {
  const real = 'brew/Cellar/node@24/24.1.0/bin/node';
  expect(choose([real], { 'brew/opt/node@24': 'brew/Cellar/node@24/24.1.0' }, real, () => ({}))).toBe(
    'brew/opt/node@24/bin/node',
  );
});

test("nvm's link of the current version is taken only where it leads to the same Node", () => {
  const real = 'nvm/versions/node/v24.1.0/bin/node';
  const other = 'nvm/versions/node/v26.0.0/bin/node';
  const environment = (at: (path: string) => string) => ({ NVM_DIR: at('nvm') });
  expect(choose([real], { 'nvm/current': 'nvm/versions/node/v24.1.0' }, real, environment)).toBe(
    'nvm/current/bin/node',
  );
  expect(choose([real, other], { 'nvm/current': 'nvm/versions/node/v26.0.0' }, real, environment)).toBe(real);
});

test("mise's link of the major version and fnm's default are taken", () => {
  const mise = 'installs/node/26.1.0/bin/node';
  expect(choose([mise], { 'installs/node/26': 'installs/node/26.1.0' }, mise, () => ({}))).toBe(
    'installs/node/26/bin/node',
  );
  const fnm = 'fnm/node-versions/v26.1.0/installation/bin/node';
  const alias = { 'fnm/aliases/default': 'fnm/node-versions/v26.1.0/installation' };
  expect(choose([fnm], alias, fnm, () => ({}))).toBe('fnm/aliases/default/bin/node');
});

test('a folder on the PATH is taken, unless it belongs to a project, a cache or a single shell', () => {
  const real = 'opt/node-26/bin/node';
  const links = {
    'node_modules/.bin/node': real,
    '_npx/1/node': real,
    'fnm_multishells/9/node': real,
    'usr/bin/node': real,
  };
  const passing = ['node_modules/.bin', '_npx/1', 'fnm_multishells/9'];
  const path = (at: (path: string) => string, folders: string[]) => ({ PATH: folders.map(at).join(':') });
  expect(choose([real], links, real, (at) => path(at, [...passing, 'usr/bin']))).toBe('usr/bin/node');
  expect(choose([real], links, real, (at) => path(at, passing))).toBe(real);
});

test('on this machine it leads to the Node that runs now', () => {
  expect(realpathSync(lastingNode())).toBe(realpathSync(process.execPath));
});
