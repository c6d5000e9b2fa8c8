// Cells that are sent together, through a real kernel: the cell process has the next ones before it is through with
// this one, and clients notice only that it is faster.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  type Client,
  cleanUp,
  connect,
  type Exchange,
  type KernelProcess,
  type Received,
  startKernelProcess,
  textOf,
} from '../client.ts';
import { stopServer } from '../typescript-server.ts';

let folder: string;
let kernel: KernelProcess;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cokernel-queue-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await kernel?.stop();
  cleanUp();
});

async function start(mode = 'off'): Promise<Client> {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: mode } });
  await kernel.client.execute('0');
  return kernel.client;
}

/** Sends them at once. */
function send(cells: readonly string[], options = {}): string[] {
  return cells.map((code) => kernel.client.send('execute_request', { code, ...options }));
}

const finished = (ids: readonly string[]): Promise<Exchange[]> =>
  Promise.all(ids.map((id) => kernel.client.finished(id)));

async function statuses(ids: readonly string[]): Promise<string[]> {
  return (await finished(ids)).map(({ reply }) => reply.content.status);
}

/** Long enough for the cells behind it to be put in flight. */
const PAUSE = 'await new Promise((done) => setTimeout(done, 100));';
/** Its end is known 500 ms late: the fence that ends its output is lost. */
const LOST_FENCE = "fs.closeSync(1); fs.openSync('/dev/null', 'w'); ";

/** The text of a cell's result. */
async function shown(code: string): Promise<string> {
  const { outputs } = await kernel.client.execute(code);
  return outputs.find(({ header }) => header.msg_type === 'execute_result')?.content.data['text/plain'];
}

test("each cell's messages come together and in order, under its own number", async () => {
  const client = await start();
  const before = client.received.length;
  const ids = send(Array.from({ length: 40 }, (_, i) => `console.log('cell ${i}'); console.error('too'); ${i}`));
  const all = await finished(ids);
  const seen = client.received
    .slice(before)
    .filter(({ channel }) => channel === 'iopub')
    .map(({ parent_header, header, content }) => [
      ids.indexOf(parent_header.msg_id as string),
      content.execution_state ?? content.text ?? content.data?.['text/plain'] ?? header.msg_type,
    ]);
  expect(seen).toEqual(
    ids.flatMap((_, i) => ['busy', 'execute_input', `cell ${i}\n`, 'too\n', `${i}`, 'idle'].map((what) => [i, what])),
  );
  expect(all.map(({ reply }) => reply.content.execution_count)).toEqual(ids.map((_, i) => i + 2));
  const replies = client.received.slice(before).filter(({ channel }) => channel === 'shell');
  expect(replies.map(({ parent_header }) => parent_header.msg_id)).toEqual(ids);
});

test('output of a child process appears under the cell that started it', async () => {
  await start();
  await kernel.client.execute("import { execSync } from 'node:child_process'");
  const ids = send(
    Array.from({ length: 8 }, (_, i) => `execSync('echo ${i}; echo e${i} >&2', { stdio: 'inherit' }); 0`),
  );
  const texts = (await finished(ids)).map(({ outputs }) => textOf(outputs) + textOf(outputs, 'stderr'));
  expect(texts).toEqual(ids.map((_, i) => `${i}\ne${i}\n`));
});

test('numbers and names follow what is stored', async () => {
  const client = await start();
  const a = client.send('execute_request', { code: PAUSE });
  const b = client.send('execute_request', { code: '1', store_history: false });
  const c = client.send('execute_request', { code: '' });
  const d = client.send('execute_request', { code: '2', silent: true });
  const e = client.send('execute_request', { code: 'throw new Error("here")' });
  const all = await finished([a, b, c, d, e]);
  expect(all.map(({ reply }) => reply.content.execution_count)).toEqual([2, 2, 2, 2, 3]);
  expect(all[4]?.reply.content.traceback.join('\n')).toContain('Cell [3]:1');
  const { reply } = await client.request('history_request', {
    hist_access_type: 'tail',
    n: 9,
    raw: true,
    output: false,
  });
  expect(reply.content.history.map(([, , source]: string[]) => source)).toEqual([
    '0',
    PAUSE,
    'throw new Error("here")',
  ]);
});

