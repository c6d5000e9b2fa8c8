// The cell process ends in every way there is; the kernel stays, says what happened, and the next cell runs afresh.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess, textOf } from '../../client.ts';
import { root } from '../../source-files.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ args: ['--memory', '400'], env: { COKERNEL_DIAGNOSTICS: 'off' } });
});
afterAll(() => kernel.stop());

const ENDINGS: readonly (readonly [string, string, string, RegExp])[] = [
  ['process.exit', 'process.exit(3)', 'ProcessExit', /process\.exit\(3\)/],
  [
    'process.exit in a timer that the cell awaits',
    'setTimeout(() => process.exit(0), 1); await new Promise(() => {})',
    'ProcessExit',
    /process\.exit\(0\)/,
  ],
  ['process.abort', 'process.abort()', 'ProcessCrash', /aborted/],
  ['a kill from outside', "process.kill(process.pid, 'SIGKILL'); for (;;) {}", 'ProcessKilled', /SIGKILL/],
  ['a full heap', 'const all: number[][] = []; for (;;) all.push(new Array(1e5).fill(1.5))', 'OutOfMemory', /400 MiB/],
  [
    'buffers over the limit',
    'const held: Buffer[] = []; for (;;) held.push(Buffer.alloc(2e7, 1))',
    'OutOfMemory',
    /400 MiB/,
  ],
  ['a crash of native code', 'process.kill(process.pid, "SIGSEGV"); for (;;) {}', 'ProcessCrash', /SIGSEGV/],
];

test.each(ENDINGS)('after %s the cell says so, and the next one runs', async (_, code, ename, words) => {
  const { client } = kernel;
  await client.execute("globalThis.old = 1; console.log('x')");
  const { reply } = await client.execute(`console.log('before'); ${code}`);
  expect(reply.content).toMatchObject({ status: 'error', ename });
  expect(reply.content.evalue).toMatch(words);
  expect(reply.content.evalue).toContain('variables are gone');
  const { outputs } = await client.execute('typeof old');
  expect(outputs.at(-1)?.content.data['text/plain']).toBe("'undefined'");
});

test('what was printed before the end has arrived, all of it', async () => {
  const { outputs } = await kernel.client.execute(
    'for (let i = 0; i < 2000; i++) console.log("line " + i); process.kill(process.pid, "SIGKILL"); for (;;) {}',
  );
  expect(textOf(outputs).trimEnd().split('\n')).toEqual(Array.from({ length: 2000 }, (_, i) => `line ${i}`));
});

test('cells queued behind the end are aborted', async () => {
  const { client } = kernel;
  const first = client.send('execute_request', { code: 'process.exit(1)' });
  const second = client.send('execute_request', { code: '1' });
  await client.finished(first);
  expect((await client.finished(second)).reply.content.status).toBe('aborted');
});

test('an end with no cell executing is told under the cell that ran last', async () => {
  const { client } = kernel;
  const id = client.send('execute_request', { code: 'setTimeout(() => process.exit(7), 10); 0' });
  await client.finished(id);
  const told = await client.until(
    ({ header, parent_header }) => header.msg_type === 'error' && parent_header.msg_id === id,
  );
  expect(told.content.evalue).toMatch(/process\.exit\(7\)/);
  expect((await client.execute('1')).reply.content.status).toBe('ok');
});

test('a blocking native call is ended by signals to what it runs', async () => {
  const { client } = kernel;
  const id = client.send('execute_request', {
    code: "import { execSync } from 'node:child_process'; console.log('stuck'); execSync('sleep 30')",
  });
  await client.until(({ header, parent_header }) => header.msg_type === 'stream' && parent_header.msg_id === id);
  client.send('interrupt_request', {}, { channel: 'control' });
  const { reply } = await client.finished(id);
  expect(reply.content.status).toBe('error');
  expect(reply.content.ename).toBe('KeyboardInterrupt');
});

test('a shutdown runs the finally blocks of what is left', async () => {
  const own = await startKernelProcess();
  const file = `${own.pid}.tmp`;
  await own.client.execute(
    `import { coroutine, sleep, createTask } from 'cokernel';
     import { writeFileSync } from 'node:fs';
     import { resolve } from 'node:path';
     const task = createTask(coroutine(async () => {
       try { await sleep(1000) } finally { await sleep(0.05); writeFileSync('${file}', 'tidy') }
     })());
     await sleep(0);`,
  );
  const { outputs } = await own.client.execute(`resolve('${file}')`);
  const path = String(outputs.at(-1)?.content.data['text/plain']).slice(1, -1);
  const started = process.hrtime.bigint();
  const ended = own.exited;
  own.client.send('shutdown_request', { restart: false }, { channel: 'control' });
  await ended;
  expect(readFileSync(path, 'utf8')).toBe('tidy');
  expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(3);
  await own.stop();
  expect(existsSync(path)).toBe(false);
});

