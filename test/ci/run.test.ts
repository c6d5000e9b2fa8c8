// .ci/run on a bare machine: what it asks apt for, and that it ends as `npm test` ends. Debian only, as the script.

import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { end, temporaryFolder } from '../cli/cokernel.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bash = '/bin/bash';
const onLinux = process.platform === 'linux' ? test : test.skip;

/** Runs a copy of .ci/run where the PATH holds only these scripts and a few of the system's programs. */
async function runWith(folder: string, programs: Readonly<Record<string, string>>) {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['dirname', 'id']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!${bash}\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  mkdirSync(join(folder, '.ci'));
  cpSync(join(root, '.ci', 'run'), join(folder, '.ci', 'run'));
  return end(bash, [join(folder, '.ci', 'run'), 'test/wire'], { PATH: bin }, folder);
}

const present = { node: '', chromium: '', python3: 'exit 0', npm: 'echo "CI=$CI npm $*"; exit 0' };
const apt = 'echo "$@" >> "$0.log"';

onLinux('nothing is installed where nothing is lacking, and npm test gets the arguments', async () => {
  using folder = temporaryFolder();
  const ended = await runWith(folder.path, { ...present, 'apt-get': apt, sudo: 'shift; "$@"' });
  expect(ended).toEqual({ code: 0, stdout: 'CI=true npm test --silent -- test/wire\n', stderr: '' });
});

onLinux('what is lacking is asked of apt: a browser, and the part of Python that Debian keeps apart', async () => {
  using folder = temporaryFolder();
  const { chromium, ...rest } = present;
  const python3 = 'exit 1';
  const ended = await runWith(folder.path, { ...rest, python3, 'apt-get': apt, sudo: 'shift; "$@"' });
  expect(ended.stdout).toContain('▸ installing chromium python3-venv (apt)');
  const log = readFileSync(join(folder.path, 'bin', 'apt-get.log'), 'utf8');
  expect(log).toMatch(/^update.*\ninstall .*-y.* chromium python3-venv\n$/);
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('npm test') });
});

onLinux('an apt that fails is said, and the tests run all the same; their exit code is its own', async () => {
  using folder = temporaryFolder();
  const { python3, ...rest } = present;
  const programs = { ...rest, npm: 'echo "3 passed, 1 failed"; exit 1', 'apt-get': 'exit 100', sudo: 'shift; "$@"' };
  const { code, stdout } = await runWith(folder.path, programs);
  expect(stdout).toContain('apt could not install python3 python3-venv');
  expect(stdout.trimEnd().endsWith('3 passed, 1 failed')).toBe(true);
  expect(code).toBe(1);
});

onLinux('without Node and without a way to it, nothing has passed', async () => {
  using folder = temporaryFolder();
  const { code, stdout } = await runWith(folder.path, {});
  expect(stdout).toContain('This machine has no apt');
  expect(stdout).toContain('Node 20 or newer and npm are needed');
  expect(stdout.trimEnd().endsWith('0 passed, 1 failed')).toBe(true);
  expect(code).toBe(1);
});
