// The kernel as a process: how it starts, what signals do, and that nothing is left of it at the end.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { cleanUp, connect, freeConnection, startKernelProcess } from '../client.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'dist', 'kernel', 'main.js');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cokernel-main-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spawned: ChildProcess[] = [];
afterEach(() => {
  cleanUp();
  for (const child of spawned.splice(0)) child.kill('SIGKILL');
});

/** True if the process is gone, or dead but not yet waited for by its new parent. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (isGone(pid)) return true;
    await delay(20);
  }
  return false;
}

/** Runs the entry to its end. */
async function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly log: string }> {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (text) => {
    log += String(text);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, log })));
}

const cellPid = async (client: Awaited<ReturnType<typeof connect>>) =>
  Number((await client.execute('process.pid')).outputs.at(-1)?.content.data['text/plain']);

test('a real cell runs, and after a shutdown both processes are gone at once', async () => {
  const kernel = await startKernelProcess();
  const pid = await cellPid(kernel.client);
  expect(pid).toBeGreaterThan(0);
  expect(pid).not.toBe(kernel.pid);
  const before = Date.now();
  await kernel.stop();
  expect(await kernel.exited).toBe(0);
  expect(Date.now() - before).toBeLessThan(2000);
  expect(await gone(pid)).toBe(true);
}, 30_000);

test('SIGINT interrupts the cell and does not end the kernel', async () => {
  const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'interrupt' } });
  const id = kernel.client.send('execute_request', { code: 'await new Promise(() => {})' });
  await kernel.client.until(
    ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === 'execute_input',
  );
  await kernel.client.request('kernel_info_request');
  process.kill(kernel.pid, 'SIGINT');
  expect((await kernel.client.finished(id)).reply.content).toMatchObject({
    status: 'error',
    ename: 'KeyboardInterrupt',
  });
  process.kill(kernel.pid, 'SIGINT');
  // A signal and a message come by different ways: a cell that arrived before the signal would rightly be interrupted.
  while (!kernel.log().includes('interrupt 2 requested')) await delay(10);
  expect((await kernel.client.execute('1 + 1')).reply.content.status).toBe('ok');
  await kernel.stop();
}, 30_000);

test('SIGTERM ends the kernel in order, with its cell process and its ipc files', async () => {
  const kernel = await startKernelProcess({ connection: { transport: 'ipc' } });
  const pid = await cellPid(kernel.client);
  const files = [1, 2, 3, 4, 5].map((port) => `${kernel.info.ip}-${port}`);
  expect(files.every(existsSync)).toBe(true);
  process.kill(kernel.pid, 'SIGTERM');
  expect(await kernel.exited).toBe(0);
  expect(files.some(existsSync)).toBe(false);
  expect(await gone(pid)).toBe(true);
  await kernel.stop();
}, 30_000);

test('a killed kernel leaves no cell process behind, even if its cell spins', async () => {
  const kernel = await startKernelProcess();
  const pid = await cellPid(kernel.client);
  kernel.client.send('execute_request', { code: 'for (;;);' });
  await kernel.client.request('kernel_info_request');
  process.kill(kernel.pid, 'SIGKILL');
  await kernel.exited;
  expect(await gone(pid)).toBe(true);
  await kernel.stop();
}, 30_000);

test.each([
  ['the server that started it', false],
  ['the process that JPY_PARENT_PID names', true],
])(
  'the kernel exits soon after the end of %s',
  async (_name, named) => {
    const info = await freeConnection();
    const file = join(folder, `orphan-${named}.json`);
    writeFileSync(file, JSON.stringify(info));
    const env = { ...process.env, NODE_OPTIONS: '', COKERNEL_HISTORY: ':memory:', JPY_PARENT_PID: '' };
    const kernelOf = (extra: string) =>
      `const child = require('node:child_process').spawn(process.execPath, ${JSON.stringify([ENTRY, file])},
        { detached: true, stdio: 'ignore', env: { ...process.env ${extra} } });
      console.log(child.pid); setInterval(() => {}, 1000);`;
    const idle = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', env });
    const server = spawn(process.execPath, ['-e', kernelOf(named ? `, JPY_PARENT_PID: '${idle.pid}'` : '')], { env });
    spawned.push(idle, server);
    const kernel = await new Promise<number>((resolve) => server.stdout.on('data', (text) => resolve(Number(text))));
    const client = await connect(info);
    const cell = await cellPid(client);
    (named ? idle : server).kill('SIGKILL');
    expect(await gone(kernel)).toBe(true);
    expect(await gone(cell)).toBe(true);
    client.close();
  },
  30_000,
);

test('a port that is taken makes the start fail at once with a status other than zero', async () => {
  const info = await freeConnection();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(info.stdin_port, '127.0.0.1', resolve));
  const file = join(folder, 'taken.json');
  writeFileSync(file, JSON.stringify(info));
  const before = Date.now();
  const { code, log } = await run([file]);
  expect(code).toBe(1);
  expect(log).toContain(`cannot listen on tcp://127.0.0.1:${info.stdin_port}`);
  expect(Date.now() - before).toBeLessThan(5000);
  taken.close();
}, 30_000);

test('a mistake in the arguments or the connection file is said in one line', async () => {
  const missing = join(folder, 'missing.json');
  const lines = async (...args: string[]) => {
    const { code, log } = await run(args);
    return { code, log: log.trim() };
  };
  expect(await lines()).toEqual({
    code: 1,
    log: expect.stringMatching(/^cokernel: a connection file was expected: node main/),
  });
  expect(await lines(missing)).toEqual({ code: 1, log: expect.stringContaining(`${missing}: there is no such file`) });
  expect(await lines(missing, '--memory', 'lots')).toEqual({
    code: 1,
    log: expect.stringContaining('--memory should be'),
  });
}, 30_000);

test('arguments that a client adds are reported in the log, and the kernel starts', async () => {
  const kernel = await startKernelProcess({ args: ['--Kernel.x=y', '--debug'] });
  expect((await kernel.client.execute('6 * 7')).reply.content.status).toBe('ok');
  expect(kernel.log()).toContain('arguments that this kernel does not know, ignored: --Kernel.x=y --debug');
  await kernel.stop();
}, 30_000);

test('--log names a file that the log goes to', async () => {
  const log = join(folder, 'kernel.log');
  const kernel = await startKernelProcess({ args: ['--log', log] });
  kernel.client.sendRaw(['nonsense']);
  await kernel.client.request('kernel_info_request');
  await kernel.stop();
  expect(readFileSync(log, 'utf8')).toContain('dropped a message on shell: no <IDS|MSG>');
  expect(kernel.log()).toBe('');
}, 30_000);