test('what a cell started does not outlive the kernel', async () => {
  const own = await startKernelProcess();
  const { outputs } = await own.client.execute(
    "import { spawn } from 'node:child_process'; spawn('sleep', ['60'], { stdio: 'ignore' }).pid",
  );
  const pid = Number(outputs.at(-1)?.content.data['text/plain']);
  process.kill(pid, 0);
  await own.stop();
  await gone(pid);
});

test('an interrupt ends the wait for an esbuild that does not answer, and it never outlives the kernel', async () => {
  const own = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  const { client, pid } = own;
  const services = () => childrenOf(pid).filter(({ command }) => command.includes('esbuild'));
  const stopped = () => {
    const [service] = services();
    if (service === undefined) throw new Error('no esbuild runs');
    process.kill(service.pid, 'SIGSTOP');
    return service.pid;
  };
  await client.execute('enum Zero { a = 40 }');
  const first = stopped();
  const cells = ['enum One { a = 1 }', 'enum Two { a = 2 }; Zero.a + Two.a', '40 + 3'].map((code) =>
    client.send('execute_request', { code, stop_on_error: false }),
  ) as [string, string, string];
  await client.until(
    ({ header, parent_header }) => header.msg_type === 'execute_input' && parent_header.msg_id === cells[0],
  );
  client.send('interrupt_request', {}, { channel: 'control' });
  expect((await client.finished(cells[0])).reply.content).toMatchObject({ ename: 'KeyboardInterrupt' });
  for (const [at, value] of ['42', '43'].entries()) {
    const { outputs } = await client.finished(cells[at + 1] as string);
    expect(outputs.at(-1)?.content).toMatchObject({ data: { 'text/plain': value } });
  }
  await gone(first);
  const last = stopped();
  await own.stop();
  await gone(last);
});

/** What a process has started and still has. */
function childrenOf(parent: number): { readonly pid: number; readonly command: string }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const all = lines.map((line) => /^ *(\d+) +(\d+) (.*)$/.exec(line));
  return all.flatMap((found) =>
    Number(found?.[2]) === parent ? [{ pid: Number(found?.[1]), command: found?.[3] ?? '' }] : [],
  );
}

const POOL = `require('node:child_process').execSync('rm -f pipe.tmp; mkfifo pipe.tmp');
  require('node:fs').promises.readFile('pipe.tmp').catch(() => {});
  await new Promise((done) => setTimeout(done, 50));`;

test('process.exit ends a process whose threads are blocked in native code, at once', async () => {
  const { client } = kernel;
  const { reply } = await client.finished(client.send('execute_request', { code: `${POOL} process.exit(4)` }));
  expect(reply.content).toMatchObject({ status: 'error', ename: 'ProcessExit' });
  expect((await client.execute("require('node:fs').rmSync('pipe.tmp'); 1")).reply.content.status).toBe('ok');
});

const BREAKING: readonly (readonly [string, string])[] = [
  ['performance.now', 'performance.now = () => { throw new Error("sabotage") }'],
  ['JSON.parse', 'JSON.parse = () => { throw new Error("sabotage") }'],
  ['Buffer.prototype.toString', 'Buffer.prototype.toString = () => { throw new Error("sabotage") }'],
  ['the event pipe', 'require("node:fs").writeSync(4, "garbage")'],
];

test.each(BREAKING)('a cell that breaks %s takes only its process with it, if that', async (_, code) => {
  const { client } = kernel;
  client.send('execute_request', { code });
  const stuck = client.send('execute_request', { code: 'for (;;) {}' });
  client.send('interrupt_request', {}, { channel: 'control' });
  await new Promise((resolve) => setTimeout(resolve, 600));
  const second = client.send('interrupt_request', {}, { channel: 'control' });
  await client.finished(stuck);
  // Where nothing runs, it waits for a cell that may be on its way, and would be for the next one.
  await client.finished(second);
  expect((await client.execute('20 + 1')).outputs.at(-1)?.content.data['text/plain']).toBe('21');
});

test.each([
  ['the method that Node calls', 'Array.prototype.pop = () => { throw new Error("sabotage") }; 1'],
  [
    'the assignment that Node makes',
    'Object.defineProperty(Array.prototype, 0, { set() { throw new Error("sabotage") } }); 1',
  ],
])('a cell that breaks %s around each callback breaks only itself', async (_, code) => {
  const { client } = kernel;
  await client.execute('const kept = 20');
  expect((await client.execute(code)).reply.content).toMatchObject({ status: 'ok' });
  const { outputs } = await client.execute('await new Promise((done) => setTimeout(done, 5)); kept + 1');
  expect(outputs.at(-1)?.content).toMatchObject({ data: { 'text/plain': '21' } });
  await client.execute('process.exit()');
});

