// What a termination must not take from the tasks of other cells: V8 drops the microtasks of the turn that it ends, among
// them those that report a settled native promise.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess, textOf } from '../../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess();
  await kernel.client.execute("import { coroutine, createTask, timeout } from 'cokernel';");
});
afterAll(() => kernel.stop());

async function interrupted(code: string): Promise<string> {
  const { client } = kernel;
  const id = client.send('execute_request', { code });
  await client.until(
    ({ header, parent_header, content }) =>
      parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes('stuck'),
  );
  client.send('interrupt_request', {}, { channel: 'control' });
  return (await client.finished(id)).reply.content.ename;
}

test('a task that waits for a native promise gets its value, although it was settled in a turn of another cell that was terminated', async () => {
  const { client } = kernel;
  await client.execute(`
    let settle;
    const promise = new Promise((resolve) => { settle = resolve; });
    const waits = createTask(coroutine(async () => 'got ' + (await promise))());
    const guarded = createTask(coroutine(async () => {
      try { await promise; } finally { return 'tidied'; }
    })());
  `);
  // The microtask that reports the settlement is queued behind the one that is terminated.
  const stuck = "Promise.resolve().then(() => { console.log('stuck'); /^(a+)+$/.test('a'.repeat(60) + 'b'); });";
  expect(await interrupted(`${stuck} settle('there'); await new Promise(() => {});`)).toBe('KeyboardInterrupt');
  const { reply, outputs } = await client.execute(
    'console.log(await timeout(5, async () => [await waits, await guarded].join()));',
  );
  expect(reply.content.status).toBe('ok');
  expect(textOf(outputs)).toBe('got there,tidied\n');
});

test('a promise that is settled only after the termination arrives once', async () => {
  const { client } = kernel;
  await client.execute(`
    let arrived = 0;
    let settleLater;
    const later = new Promise((resolve) => { settleLater = resolve; });
    const counts = createTask(coroutine(async () => { await later; arrived += 1; return arrived; })());
  `);
  for (let round = 0; round < 2; round++) {
    expect(await interrupted("console.log('stuck'); /^(a+)+$/.test('a'.repeat(60) + 'b')")).toBe('KeyboardInterrupt');
  }
  const { reply, outputs } = await client.execute(
    'settleLater(); console.log(await timeout(5, async () => await counts), arrived);',
  );
  expect(reply.content.status).toBe('ok');
  expect(textOf(outputs)).toBe('1 1\n');
});

test('what Node loads at the first fetch is whole, although that cell is terminated meanwhile', async () => {
  // The termination comes 100 ms after the interrupt, and Node loads for 40 ms or more.
  const code = `console.log('stuck'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 80);
    fetch('data:,x'); /^(a+)+$/.test('a'.repeat(60) + 'b')`;
  expect(await interrupted(code)).toBe('KeyboardInterrupt');
  const { outputs } = await kernel.client.execute("await (await fetch('data:,whole')).text()");
  expect(outputs.at(-1)?.content.data?.['text/plain']).toBe("'whole'");
});

test('intrusions that arrive together take nothing from what Node reads, while no code of a person runs', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'idle-thread.ts')]);
  let said = '';
  child.stdout.on('data', (text) => {
    said += String(text);
  });
  // A write may meet its end.
  child.stdin.on('error', () => {});
  let line = 0;
  const writing = setInterval(() => child.stdin.write(`${++line}\n`), 1);
  await once(child, 'close');
  clearInterval(writing);
  expect(JSON.parse(said)).toEqual({ read: true, lost: 0, terminations: 0 });
});
