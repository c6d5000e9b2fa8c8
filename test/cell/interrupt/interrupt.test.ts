// Interrupts, through a real kernel: whatever runs is stopped, its finally blocks run, and the notebook goes on.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Exchange, type KernelProcess, startKernelProcess, textOf } from '../../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'interrupt' } });
  await kernel.client.execute("import { coroutine, sleep, createTask } from 'cokernel'; let kept = 1;");
});
afterAll(() => kernel.stop());

/** Executes, and interrupts when the cell has said that it is about to be stuck. */
async function interrupted(code: string, options: { readonly times?: number } = {}): Promise<Exchange> {
  const { client } = kernel;
  const id = client.send('execute_request', { code, allow_stdin: true });
  await client.until(
    ({ header, parent_header, content }) =>
      parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes('stuck'),
  );
  for (let time = 0; time < (options.times ?? 1); time++) {
    client.send('interrupt_request', {}, { channel: 'control' });
  }
  return client.finished(id);
}

async function expectAlive(): Promise<void> {
  const { reply, outputs } = await kernel.client.execute('kept + 1');
  expect(reply.content.status).toBe('ok');
  expect(outputs.at(-1)?.content.data['text/plain']).toBe('2');
}

const STUCK: Readonly<Record<string, string>> = {
  'a synchronous loop': "console.log('stuck'); for (;;) {}",
  'a loop in a function': "const f = () => { console.log('stuck'); while (true); }; f()",
  'a loop after an await': "await null; await sleep(0.001); console.log('stuck'); for (;;) {}",
  'a microtask loop': "console.log('stuck'); const again = () => Promise.resolve().then(again); await again()",
  'an optimised async Function that awaits for ever': `
    const Async = Object.getPrototypeOf(async function () {}).constructor;
    await new Async('say', 'for (let n = 0; ; n++) { if (n === 2_000_000) say(); await null }')(() => console.log('stuck'))`,
  'a loop of awaits that never suspend': "console.log('stuck'); while (true) await null",
  'a loop of awaits of settled promises': "console.log('stuck'); while (true) await Promise.resolve()",
  'a recursion of such awaits':
    "console.log('stuck'); const deeper = coroutine(async () => { await null; await deeper(); }); await deeper()",
  'a recursion of such awaits in a task of the cell':
    "console.log('stuck'); const further = coroutine(async () => { await null; await further(); }); createTask(further()); await sleep(1000)",
  'a task of the cell in a loop of such awaits, while the cell waits for something else':
    "console.log('stuck'); createTask(coroutine(async () => { while (true) await null; })()); await sleep(1000)",
  'a task that begins eagerly in a loop of such awaits':
    "console.log('stuck'); createTask(coroutine(async () => { while (true) await null; })(), { eagerStart: true }); await sleep(1000)",
  'a loop of sleeps': "console.log('stuck'); while (true) await sleep(0)",
  'a plain async function in a loop': "console.log('stuck'); await (async () => { for (;;) await null; })()",
  'an await that never settles': "console.log('stuck'); await new Promise(() => {})",
  'a sleep': "console.log('stuck'); await sleep(1000)",
  'a task that sleeps': "console.log('stuck'); await createTask(sleep(1000))",
  'a regular expression that explodes': "console.log('stuck'); /^(a+)+$/.test('a'.repeat(60) + 'b')",
  'a prompt': "console.log('stuck'); prompt('?')",
  'an input': "console.log('stuck'); await input('?')",
  'a loop of ticks':
    "console.log('stuck'); const tick = () => process.nextTick(tick); tick(); await new Promise(() => {})",
  'an optimised chain of promises that a tick began': `
    let links = 0; const link = () => { if (++links === 500_000) console.log('stuck'); return Promise.resolve().then(link); };
    process.nextTick(link); await new Promise(() => {})`,
  'an optimised chain of promises that a timer began': `
    let begun = 0; const chain = () => { if (++begun === 500_000) console.log('stuck'); return Promise.resolve().then(chain); };
    setTimeout(chain, 1); await new Promise(() => {})`,
  'an optimised chain of promises that its body has left': `
    let kept1 = 0; const left = () => { if (++kept1 === 500_000) console.log('stuck'); return Promise.resolve().then(left); };
    left(); kept`,
  'a stream without end': `
    let chunks = 0; const source = { pull(to) { if (++chunks === 100_000) console.log('stuck'); to.enqueue(1) } };
    await new ReadableStream(source).pipeTo(new WritableStream())`,
  'plain awaits that its body has left': "console.log('stuck'); (async () => { for (;;) await null })(); kept",
  'a getter that loops, while its value is shown':
    "({ [Symbol.for('Jupyter.display')]() { console.log('stuck'); for (;;) {} } })",
};

test.each(Object.entries(STUCK))('%s is stopped, with KeyboardInterrupt, and the variables stay', async (_, code) => {
  const { reply } = await interrupted(code);
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  await expectAlive();
});

