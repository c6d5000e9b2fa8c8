// A cell breaks what the kernel's own code stands on. The cells after it are answered, and rightly: by the same process,
// or by a fresh one where Node itself cannot go on. A sample in every run of the tests, all of them with --long.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, cleanUp, type KernelProcess, startKernelProcess, textOf } from '../client.ts';
import { type Sabotage, sabotages } from './sabotage.ts';

/** One of each kind; those that a person comes upon by accident. */
const SAMPLE = new Set([
  ...['Array.prototype.filter throws', 'Array.prototype.map is gone', 'String.prototype.split throws'],
  ...['Array iterators throw', 'Array iterators are empty', 'JSON.stringify is gone', 'JSON.parse throws'],
  ...['Promise.prototype.then throws', 'a then that never calls back', 'every object is a thenable that never settles'],
  ...['globalThis.globalThis = 5', 'process.listeners throws', 'Object.prototype.get = 1', 'Object.entries throws'],
  ...['Object.prototype.return = 1', 'Map.prototype.get throws', 'Buffer.from throws', 'node:fs overridden'],
  ...['Array.prototype.push throws', 'generators do not go on', 'Set.prototype.add throws', 'performance.now throws'],
  ...['all globals gone', 'all prototypes frozen', 'descriptor 4 closed'],
]);
const chosen = process.env.COKERNEL_LONG ? sabotages : sabotages.filter(({ name }) => SAMPLE.has(name));
const LONG_MS = chosen.length * 15_000;

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await startKernelProcess();
});
afterAll(async () => {
  await kernel.stop();
  cleanUp();
});

/** The text of a cell's result; of a cell that failed, its error. */
async function result(client: Client, code: string): Promise<string> {
  const { reply, outputs } = await client.finished(client.send('execute_request', { code }), 10_000);
  if (reply.content.status !== 'ok') return `${reply.content.ename}: ${reply.content.evalue}`;
  const shown = outputs.find(({ header }) => header.msg_type === 'execute_result');
  return String(shown?.content.data['text/plain']) + textOf(outputs);
}

/** Runs a cell that would never end, and interrupts it once it runs. */
async function interrupted(client: Client): Promise<string> {
  const id = client.send('execute_request', { code: 'while (true) {}' });
  await client.until(
    ({ header, parent_header }) => parent_header.msg_id === id && header.msg_type === 'execute_input',
    10_000,
  );
  client.send('interrupt_request', {}, { channel: 'control' });
  return (await client.finished(id, 10_000)).reply.content.ename;
}

/** What the cells after a sabotage say, as in a process that nobody has touched. */
const UNTOUCHED = ['2', "{ a: [ 1, 'b' ] }hi\n", "TypeError: Cannot read properties of undefined (reading 'x')"];

/** Those that a person runs next, one after the other. */
async function next(client: Client): Promise<string[]> {
  return [
    await result(client, '1 + 1'),
    await result(client, 'console.log("hi"); ({ a: [1, "b"] })'),
    await result(client, '(undefined as any).x'),
  ];
}

/** What went wrong; undefined where nothing did. */
async function failureOf({ client }: KernelProcess, { code, tripsNode }: Sabotage): Promise<string | undefined> {
  const pid = await result(client, 'process.pid');
  try {
    await client.finished(client.send('execute_request', { code }), 10_000);
    let answers = await next(client);
    // The first of them may be what the end of the process answers.
    if (tripsNode && answers.some((answer) => /^Process/.test(answer))) answers = await next(client);
    const told = tripsNode ? 1 : UNTOUCHED.length;
    if (answers.slice(0, told).join() !== UNTOUCHED.slice(0, told).join()) return answers.join(' | ');
    const ename = await interrupted(client);
    if (ename !== 'KeyboardInterrupt' && !tripsNode) return `interrupted: ${ename}`;
    return undefined;
  } catch (error) {
    return String(error).split('\n', 1)[0];
  } finally {
    await freshProcess(client, Number(pid));
  }
}

/** Ends the cell process and waits for its heir, in which nothing is broken. */
async function freshProcess(client: Client, pid: number): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
    if ((await result(client, '2 + 2').catch(String)) === '4') return;
  }
  throw new Error('no cell process came back');
}

test(
  `the next cells are right after a cell that breaks what is under the kernel: ${chosen.length} such cells`,
  async () => {
    if (!process.env.COKERNEL_LONG) expect(chosen.map(({ name }) => name)).toHaveLength(SAMPLE.size);
    const failed: string[] = [];
    for (const sabotage of chosen) {
      const failure = await failureOf(kernel, sabotage);
      if (failure !== undefined) failed.push(`${sabotage.name}: ${failure}`);
      if (failure !== undefined && process.env.COKERNEL_LONG) console.warn(failed.at(-1));
    }
    expect(failed).toEqual([]);
  },
  LONG_MS,
);