test('behind an error nothing runs, though the cell process had it already', async () => {
  await start();
  await kernel.client.execute('const ran = []');
  const ids = send([
    `ran.push(1); ${PAUSE}`,
    `ran.push(2); ${PAUSE} throw new Error('no')`,
    'ran.push(3)',
    'ran.push(4)',
  ]);
  expect(await statuses(ids)).toEqual(['ok', 'error', 'aborted', 'aborted']);
  expect(await shown('ran')).toBe('[ 1, 2 ]');
});

test('behind an error that comes at once nothing runs either', async () => {
  await start();
  await kernel.client.execute('const ran = []');
  const ids = send([PAUSE, 'throw 1', 'ran.push(3)', 'ran.push(4)']);
  expect(await statuses(ids)).toEqual(['ok', 'error', 'aborted', 'aborted']);
  expect(await shown('ran')).toBe('[]');
});

test('with stop_on_error false all run, once each', async () => {
  await start();
  await kernel.client.execute('const ran = []');
  const ids = send([`${PAUSE} throw new Error('no')`, 'ran.push(2)', 'throw 3', 'ran.push(4)'], {
    stop_on_error: false,
  });
  expect(await statuses(ids)).toEqual(['error', 'ok', 'error', 'ok']);
  expect(await shown('ran')).toBe('[ 2, 4 ]');
});

test('a cell that does not compile fails in its turn, and takes what is behind it', async () => {
  await start();
  const ids = send([`${PAUSE} globalThis.first = 1`, 'let let', 'globalThis.third = 1']);
  expect(await statuses(ids)).toEqual(['ok', 'error', 'aborted']);
  expect(await shown('[typeof first, typeof third]')).toBe("[ 'number', 'undefined' ]");
});

test('an interrupt stops the cell that runs, and no cell behind it begins', async () => {
  const client = await start();
  await client.execute('const ran = []');
  const ids = send(["console.log('in'); for (;;) {}", 'ran.push(2)', 'ran.push(3)']);
  await client.until(({ header, parent_header }) => header.msg_type === 'stream' && parent_header.msg_id === ids[0]);
  client.send('interrupt_request', {}, { channel: 'control' });
  const all = await finished(ids);
  expect(all.map(({ reply }) => reply.content.status)).toEqual(['error', 'aborted', 'aborted']);
  expect(all[0]?.reply.content.ename).toBe('KeyboardInterrupt');
  expect(await shown('ran')).toBe('[]');
});

test('a cell that deals with its interrupt is followed by the next, which is not interrupted', async () => {
  const client = await start();
  const ids = send([
    "console.log('in'); try { await new Promise(() => {}) } catch { console.log('dealt with') }",
    `let turns = 0; for (let i = 0; i < 1e6; i++) turns++; ${PAUSE} turns`,
  ]);
  await client.until(({ header, parent_header }) => header.msg_type === 'stream' && parent_header.msg_id === ids[0]);
  client.send('interrupt_request', {}, { channel: 'control' });
  expect(await statuses(ids)).toEqual(['ok', 'ok']);
});

test('an interrupt stops what runs while the kernel still waits for the end of the cell before', async () => {
  const client = await start();
  const mark = join(folder, 'spinning');
  await client.execute("import fs from 'node:fs'");
  const ids = send([
    `${PAUSE} ${LOST_FENCE} 1`,
    `fs.writeFileSync(${JSON.stringify(mark)}, ''); console.log('spins'); for (;;) {}`,
    'globalThis.third = 1',
  ]);
  while (!existsSync(mark)) await new Promise((resolve) => setImmediate(resolve));
  const heard = (id: string | undefined) => client.received.some(({ parent_header }) => parent_header.msg_id === id);
  // The second runs; nobody is told so before the first has ended.
  const early = heard(ids[1]);
  client.send('interrupt_request', {}, { channel: 'control' });
  const all = await finished(ids);
  expect(early).toBe(false);
  expect(all.map(({ reply }) => reply.content.status)).toEqual(['ok', 'error', 'aborted']);
  expect(all[1]?.reply.content.ename).toBe('KeyboardInterrupt');
  expect(textOf(all[1]?.outputs ?? [])).toBe('spins\n');
  expect(await shown('typeof third')).toBe("'undefined'");
});

test('a question comes under its own cell, and what is behind it waits for the answer', async () => {
  const client = await start();
  client.onInput((request) => `for ${request.parent_header.msg_id}`);
  const ids = send([PAUSE, "const answer = await input('Name? ')", 'answer'], { allow_stdin: true });
  const all = await finished(ids);
  expect(all[2]?.outputs.at(-1)?.content.data['text/plain']).toBe(`'for ${ids[1]}'`);
  const refused = send([PAUSE, "await input('Name? ')"], { allow_stdin: false });
  expect(await statuses(refused)).toEqual(['ok', 'error']);
});

