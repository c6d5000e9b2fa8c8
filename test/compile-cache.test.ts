// The folder of compiled code: the user's own and nobody else's, or none.

import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cacheFolder } from '../runtime/compile-cache.ts';

const onPosix = process.platform === 'win32' ? test.skip : test;
const onLinux = process.platform === 'linux' ? test : test.skip;
const asRoot = process.getuid?.() === 0 ? test : test.skip;
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cokernel-home-'));
});
afterEach(() => {
  chmodSync(home, 0o700);
  rmSync(home, { recursive: true, force: true });
});

const found = (environment: NodeJS.ProcessEnv = {}) => cacheFolder(environment, () => home);
const [base, folder] =
  process.platform === 'darwin'
    ? ['Library/Caches', 'Library/Caches/cokernel-compiled']
    : ['.cache', '.cache/cokernel-compiled'];

onPosix('it is made in the home folder, for its owner alone, whatever the umask', () => {
  const before = process.umask(0);
  try {
    expect(found()).toBe(join(home, folder));
    expect(lstatSync(join(home, folder)).mode & 0o777).toBe(0o700);
    expect(found()).toBe(join(home, folder));
  } finally {
    process.umask(before);
  }
});

onLinux('XDG_CACHE_HOME names another place, if it is absolute', () => {
  const other = join(home, 'other');
  expect(found({ XDG_CACHE_HOME: other })).toBe(join(other, 'cokernel-compiled'));
  expect(found({ XDG_CACHE_HOME: 'relative' })).toBe(join(home, folder));
});

onPosix.each([0o770, 0o707, 0o755, 0o777])('a folder that is open to others is not used: mode %o', (mode) => {
  mkdirSync(join(home, folder), { recursive: true });
  chmodSync(join(home, folder), mode);
  expect(found()).toBeUndefined();
});

onPosix('a link in its place is not used, wherever it leads', () => {
  const elsewhere = join(home, 'elsewhere');
  mkdirSync(elsewhere, { mode: 0o700 });
  mkdirSync(join(home, base), { recursive: true, mode: 0o700 });
  symlinkSync(elsewhere, join(home, folder));
  expect(found()).toBeUndefined();
});

onLinux('a folder for all caches in which others can replace it is not used, but a link to a safe one is', () => {
  const elsewhere = join(home, 'elsewhere');
  mkdirSync(elsewhere, { mode: 0o700 });
  expect(found({ XDG_CACHE_HOME: elsewhere })).toBe(join(elsewhere, 'cokernel-compiled'));
  symlinkSync(elsewhere, join(home, 'link'));
  expect(found({ XDG_CACHE_HOME: join(home, 'link') })).toBe(join(elsewhere, 'cokernel-compiled'));
  chmodSync(elsewhere, 0o777);
  expect(found({ XDG_CACHE_HOME: elsewhere })).toBeUndefined();
});

onPosix('a file in its place, and a home that cannot be written to, mean no cache and no error', () => {
  mkdirSync(join(home, base), { recursive: true });
  writeFileSync(join(home, folder), '');
  expect(found()).toBeUndefined();
  expect(cacheFolder({}, () => join(home, folder))).toBeUndefined();
  const homeless = () => {
    throw new Error('no home');
  };
  expect(cacheFolder({}, homeless)).toBeUndefined();
});

asRoot('a folder that belongs to somebody else is not used', () => {
  expect(found()).toBe(join(home, folder));
  chownSync(join(home, folder), 12_345, 12_345);
  expect(found()).toBeUndefined();
});

onLinux(
  'where the system refuses a folder with a word that misleads Node, there is none, and the start goes on',
  () => {
    expect(found({ XDG_CACHE_HOME: '/proc/cokernel' })).toBeUndefined();
  },
);
