// Clean-up after an interrupt, and what must not be hit by it, through a real kernel.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Exchange, type KernelProcess, startKernelProcess, textOf } from '../../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  await kernel.client.execute("import { coroutine, sleep, createTask } from 'cokernel'; let kept = 1;");
});
afterAll(() => kernel.stop());

const press = () => kernel.client.send('interrupt_request', {}, { channel: 'control' });

/** Resolves when the cell has printed that. */
const said = (id: string, text: string) =>
  kernel.client.until(
    ({ parent_header, header, content }) =>
      parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes(text),
  );

/** Executes, and interrupts once when the cell has said that it is stuck. */
async function interrupted(code: string): Promise<Exchange> {
  const id = kernel.client.send('execute_request', { code });
  await said(id, 'stuck');
  press();
  return kernel.client.finished(id, 10_000);
}

test('plain async functions that clean-up calls run to their end', async () => {
  const { reply, outputs } = await interrupted(`
    const tidy = async (what: string) => { await null; await new Promise((r) => setTimeout(r, 5)); console.log('tidied', what) };
    try { console.log('stuck'); await sleep(1000) } finally { await tidy('after an await') }`);
  expect(reply.content.ename).toBe('KeyboardInterrupt');
  expect(textOf(outputs)).toBe('stuck\ntidied after an await\n');
  const { outputs: more } = await interrupted(`
    try { console.log('stuck'); for (;;) {} } finally { await tidy('after a loop') }`);
  expect(textOf(more)).toBe('stuck\ntidied after a loop\n');
});

test('a loop in a function that clean-up calls is not interrupted, though it takes longer than any check', async () => {
  const { outputs } = await interrupted(`
    const work = () => { for (const end = Date.now() + 400; Date.now() < end; ); console.log('worked') };
    try { console.log('stuck'); for (;;) {} } finally { work() }`);
  expect(textOf(outputs)).toBe('stuck\nworked\n');
});

test('clean-up of 0.4 s takes no microtask and no tick from another cell', async () => {
  const { client } = kernel;
  await client.execute(`
    let ticks = 0, micro = 0;
    const tick = () => setTimeout(() => { process.nextTick(() => ticks++); queueMicrotask(() => micro++); tick() }, 5);
    tick();`);
  await interrupted("try { console.log('stuck'); await sleep(1000) } finally { await sleep(0.4) }");
  const { outputs } = await client.execute(
    'const before = [ticks, micro]; await new Promise((r) => setTimeout(r, 50)); [ticks === micro, ticks > before[0]].join()',
  );
  expect(outputs.at(-1)?.content.data['text/plain']).toBe("'true,true'");
});

test('a cell that swallows each interrupt at its awaits is ended by one', async () => {
  for (const code of [
    "console.log('stuck'); for (;;) { try { await new Promise(() => {}) } catch {} }",
    "console.log('stuck'); for (;;) { try { await sleep(1000) } catch {} }",
  ]) {
    const { reply } = await interrupted(code);
    expect(reply.content.ename).toBe('KeyboardInterrupt');
  }
  expect((await kernel.client.execute('kept')).reply.content.status).toBe('ok');
});

// Between the end of its body and its answer a cell waits for some of Node's turns, and messages come between those.
test.each([0, 1, 2])(
  'a message that spins %i turns after an interrupt is ended with the time for clean-up, and the process goes on',
  async (turns) => {
    const { client } = kernel;
    const { reply } = await interrupted(`
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { port1.close(); for (;;) {} };
      let turns = ${turns};
      const send = () => (turns-- > 0 ? setImmediate(send) : port2.postMessage(0));
      try { console.log('stuck'); await sleep(1000) } finally { send() }`);
    expect(reply.content.ename).toBe('KeyboardInterrupt');
    expect(reply.content.evalue).not.toMatch(/its process was ended/);
    // Where the answer was out before, the message spins in front of the next cell.
    const id = client.send('execute_request', { code: 'kept' });
    press();
    await client.finished(id, 10_000);
    const { outputs } = await client.execute('kept');
    expect(outputs.at(-1)?.content.data['text/plain']).toBe('1');
  },
);

test.each([
  ['the result', '({ [Symbol.for("nodejs.util.inspect.custom")]() { console.log("stuck"); for (;;) {} } })'],
  [
    'a display',
    'display({ [Symbol.for("Jupyter.display")]() { return { get "text/plain"() { console.log("stuck"); for (;;) {} } } } }); 1',
  ],
  [
    'what is printed',
    'console.log({ [Symbol.for("nodejs.util.inspect.custom")]() { process.stdout.write("stuck\\n"); for (;;) {} } }); 1',
  ],
])('an interrupt while %s is being shown is the outcome of the cell, and stops those behind it', async (_, code) => {
  const { client } = kernel;
  const id = client.send('execute_request', { code });
  const behind = client.send('execute_request', { code: 'kept = 99' });
  await said(id, 'stuck');
  press();
  expect((await client.finished(id)).reply.content.ename).toBe('KeyboardInterrupt');
  expect((await client.finished(behind)).reply.content.status).toBe('aborted');
});

test('a SIGINT listener of a library hears nothing of the signal that ends a blocking call', async () => {
  const { client } = kernel;
  await client.execute("process.on('SIGINT', () => process.exit(130)); 0");
  const { reply } = await interrupted("console.log('stuck'); require('node:child_process').execSync('sleep 30')");
  expect(reply.content.ename).not.toBe('ProcessExit');
  expect((await client.execute('kept')).outputs.at(-1)?.content.data['text/plain']).toBe('1');
});

test('an interrupt that comes while the process starts is for the cell that waits for it, and ends no process', async () => {
  const own = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  const id = own.client.send('execute_request', { code: 'for (;;) {}' });
  own.client.send('interrupt_request', {}, { channel: 'control' });
  const { reply } = await own.client.finished(id, 10_000);
  expect(reply.content.ename).toBe('KeyboardInterrupt');
  expect(reply.content.evalue).not.toMatch(/process/);
  await own.stop();
});
