// COKERNEL_TRACE: which topics a value turns on, and what a real kernel then writes to its log.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openTraceLog, shortId, traceLog } from '../runtime/trace-log.ts';
import { end, temporaryFolder } from './cli/cokernel.ts';
import { cleanUp, type KernelProcess, startKernelProcess, textOf } from './client.ts';

afterEach(() => {
  cleanUp();
  openTraceLog(undefined, () => {});
});

const topicsOf = (value: string | undefined): string[] => {
  openTraceLog(value, () => {});
  return Object.entries(traceLog).flatMap(([topic, print]) => (print === undefined ? [] : topic));
};

test('without COKERNEL_TRACE every topic is off', () => {
  expect(topicsOf(undefined)).toEqual([]);
  expect(topicsOf('')).toEqual([]);
});

test('the topics that the value names are on, and their lines begin with the topic', () => {
  const lines: string[] = [];
  expect(openTraceLog(' queue, loop', (line) => lines.push(line))).toBeUndefined();
  for (const print of Object.values(traceLog)) print?.('a line');
  expect(lines).toEqual(['queue: a line', 'loop: a line']);
});

test('a name that is no topic gives a warning that lists the topics, and the other names count', () => {
  const warning = openTraceLog('wires,queue', () => {});
  expect(warning).toBe('COKERNEL_TRACE may name wire, queue, interrupt, loop, separated by commas, but names "wires"');
  expect(topicsOf('wires,queue')).toEqual(['queue']);
});

test('a long message id is shortened to its beginning and its end', () => {
  expect(shortId('short')).toBe('short');
  expect(shortId('0123456789abcdef0123456789abcdef_42')).toBe('01234567…def_42');
});

/** The lines of one topic, without the time and the topic. */
const linesOf = (kernel: KernelProcess, topic: string): string[] =>
  [...kernel.log().matchAll(/^\[cokernel [^\]]+\] (\w+): (.*)$/gm)].flatMap(([, name, line]) =>
    name === topic ? [line ?? ''] : [],
  );

/** The first pattern that no line matches after the lines of those before it; undefined if all are found in order. */
function missing(lines: readonly string[], patterns: readonly RegExp[]): RegExp | undefined {
  let from = 0;
  return patterns.find((pattern) => {
    const at = lines.findIndex((line, index) => index >= from && pattern.test(line));
    from = at + 1;
    return at === -1;
  });
}

/** Resolves when the lines of a topic match all patterns in order. The log comes by a pipe of its own, maybe later. */
async function logged(kernel: KernelProcess, topic: string, patterns: readonly RegExp[]): Promise<void> {
  for (const end = Date.now() + 10_000; missing(linesOf(kernel, topic), patterns) !== undefined; ) {
    if (Date.now() > end) {
      const lines = linesOf(kernel, topic);
      throw new Error(`${missing(lines, patterns)} was expected, in order, in:\n${lines.join('\n')}`);
    }
    await delay(10);
  }
}

const printed = async (kernel: KernelProcess, text: string): Promise<void> => {
  await kernel.client.until(({ header, content }) => header.msg_type === 'stream' && content.text.includes(text));
};

