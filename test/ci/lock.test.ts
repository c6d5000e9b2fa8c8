// package-lock.json: `npm ci` takes it on every platform, and it names the registry of nobody.

import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../cli/cokernel.ts';
import { npm } from './npm.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (...parts: readonly string[]) => JSON.parse(readFileSync(join(root, ...parts), 'utf8'));

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const packages: Readonly<Record<string, Entry>> = read('package-lock.json').packages;

test.each(['esbuild', 'oxc-parser', '@resvg/resvg-js', 'typescript'])(
  'every platform package that %s names is in the lock file, with the hash of its contents',
  (name) => {
    const { optionalDependencies } = read('node_modules', name, 'package.json');
    const wanted = Object.entries(optionalDependencies as Record<string, string>);
    // The name of none of these packages would be a sign that they come in another way now, of which we know nothing.
    expect(wanted.length).toBeGreaterThan(5);
    for (const [platform, version] of wanted) {
      expect([platform, packages[`node_modules/${platform}`]]).toEqual([
        platform,
        expect.objectContaining({ version, optional: true, integrity: expect.stringMatching(/^sha512-/) }),
      ]);
    }
  },
);

test('no optional package of any other package is missing either', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no host, so that each machine asks its own registry', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  const resolved = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
  expect(resolved.map(([path]) => path)).toEqual([]);
});

test('npm ci accepts the lock file', async () => {
  using folder = temporaryFolder();
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    copyFileSync(join(root, name), join(folder.path, name));
  }
  // Offline: with a whole lock file npm need not ask a registry what is to be installed.
  const { code, stderr } = await npm(['ci', '--dry-run', '--offline', '--loglevel=error'], folder.path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
