// Awaits of plain values, through a real cell process: microtasks run before each goes on, also where a row of them stays
// within one entry of the guard; and no other task of the loop does.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess } from '../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  await kernel.client.execute("import { coroutine, createTask, sleep } from 'cokernel'");
});
afterAll(() => kernel.stop());

async function shown(code: string): Promise<string> {
  const { outputs, reply } = await kernel.client.execute(code);
  expect(reply.content.evalue).toBeUndefined();
  return String(outputs.at(-1)?.content.data['text/plain']);
}

/** Each queues a call of `note` as a microtask. */
const WAYS: Readonly<Record<string, string>> = {
  'a reaction of a settled promise': 'void settled.then(note)',
  'a promise that is settled, and had a reaction': 'resolves[i]()',
  'an async function': '(async () => { await null; note(); })()',
  queueMicrotask: 'queueMicrotask(note)',
  'a chain of reactions': 'void settled.then(() => {}).then(() => {}).then(note)',
};

test.each(Object.entries(WAYS))(
  '%s runs before the next await of a plain value ends, however many went before',
  async (name, queue) => {
    // A chain takes an await for each of its links.
    const more = name.startsWith('a chain') ? ' await 0; await 0;' : '';
    const code = `{
    const settled = Promise.resolve();
    let noted = 0;
    const note = () => void noted++;
    const resolves = [];
    for (let i = 0; i < 100; i++) void new Promise((resolve) => resolves.push(resolve)).then(note);
    const wrong = [];
    for (let i = 0; i < 100; i++) {
      for (let quiet = 0; quiet < i % 20; quiet++) await quiet;
      ${queue};
      await i;${more}
      if (noted !== i + 1) wrong.push(i);
    }
    globalThis.wrong = wrong.join();
  }
  globalThis.wrong`;
    expect(await shown(code)).toBe("''");
  },
);

test.each([
  ['plain values', 'i'],
  ['settled promises', 'Promise.resolve(i)'],
  ['calls of async functions that do not pause', '(async () => i)()'],
])('no other task runs in a row of awaits of %s, and each gets its turn after it', async (_, value) => {
  const code = `
    const order = [];
    const others = [1, 2].map((n) => createTask(coroutine(async () => void order.push(n))()));
    for (let i = 0; i < 5000; i++) await ${value};
    order.push('row');
    await sleep(0);
    order.join()`;
  expect(await shown(code)).toBe("'row,1,2'");
});

test('timers and I/O have their turn in a row without end', async () => {
  const code = `
    let fired = false;
    setTimeout(() => void (fired = true), 5);
    while (!fired) await null;
    fired`;
  expect(await shown(code)).toBe('true');
});

test('an error that is thrown after a row, and one that is caught in it, are where they belong', async () => {
  const code = `
    let caught = 0;
    for (let i = 0; i < 50; i++) { try { if ((await i) % 2) throw new Error('odd'); } catch { caught++; } }
    caught`;
  expect(await shown(code)).toBe('25');
  const { reply } = await kernel.client.execute(
    "for (let i = 0; ; i++) if ((await i) === 50) throw new Error('fifty')",
  );
  expect(reply.content.evalue).toBe('fifty');
});

test('the loop enters anew for few of a row of awaits: each entry queues a microtask, which makes a promise', async () => {
  const code = `
    const { promiseHooks } = await import('node:v8');
    let made = 0;
    const stop = promiseHooks.onInit(() => void made++);
    for (let i = 0; i < 20000; i++) await i;
    stop();
    made < 2000 || made`;
  expect(await shown(code)).toBe('true');
});