describe('a real kernel', () => {
  test('is silent without COKERNEL_TRACE', async () => {
    const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: undefined } });
    await kernel.client.execute('1 + 1');
    await kernel.stop();
    expect(kernel.log()).toBe('');
  });

  test('warns of a bad value in its log and in the first cell', async () => {
    const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'everything' } });
    const { outputs } = await kernel.client.execute('1');
    expect(textOf(outputs, 'stderr')).toMatch(/RuntimeWarning: COKERNEL_TRACE may name wire, queue, interrupt, loop,/);
    expect(kernel.log()).toMatch(/COKERNEL_TRACE may name .* but names "everything"\n$/);
    await kernel.stop();
  });

  test('prints each message in and out, with its socket, type, id and size, to the file of --log', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cokernel-trace-'));
    const file = join(folder, 'kernel.log');
    const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'wire' }, args: ['--log', file] });
    const { reply } = await kernel.client.execute('1 + 1');
    await kernel.stop();
    expect(kernel.log()).toBe('');
    const lines = readFileSync(file, 'utf8').split('\n');
    rmSync(folder, { recursive: true });
    const request = shortId(String(reply.parent_header.msg_id));
    const patterns = [
      new RegExp(`wire: in shell, execute_request, ${request}, \\d+ bytes$`),
      /wire: out iopub, status busy, \S+, \d+ bytes$/,
      /wire: out iopub, execute_result, /,
      new RegExp(`wire: out shell, execute_reply, ${shortId(reply.header.msg_id)}, `),
      /wire: out iopub, status idle, /,
    ];
    expect([missing(lines, patterns), lines]).toEqual([undefined, lines]);
  });

  test('prints the way of cells through the queue, also of those that are put in flight and then aborted', async () => {
    const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'queue' } });
    const { client } = kernel;
    const send = (code: string) => client.send('execute_request', { code, allow_stdin: true });
    const ids = ["throw new Error(await input('go?'))", '2', '3 +'].map(send);
    const [first, second, third] = ids.map(shortId);
    // The first cell goes on when the second is in flight.
    const question = await client.until(({ header }) => header.msg_type === 'input_request');
    await logged(kernel, 'queue', [/^execution 2 put in flight before its turn$/]);
    client.send('input_reply', { value: 'no' }, { channel: 'stdin', parent: question.header });
    await client.finished(ids[2] ?? '');
    await logged(kernel, 'queue', [
      new RegExp(`^request ${first} arrived, 0 before it$`),
      new RegExp(`^request ${first} begins its turn$`),
      new RegExp(`^execution 1 is request ${first}, Cell \\[1\\]$`),
      /^execution 1 put in flight in its turn$/,
      new RegExp(`^execution 2 is request ${second}, Cell \\[2\\]$`),
      /^execution 2 put in flight before its turn$/,
      /^execution 1 ended, Error$/,
      new RegExp(`^request ${first} replied, error$`),
      new RegExp(`^request ${second} aborted$`),
      new RegExp(`^request ${third} aborted$`),
    ]);
    await logged(kernel, 'queue', [/^Cell \[3\] does not compile$/]);
    await kernel.stop();
  });

  test('prints the way of an interrupt that a check in a loop consumes', async () => {
    const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'interrupt' } });
    const { client } = kernel;
    const id = client.send('execute_request', { code: "console.log('spinning'); for (;;) {}" });
    await printed(kernel, 'spinning');
    client.send('interrupt_request', {}, { channel: 'control' });
    await client.finished(id);
    await logged(kernel, 'interrupt', [
      /^interrupt 1 requested, for executions up to 1$/,
      /^interrupt 1 raised$/,
      /^interrupt 1 consumed by a check in a loop$/,
      /^execution 1 ended after its interrupt$/,
    ]);
    // The watcher says so on a pipe of its own.
    await logged(kernel, 'interrupt', [/^interrupt 1 shown to the main thread$/]);
    await kernel.stop();
  });

  test('prints that V8 terminates a regular expression, and that a native call gets a signal', async () => {
    const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'interrupt' } });
    const { client } = kernel;
    const native = "import { execSync } from 'node:child_process'; console.log('native'); execSync('sleep 20');";
    for (const code of ["console.log('regex'); /(a+)+b/.test('a'.repeat(60))", native]) {
      const id = client.send('execute_request', { code });
      await printed(kernel, code === native ? 'native' : 'regex');
      client.send('interrupt_request', {}, { channel: 'control' });
      await client.finished(id);
    }
    await logged(kernel, 'interrupt', [
      /^interrupt 1 is not over: V8 terminates what runs, if that is still due$/,
      /^V8 terminated Cell \[1\]$/,
      /^interrupt 1 consumed by a termination$/,
      /^interrupt 2 requested, for executions up to 2$/,
      /^interrupt 2 was not consumed: SIGINT to the process group$/,
    ]);
    await kernel.stop();
  });

  test('prints turns, passes and steps with the names of the tasks, while a cell spins too', async () => {
    const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'loop' } });
    const { client } = kernel;
    await client.execute(
      "import { createTask, sleep } from 'cokernel'; await createTask(sleep(0.01), { name: 'napper' });",
    );
    client.send('execute_request', { code: "console.log('spinning'); for (;;) {}" });
    await printed(kernel, 'spinning');
    await logged(kernel, 'loop', [
      /^turn begins$/,
      /^pass \d+$/,
      /^napper created by Cell \[1\]$/,
      /^Cell \[1\] waits for task napper$/,
      /^napper waits for sleep\(0\.01\)$/,
      /^turn ends, at pass \d+$/,
      /^napper ready, by timer$/,
      /^napper done$/,
      /^Cell \[1\] ready, by napper$/,
      /^Cell \[1\] done$/,
      /^Cell \[2\] runs$/,
    ]);
    client.send('interrupt_request', {}, { channel: 'control' });
    await kernel.stop();
  });

  test('traces its loop beside a picture of the same tasks, and after it', async () => {
    const kernel = await startKernelProcess({ env: { COKERNEL_TRACE: 'loop' } });
    const names = "import { createTask, sleep } from 'cokernel'; import { trace } from 'cokernel/picture';";
    const { outputs } = await kernel.client.execute(`${names} (await trace(sleep(0.01))).model.lanes.length`);
    const result = outputs.find(({ header }) => header.msg_type === 'execute_result');
    expect(result?.content.data['text/plain']).toBe('1');
    await kernel.client.execute("await createTask(sleep(0), { name: 'later' })");
    await logged(kernel, 'loop', [/waits for sleep\(0\.01\)$/, /^later done$/]);
    await kernel.stop();
  });
});

test('cokernel run passes the lines of its kernels on to its own stderr', async () => {
  using temporary = temporaryFolder();
  const file = join(temporary.path, 'one.md');
  writeFileSync(file, '```ts\n1 + 1\n```\n');
  const cli = join(import.meta.dirname, '..', 'dist', 'kernel', 'cli.js');
  const args = [cli, 'run', file, '--out', temporary.path];
  const { code, stderr } = await end(process.execPath, args, { ...process.env, COKERNEL_TRACE: 'queue' });
  expect([code, stderr]).toEqual([0, expect.stringMatching(/\] queue: execution 1 ended, ok\n/)]);
});
