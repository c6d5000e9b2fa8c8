// What happens around a notebook, through a real kernel: its folder vanishes, its history cannot be written, its
// environment is wrong. Cells run on.

import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { cleanUp, type KernelProcess, type KernelSettings, startKernelProcess, textOf } from '../client.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-around-')));
let kernel: KernelProcess;

afterEach(async () => {
  await kernel.stop();
  cleanUp();
});

afterAll(() => rmSync(folder, { recursive: true }));

async function start(settings: KernelSettings): Promise<void> {
  kernel = await startKernelProcess({ ...settings, env: { COKERNEL_DIAGNOSTICS: 'off', ...settings.env } });
}

/** The result's text, or the error's. */
async function shown(code: string): Promise<string> {
  const { reply, outputs } = await kernel.client.execute(code);
  return reply.content.status === 'ok' ? outputs.at(-1)?.content.data?.['text/plain'] : reply.content.evalue;
}

test('where the folder of the notebook vanishes, cells run on, and a fresh process starts in the one above', async () => {
  const gone = join(folder, 'gone');
  mkdirSync(gone);
  await start({ cwd: gone });
  expect(await shown('1')).toBe('1');
  rmSync(gone, { recursive: true });
  expect(await shown('2 as number')).toBe('2');
  expect(await shown("import './lib'")).toContain(`There is no folder ${gone}`);
  expect(await shown('enum Size { S = 5 } Size.S')).toContain(`the folder of the notebook, ${gone}, is gone`);
  expect(await shown('process.exit(1)')).toMatch(/process\.exit\(1\).*fresh process/);
  expect(await shown('process.cwd()')).toBe(`'${folder}'`);
  mkdirSync(gone);
  expect(await shown('enum Size { S = 5 } Size.S')).toBe('5');
});

test('a clock that is none is told under the first cell, once', async () => {
  await start({ env: { COKERNEL_CLOCK: 'moon' } });
  const { outputs } = await kernel.client.execute('1');
  expect(textOf(outputs, 'stderr')).toBe(
    'RuntimeWarning: COKERNEL_CLOCK may be real or virtual, and is "moon"; the clock is real\n',
  );
  expect(textOf((await kernel.client.execute('1')).outputs, 'stderr')).toBe('');
});

test('a wish about type errors that is none is told under the first cell that shows anything, once', async () => {
  await start({ env: { COKERNEL_DIAGNOSTICS: 'loud' } });
  await kernel.client.execute('0', { silent: true });
  const { outputs } = await kernel.client.execute('1');
  expect(textOf(outputs, 'stderr')).toBe(
    'RuntimeWarning: diagnostics (COKERNEL_DIAGNOSTICS): warn, strict or off was expected, found "loud"; using warn\n',
  );
  expect(textOf((await kernel.client.execute('1')).outputs, 'stderr')).toBe('');
});

test.each([
  ['a history that cannot be made', { COKERNEL_HISTORY: '/dev/null/no/history.sqlite' }],
  ['a history that is no database', { COKERNEL_HISTORY: join(folder, 'noise.sqlite') }],
  ['no home', { COKERNEL_HISTORY: undefined, HOME: undefined, XDG_DATA_HOME: folder }],
  ['a home that cannot be written', { COKERNEL_HISTORY: undefined, HOME: '/dev/null', XDG_DATA_HOME: undefined }],
  ['wrong settings', { COKERNEL_DIAGNOSTICS: 'loud', COKERNEL_CLOCK: 'moon' }],
  ['no PATH, no language, no time zone', { PATH: '', LANG: 'xx', TZ: 'Nowhere' }],
])('with %s, cells run and history is kept for the session', async (_, env) => {
  writeFileSync(join(folder, 'noise.sqlite'), 'noise'.repeat(1000));
  await start({ env });
  expect(await shown('40 + 2')).toBe('42');
  const { reply } = await kernel.client.request('history_request', {
    hist_access_type: 'tail',
    n: 1,
    raw: true,
    output: false,
  });
  expect(reply.content.history[0]?.[2]).toBe('40 + 2');
});

test('a named pipe in the place of tsconfig.json keeps nothing waiting', async () => {
  const pipes = join(folder, 'pipes');
  mkdirSync(pipes);
  // The language service looks for the file, too.
  await start({ cwd: pipes, env: { COKERNEL_DIAGNOSTICS: 'warn' } });
  expect(await shown("require('node:child_process').execSync('mkfifo tsconfig.json'); 1")).toBe('1');
  expect(await shown('process.exit(1)')).toContain('fresh process');
  expect(await shown('enum Kind { A = 4 } Kind.A')).toBe('4');
});

test('a program sees no arguments of the kernel', async () => {
  await start({});
  expect(await shown('process.argv.length')).toBe('1');
});

test('a temporary folder that is not there, and a working folder that cannot be written, stop nothing', async () => {
  const locked = join(folder, 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o555);
  await start({ cwd: locked, env: { TMPDIR: '/nowhere' } });
  expect(await shown('enum Size { S = 5 } Size.S')).toBe('5');
});
