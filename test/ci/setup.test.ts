// The set-up behind the commands: what it says where something is missing, and that it skips what is done.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { end, temporaryFolder } from '../cli/cokernel.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Calls a function of .ci/ in a copy of it that lies in `folder`, as a project of its own, without any PATH. */
function call(folder: string, module: string, expression: string, env: NodeJS.ProcessEnv = {}) {
  cpSync(join(root, '.ci'), join(folder, '.ci'), { recursive: true });
  const url = pathToFileURL(join(folder, '.ci', module)).href;
  const { main } = { main: pathToFileURL(join(folder, '.ci', 'say.mjs')).href };
  const code = `const m = await import('${url}'); const { main } = await import('${main}'); await main(async () => { await (${expression}); return 0; });`;
  return end(process.execPath, ['--input-type=module', '--eval', code], { PATH: folder, ...env }, folder);
}

test('without Python the set-up says what is missing and how to get it on each platform', async () => {
  using folder = temporaryFolder();
  const { code, stderr } = await call(folder.path, 'setup/python.mjs', "m.environment('lab')");
  expect(code).toBe(1);
  expect(stderr).toMatch(/Python 3\.9 or newer is missing\. .*JupyterLab/);
  for (const remedy of ['apt install python3 python3-venv', 'brew install python', 'winget install Python']) {
    expect(stderr).toContain(remedy);
  }
  expect(stderr).not.toContain('at ');
});

const lock = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/left': { version } } });

test('npm packages are installed where they are not what the lock file asks for, and skipped where they are', async () => {
  using folder = temporaryFolder();
  const { path } = folder;
  writeFileSync(join(path, 'package-lock.json'), lock('1.0.1'));
  mkdirSync(join(path, 'node_modules'));
  writeFileSync(join(path, 'node_modules', '.package-lock.json'), lock('1.0.0'));
  const npm = join(path, 'npm.js');
  const installed = `require('fs').writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(lock('1.0.1'))})`;
  writeFileSync(npm, installed);
  const first = await call(path, 'setup/packages.mjs', 'm.packages()', { npm_execpath: npm });
  expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/▸ installing npm packages \(1 of 1.*\n✓/) });
  const second = await call(path, 'setup/packages.mjs', 'm.packages()', { npm_execpath: npm });
  expect(second).toEqual({ code: 0, stdout: '· npm packages: skipped, up to date\n', stderr: '' });
});

test('the set-up leaves the lock file alone, which an npm of another version would write anew', async () => {
  using folder = temporaryFolder();
  const { path } = folder;
  writeFileSync(join(path, 'package-lock.json'), lock('1.0.1'));
  mkdirSync(join(path, 'node_modules'));
  const npm = join(path, 'npm.js');
  // As npm does: the lock file is written by `install`, unless nothing shall be saved.
  const saved = `if (!process.argv.includes('--no-save')) fs.writeFileSync('package-lock.json', 'another form');`;
  const installed = `fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`;
  writeFileSync(npm, `const fs = require('fs'); ${installed} ${saved}`);
  const { code } = await call(path, 'setup/packages.mjs', 'm.packages()', { npm_execpath: npm });
  expect([code, readFileSync(join(path, 'package-lock.json'), 'utf8')]).toEqual([0, lock('1.0.1')]);
});

test('an npm that fails is told with what it printed', async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'package-lock.json'), lock('1.0.1'));
  const npm = join(folder.path, 'npm.js');
  writeFileSync(npm, "console.error('no network here'); process.exit(7)");
  const { code, stderr } = await call(folder.path, 'setup/packages.mjs', 'm.packages()', { npm_execpath: npm });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '\nnpm install failed (exit code 7).\nno network here\n' });
});

test('an npm that leaves packages out is told with their names', async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'package-lock.json'), lock('1.0.1'));
  const npm = join(folder.path, 'npm.js');
  writeFileSync(npm, '');
  const { code, stderr } = await call(folder.path, 'setup/packages.mjs', 'm.packages()', { npm_execpath: npm });
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('are not there: left@1.0.1') });
});

test('the closing count adds up what the Python suites wrote down', async () => {
  using folder = temporaryFolder();
  const suite = (attributes: string) => `<testsuites><testsuite name="pytest" ${attributes}></testsuite></testsuites>`;
  writeFileSync(join(folder.path, 'a.xml'), suite('errors="1" failures="2" skipped="3" tests="10"'));
  writeFileSync(join(folder.path, 'b.xml'), suite('errors="0" failures="0" skipped="0" tests="5"'));
  const expression = `console.log(JSON.stringify(m.pythonSuites(${JSON.stringify(folder.path)})))`;
  const { stdout } = await call(folder.path, 'suites.mjs', expression);
  expect(JSON.parse(stdout)).toEqual({ passed: 9, failed: 3, skipped: 3 });
});