test('a signal that a cell sends to its own process leaves the notebook as it was', async () => {
  const { client } = kernel;
  await client.execute('let mine = 7; process.on("SIGUSR2", () => {}); process.kill(process.pid, "SIGUSR2"); 0');
  expect((await client.execute('mine')).outputs.at(-1)?.content.data['text/plain']).toBe('7');
});

test.each([
  ['', 'for (;;) {}'],
  [', also between two cells', ''],
  [', even if a cell has closed the pipe that would tell it', "require('node:fs').closeSync(5); for (;;) {}"],
])('when the kernel is killed, the cell process and what it started go too%s', async (_, code) => {
  const own = await startKernelProcess();
  const { outputs } = await own.client.execute(
    "import { spawn } from 'node:child_process'; [process.pid, spawn('sleep', ['60'], { stdio: 'ignore' }).pid].join()",
  );
  const pids = String(outputs.at(-1)?.content.data['text/plain']).slice(1, -1).split(',').map(Number);
  const id = own.client.send('execute_request', { code: `console.log('it runs'); ${code}` });
  await own.client.until(({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === 'stream');
  process.kill(own.pid, 'SIGKILL');
  for (const pid of pids) await gone(pid);
  await own.stop();
});

test('what a cell process started goes with it, though the kernel cannot see to that', async () => {
  const own = await startKernelProcess();
  const code = `const { spawn } = await import('node:child_process');
process.on('SIGUSR2', () => process.exit(0));
[process.pid, spawn('sleep', ['60'], { stdio: 'ignore' }).pid].join()`;
  const { outputs } = await own.client.execute(code);
  const pids = String(outputs.at(-1)?.content.data['text/plain']).slice(1, -1).split(',').map(Number);
  process.kill(own.pid, 'SIGSTOP');
  try {
    process.kill(pids[0] as number, 'SIGUSR2');
    for (const pid of pids) await gone(pid);
  } finally {
    process.kill(own.pid, 'SIGCONT');
    await own.stop();
  }
});

test('a cell process whose watcher has no turn takes with it what it started', () =>
  endsWithItsChild(
    'runtime/cell/node/exit.ts',
    `parts.tellExit({ flush() {}, send() {} }, new MessageChannel().port1);
process.exit(0);`,
  ));

test('a cell process that finds nobody to tell takes with it what it started', () =>
  endsWithItsChild(
    'runtime/cell/output/send.ts',
    `const shared = new Int32Array(new SharedArrayBuffer(64));
const { port } = parts.createSender(shared, new MessageChannel().port1, {}, { asKernel: (body) => body() });
const pause = new Int32Array(new SharedArrayBuffer(4));
// As while Node exits: an error would end this process at once, and no callback would have a turn.
process.on('exit', () => { for (;;) { port.send({ type: 'exit', code: 0 }); Atomics.wait(pause, 0, 0, 10); } });
process.exit(0);`,
  ));

/** A process with parts of the cell process but no watcher, whose kernel is gone, has started another: both end. */
async function endsWithItsChild(file: string, code: string): Promise<void> {
  const program = `import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import * as parts from ${JSON.stringify(join(root, file))};
writeSync(1, spawn('sleep', ['60'], { stdio: 'ignore' }).pid + '\\n');
${code}`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  const own = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit', 'ignore', 'pipe'],
  });
  own.stdio[4]?.destroy();
  const [line] = await once((own.stdout as Readable).setEncoding('utf8'), 'data');
  await gone(Number(line));
  if (own.exitCode === null && own.signalCode === null) await once(own, 'exit');
}

/** Resolves when there is no such process, or only what its parent has not yet collected. */
async function gone(pid: number): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    try {
      process.kill(pid, 0);
      if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      return;
    }
    await delay(20);
  }
  throw new Error(`process ${pid} is still there`);
}

test('what fills the memory in the background, after a rest and without returning to Node, is ended', async () => {
  const { client } = kernel;
  // Node calls it without the kernel: nothing but the end of the rest tells of it.
  const code = `const { spawn } = await import('node:child_process');
    const filled: Buffer[] = [];
    spawn('sleep', ['2']).on('exit', () => { for (;;) if (filled.length < 500) filled.push(Buffer.alloc(2e6, 1)); }); 0`;
  const id = client.send('execute_request', { code });
  await client.finished(id);
  const told = await client.until(
    ({ header, parent_header }) => header.msg_type === 'error' && parent_header.msg_id === id,
  );
  expect(told.content).toMatchObject({ ename: 'OutOfMemory', evalue: expect.stringContaining('400 MiB') });
  expect((await client.execute('1')).reply.content.status).toBe('ok');
});
