// Cells of a subshell in a real kernel: they run while another cell awaits, share its names, and are ended as any code.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, type Received, startKernelProcess, textOf } from '../client.ts';

let kernel: KernelProcess;
let subshell: string;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  const { reply } = await kernel.client.request('create_subshell_request', {}, { channel: 'control' });
  subshell = reply.content.subshell_id;
});
afterAll(() => kernel.stop());

const beside = (code: string, content = {}) =>
  kernel.client.request('execute_request', { code, ...content }, { header: { subshell_id: subshell } });

test('a cell of a subshell runs while another awaits, sees and declares names, prints, and has a result', async () => {
  await kernel.client.execute("import { Event, sleep } from 'cokernel'; const gate = new Event(); let seen = 1");
  const waiting = kernel.client.execute("await gate.wait(); 'opened'");
  const { reply, outputs } = await beside(
    "console.log('beside', seen); await sleep(0.01); const made = 2; gate.set(); made + seen",
    {
      user_expressions: { twice: 'made * 2', wrong: 'nothing' },
    },
  );
  expect(reply.content).toMatchObject({
    status: 'ok',
    user_expressions: {
      twice: { status: 'ok', data: { 'text/plain': '4' } },
      wrong: { status: 'error', ename: 'ReferenceError' },
    },
  });
  expect(textOf(outputs)).toBe('beside 1\n');
  expect(outputs.find(({ header }) => header.msg_type === 'execute_result')?.content.data['text/plain']).toBe('3');
  expect((await waiting).reply.content.status).toBe('ok');
  const after = await kernel.client.execute('made');
  expect(after.reply.content.status).toBe('ok');
});

test('what it has yet to declare stays undeclared while other cells end, and no longer than it runs', async () => {
  await kernel.client.execute("import { Event as Gate } from 'cokernel'; const began = new Gate(), go = new Gate();");
  const early = 'function later() { return yet }';
  const waiting = beside(`${early} began.set(); await go.wait(); let yet = 7; later()`);
  await kernel.client.execute('await began.wait(); let own = 1; own');
  const { reply } = await kernel.client.execute('later()');
  expect(reply.content).toMatchObject({
    ename: 'ReferenceError',
    evalue: "Cannot access 'yet' before initialization",
  });
  await kernel.client.execute('go.set()');
  const { outputs } = await waiting;
  expect(outputs.find(({ header }) => header.msg_type === 'execute_result')?.content.data['text/plain']).toBe('7');
  await beside('function never() { return missing } throw 1; let missing = 2;');
  expect((await kernel.client.execute('never()')).reply.content.evalue).toBe('missing is not defined');
});

test('its error has its place, and one that does not compile is an error too', async () => {
  const { reply } = await beside("let a = 1;\nthrow new RangeError('no')");
  expect(reply.content).toMatchObject({ status: 'error', ename: 'RangeError', evalue: 'no' });
  expect(reply.content.traceback.join('\n')).toMatch(/Subshell cell \[\d+\]:2:7/);
  expect((await beside('let = =')).reply.content.ename).toBe('SyntaxError');
});

test('one that awaits is interrupted, with the cell of the main queue or alone, and its clean-up runs', async () => {
  const endless = "try { await new Promise(() => {}) } finally { console.log('tidied') }";
  for (const main of ['await new Promise(() => {})', undefined]) {
    const waiting = beside(`began.set(); ${endless}`);
    await kernel.client.execute('await began.wait(); began.clear()');
    const cell = main && kernel.client.send('execute_request', { code: main });
    const begins = ({ header, parent_header }: Received) =>
      parent_header.msg_id === cell && header.msg_type === 'execute_input';
    if (cell) await kernel.client.until(begins);
    await kernel.client.request('interrupt_request', {}, { channel: 'control' });
    const { reply, outputs } = await waiting;
    expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
    expect(textOf(outputs)).toBe('tidied\n');
    if (cell) expect((await kernel.client.finished(cell)).reply.content.ename).toBe('KeyboardInterrupt');
  }
});

test('one that spins is interrupted, and one whose process ends says so', async () => {
  const spinning = beside('for (;;) {}');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await kernel.client.request('interrupt_request', {}, { channel: 'control' });
  expect((await spinning).reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  expect((await beside('process.exit(3)')).reply.content).toMatchObject({ status: 'error' });
  expect((await beside('6 * 7')).reply.content.status).toBe('ok');
});