test('a task of an earlier cell that keeps awaiting plain values holds up a cell, and is stopped with it', async () => {
  const { client } = kernel;
  await client.execute('createTask(coroutine(async () => { while (true) await null; })());');
  const id = client.send('execute_request', { code: 'kept' });
  await client.until(({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === 'execute_input');
  client.send('interrupt_request', {}, { channel: 'control' });
  const { reply } = await client.finished(id);
  expect(reply.content.ename).toBe('KeyboardInterrupt');
  await expectAlive();
});

test('the traceback of an interrupted loop shows its line', async () => {
  // It prints in the loop: an interrupt that comes while a line above still runs is shown there.
  const { reply } = await interrupted("1;\n\nfor (let round = 0; ; round++) if (round === 1e6) console.log('stuck');");
  expect(reply.content.traceback.join('\n')).toContain(':3');
});

test('finally blocks run around an await', async () => {
  const { reply, outputs } = await interrupted(
    "try { console.log('stuck'); await sleep(1000) } finally { await sleep(0.01); console.log('tidied up') }",
  );
  expect(reply.content.ename).toBe('KeyboardInterrupt');
  expect(textOf(outputs)).toContain('tidied up');
});

test('finally blocks run around a synchronous loop, and their own loops too', async () => {
  const { reply, outputs } = await interrupted(
    "try { console.log('stuck'); for (;;) {} } finally { for (let i = 0; i < 3; i++) console.log('tidied', i) }",
  );
  expect(reply.content.ename).toBe('KeyboardInterrupt');
  expect(textOf(outputs)).toContain('tidied 2');
});

test('a cell that swallows the error and loops on is stopped all the same', async () => {
  const { reply } = await interrupted("console.log('stuck'); while (true) { try { for (;;) {} } catch {} }");
  expect(reply.content.ename).toBe('KeyboardInterrupt');
  await expectAlive();
});

test('a finally block that hangs is given up at the second interrupt', async () => {
  const { client } = kernel;
  const logged = kernel.log().length;
  const id = client.send('execute_request', {
    code: "try { console.log('stuck'); await sleep(1000) } finally { console.log('in finally'); await sleep(1000) }",
  });
  const said = (text: string) =>
    client.until(
      ({ parent_header, header, content }) =>
        parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes(text),
    );
  await said('stuck');
  client.send('interrupt_request', {}, { channel: 'control' });
  await said('in finally');
  // Sooner, it would be the same press.
  await delay(600);
  client.send('interrupt_request', {}, { channel: 'control' });
  const { reply } = await client.finished(id);
  expect(reply.content.ename).toBe('KeyboardInterrupt');
  await expectAlive();
  // Not at the end of its two seconds.
  const steps = [
    ...kernel
      .log()
      .slice(logged)
      .matchAll(/interrupt \d+ raised|has had its time/g),
  ].map(([step]) => step);
  expect(steps.map((step) => step.replace(/\d+/, 'n'))).toEqual([
    'interrupt n raised',
    'interrupt n raised',
    'has had its time',
  ]);
});

test('ten interrupts in a row leave the notebook as it was', async () => {
  for (let round = 0; round < 10; round++) {
    const { reply } = await interrupted(
      round % 2 ? "console.log('stuck'); for (;;) {}" : "console.log('stuck'); /^(a+)+$/.test('a'.repeat(60) + 'b')",
    );
    expect(reply.content.ename).toBe('KeyboardInterrupt');
  }
  await expectAlive();
});

test('what is queued behind an interrupted cell is aborted', async () => {
  const { client } = kernel;
  const id = client.send('execute_request', { code: "console.log('stuck'); for (;;) {}" });
  const queued = client.send('execute_request', { code: 'kept = 99' });
  await client.until(({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === 'stream');
  client.send('interrupt_request', {}, { channel: 'control' });
  await client.finished(id);
  expect((await client.finished(queued)).reply.content.status).toBe('aborted');
  await expectAlive();
});

test('a loop in a timer of an ended cell is stopped, and told under that cell', async () => {
  const { client } = kernel;
  const id = client.send('execute_request', { code: "setTimeout(() => { console.log('stuck'); for (;;) {} }, 1); 0" });
  await client.finished(id);
  const under = (text: string) =>
    client.until(
      ({ parent_header, header, content }) =>
        parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes(text),
    );
  await under('stuck');
  client.send('interrupt_request', {}, { channel: 'control' });
  await under('KeyboardInterrupt');
  await expectAlive();
});

test('an interrupt with nothing to stop changes nothing', async () => {
  await kernel.client.request('interrupt_request', {}, { channel: 'control' });
  await expectAlive();
});

test('tasks of other cells live through an interrupt', async () => {
  const { client } = kernel;
  await client.execute(
    'let ticks = 0; const ticker = createTask(coroutine(async () => { for (;;) { ticks++; await sleep(0.005); } })())',
  );
  await interrupted("console.log('stuck'); await sleep(1000)");
  await interrupted("console.log('stuck'); /^(a+)+$/.test('a'.repeat(60) + 'b')");
  const { outputs } = await client.execute(
    'const before = ticks; await sleep(0.05); const more = ticks > before; ticker.cancel(); more',
  );
  expect(outputs.at(-1)?.content.data['text/plain']).toBe('true');
});

test('all that a cell printed shows while it spins, once and in order', async () => {
  const { client } = kernel;
  const lines = Array.from({ length: 1_000 }, (_, line) => `line ${line}\n`).join('');
  const id = client.send('execute_request', {
    code: "for (let line = 0; line < 1_000; line++) console.log('line', line); for (;;) {}",
  });
  await client.until(
    ({ parent_header, header, content }) =>
      parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes('line 999'),
  );
  client.send('interrupt_request', {}, { channel: 'control' });
  expect(textOf((await client.finished(id)).outputs)).toBe(lines);
});

test('an end soon after an interrupt says nothing of debuggers', async () => {
  for (const wait of ['', 'await sleep(0.5)']) {
    await interrupted("console.log('stuck'); for (;;) {}");
    await kernel.client.execute(wait);
    const { outputs } = await kernel.client.execute('process.exit(3)');
    expect(textOf(outputs, 'stderr')).toBe('');
    await kernel.client.execute("import { coroutine, sleep, createTask } from 'cokernel'; let kept = 1;");
  }
});