test.each([
  ['asks', "await input('Name? ')"],
  ['blocks at its question', "prompt('Name?')"],
  ['asks once its client is gone', `${PAUSE} await input('Name? ')`],
])('a cell that %s does not outlive the interrupt of another client, and that one is asked next', async (_, code) => {
  const client = await start();
  const gone = await connect(kernel.info);
  const id = gone.send('execute_request', { code, allow_stdin: true });
  const early = code.startsWith(PAUSE);
  await gone.until(({ header }) => header.msg_type === (early ? 'execute_input' : 'input_request'));
  gone.close();
  while (early && !kernel.log().includes('input_request waits until its client connects')) await delay(5);
  client.send('interrupt_request', {}, { channel: 'control' });
  const own = ({ parent_header }: Received) => parent_header.msg_id === id;
  const error = await client.until((message) => own(message) && message.header.msg_type === 'error');
  expect(error.content.ename).toBe('KeyboardInterrupt');
  await client.until((message) => own(message) && message.content.execution_state === 'idle');
  client.onInput(() => 'Ada');
  expect(await shown(code)).toBe("'Ada'");
});

test('when the process ends under a cell, those behind it are aborted and have not run', async () => {
  await start();
  const file = join(folder, 'ended');
  await kernel.client.execute("import fs from 'node:fs'");
  const note = `fs.appendFileSync(${JSON.stringify(file)}, 'x')`;
  const ids = send([`${PAUSE} process.exit(3)`, note, note]);
  const all = await finished(ids);
  expect(all.map(({ reply }) => reply.content.status)).toEqual(['error', 'aborted', 'aborted']);
  expect(all[0]?.reply.content.ename).toBe('ProcessExit');
  expect(existsSync(file)).toBe(false);
  expect(await shown('1 + 1')).toBe('2');
});

test('where they should run all the same, they run once, in the fresh process', async () => {
  await start();
  const file = join(folder, 'once');
  const note = (text: string) => `require('node:fs').appendFileSync(${JSON.stringify(file)}, '${text}')`;
  const ids = send([`${PAUSE} process.kill(process.pid, 'SIGKILL'); for (;;) {}`, note('b'), note('c')], {
    stop_on_error: false,
  });
  expect(await statuses(ids)).toEqual(['error', 'ok', 'ok']);
  expect(readFileSync(file, 'utf8')).toBe('bc');
});

test('those that were in flight when it ended run in their order in the fresh process, whatever they ask of the kernel', async () => {
  await start();
  writeFileSync(join(folder, 'asked.ts'), 'export const asked: number = 1;');
  const note = (text: string) => `(globalThis as any).order = ((globalThis as any).order ?? '') + '${text}'`;
  const asks = `import { asked } from ${JSON.stringify(join(folder, 'asked.ts'))}`;
  const ids = send(
    [
      `${PAUSE} process.kill(process.pid, 'SIGKILL'); for (;;) {}`,
      note('b'),
      note('c'),
      note('d'),
      `${asks}; ${note('e')}`,
      note('f'),
    ],
    { stop_on_error: false },
  );
  const all = await finished(ids);
  expect(all.map(({ reply }) => reply.content.status)).toEqual(['error', 'ok', 'ok', 'ok', 'ok', 'ok']);
  expect(all.at(-1)?.outputs.at(-1)?.content.data['text/plain']).toBe("'bcdef'");
});

test('when it ends under the second, the first has ended well, and the third has not run', async () => {
  await start();
  const ids = send([`${PAUSE} 'first'`, "console.log('second'); process.exit(4)", 'globalThis.third = 1']);
  const all = await finished(ids);
  expect(all.map(({ reply }) => reply.content.status)).toEqual(['ok', 'error', 'aborted']);
  expect(all[0]?.outputs.at(-1)?.content.data['text/plain']).toBe("'first'");
  expect(textOf(all[1]?.outputs ?? [])).toBe('second\n');
  expect(all[1]?.reply.content.evalue).toContain('process.exit(4)');
});

test('a cell that asks for strict checks is obeyed by those behind it', async () => {
  await start('warn');
  const ids = send([`${PAUSE} jupyter.diagnostics('strict')`, "globalThis.ran = 1; const n: number = 'no'", '3']);
  const all = await finished(ids);
  expect(all.map(({ reply }) => reply.content.status)).toEqual(['ok', 'error', 'aborted']);
  expect(all[1]?.reply.content.ename).toBe('TypeScriptError');
  expect(await shown("'ran' in globalThis")).toBe('false');
  const right = send([`${PAUSE} jupyter.diagnostics('warn'); 0`, "globalThis.ran = 'b'", "globalThis.ran += 'c'"]);
  expect(await statuses(right)).toEqual(['ok', 'ok', 'ok']);
  expect(await shown('globalThis.ran')).toBe("'bc'");
});

test('comm messages and completion do not wait for the queue', async () => {
  const client = await start();
  await client.execute(
    `const order = []; const heard = Promise.withResolvers();
Comm.registerTarget('t', (comm) => { comm.onMessage(() => heard.resolve(order.push('comm'))) })`,
  );
  client.send('comm_open', { comm_id: 'c', target_name: 't', data: {} });
  const ids = send([
    // It goes on only once the message has come.
    "order.push('first'); console.log('in'); await heard.promise; 0",
    "order.push('second')",
    "order.push('third')",
  ]);
  await client.until(({ parent_header, header }) => parent_header.msg_id === ids[0] && header.msg_type === 'stream');
  const completed = await client.request('complete_request', { code: 'ord', cursor_pos: 3 });
  expect(completed.reply.content.matches).toContain('order');
  client.send('comm_msg', { comm_id: 'c', data: {} });
  await finished(ids);
  expect(await shown("order.join(' ')")).toBe("'first comm second third'");
});

test('timers have their turn between two cells of a long queue', async () => {
  await start();
  const ids = send([
    'let fired = -1; let at = 0; setTimeout(() => { fired = at }, 0); 0',
    ...Array(30).fill('at += 1; 0'),
  ]);
  expect(new Set(await statuses(ids))).toEqual(new Set(['ok']));
  expect(Number(await shown('fired'))).toBeGreaterThanOrEqual(0);
  expect(Number(await shown('fired'))).toBeLessThan(30);
});

test('a shutdown begins none of those that wait', async () => {
  const client = await start();
  const file = join(folder, 'shutdown');
  writeFileSync(file, '');
  await client.execute(
    "import fs from 'node:fs'; import { coroutine, createTask, sleep } from 'cokernel';" +
      'createTask(coroutine(async () => { try { await sleep(100) } finally { await sleep(0.3) } })()); 0',
  );
  const note = (text: string) => `fs.appendFileSync(${JSON.stringify(file)}, '${text} ');`;
  const ids = send([`try { await new Promise(() => {}) } catch { ${note('caught')} }`, note('second'), note('third')]);
  await client.until(
    ({ parent_header, header }) => parent_header.msg_id === ids[0] && header.msg_type === 'execute_input',
  );
  await client.request('complete_request', { code: 'f', cursor_pos: 1 });
  client.send('shutdown_request', { restart: false }, { channel: 'control' });
  expect(await kernel.exited).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('caught ');
});

test('where nobody is there, cells run while TypeScript looks at earlier ones, and replies come in the order of the cells', async () => {
  const client = await start('warn');
  const cells = [`${stopServer(1.5)} const wrong: number = 'x';`, 'Date.now()', '', "throw new Error('x')", '1'];
  const before = client.received.length;
  const began = Date.now();
  const ids = send(cells, { allow_stdin: false });
  expect(await statuses(ids)).toEqual(['ok', 'ok', 'ok', 'error', 'aborted']);
  const received = client.received.slice(before);
  const at = (fits: (message: Received) => boolean): number => received.findIndex(fits);
  const replies = ids.map((id) =>
    at(({ channel, parent_header }) => channel === 'shell' && parent_header.msg_id === id),
  );
  expect(replies).toEqual(replies.toSorted((a, b) => a - b));
  const warning = at(({ content }) => content.name === 'stderr' && content.text.includes('TS2322'));
  expect(received[warning]?.parent_header.msg_id).toBe(ids[0]);
  const idles = ids.map((id) =>
    at(({ content, parent_header }) => content.execution_state === 'idle' && parent_header.msg_id === id),
  );
  // Each channel keeps its own order, so iopub is compared with iopub.
  expect(warning).toBeLessThan(idles[0] as number);
  const result = received.find(({ header }) => header.msg_type === 'execute_result');
  expect(Number(result?.content.data['text/plain']) - began).toBeLessThan(1500);
});
