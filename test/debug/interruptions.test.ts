// What else can happen while the program stands: stop, disconnect, shutdown, restart, a client that comes back, and the
// end of the process.

import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanUp, textOf } from '../client.ts';
import { attach, type Debugging, debugging } from './debugger.ts';

let on: Debugging;

beforeEach(async () => {
  on = await debugging();
  await on.run("import { coroutine, createTask, sleep, timeout } from 'cokernel'; let kept = 42;");
});
afterEach(async () => {
  await on.kernel.stop();
});
afterAll(cleanUp);

/**
 * Presses stop and waits for the cell. On a machine at rest that takes 10 to 20 ms; that nothing had to be terminated shows
 * in what `finally` prints, and that no process was replaced in what stays.
 */
async function interrupt(run: Promise<unknown>): Promise<void> {
  await on.client.request('interrupt_request', {}, { channel: 'control' });
  await run;
}

const WHERE: Readonly<Record<string, readonly [code: string, line: number]>> = {
  'behind an await': [
    'try {\n  await sleep(0);\n  kept++;\n  await sleep(10);\n} finally { console.log("finally"); }',
    3,
  ],
  'in a loop': ['try {\n  for (;;) {\n    kept++;\n  }\n} finally { console.log("finally"); }', 3],
  'on a line of its own': ['try {\n  kept++;\n  await sleep(10);\n} finally { console.log("finally"); }', 2],
};

for (const [where, [code, line]] of Object.entries(WHERE)) {
  test(`stop ends a cell that stands ${where} at once: finally runs, variables stay`, async () => {
    await on.breakAt(code, line);
    const run = on.run(code);
    await on.stopped();
    await interrupt(run);
    const { reply, outputs } = await run;
    expect(reply.content.ename).toBe('KeyboardInterrupt');
    expect(textOf(outputs)).toBe('finally\n');
    expect(on.events()).toEqual(['initialized', 'stopped', 'continued']);
    expect((await on.run('kept >= 42')).outputs.at(-1)?.content.data['text/plain']).toBe('true');
  });
}

test('stop ends a cell that stands in another task of it; other tasks live on', async () => {
  const code = `const other = coroutine(async () => {
  await sleep(0.01);
  kept++;
  return 'done';
});
const beside = createTask(other());
await sleep(10);`;
  await on.breakAt(code, 3);
  const run = on.run(code);
  await on.stopped();
  await interrupt(run);
  expect((await run).reply.content.ename).toBe('KeyboardInterrupt');
  expect((await on.run('await beside')).outputs.at(-1)?.content.data['text/plain']).toBe("'done'");
});

test('stop ends a cell that stands in its finally', async () => {
  const code = 'try {\n  await sleep(0);\n} finally {\n  kept++;\n  await sleep(10);\n}';
  await on.breakAt(code, 4);
  const run = on.run(code);
  await on.stopped();
  await interrupt(run);
  expect((await run).reply.content.ename).toBe('KeyboardInterrupt');
});

test('a breakpoint in the finally that a stop runs does not hold it up', async () => {
  const code = 'try {\n  kept++;\n  await sleep(10);\n} finally {\n  console.log("finally");\n}';
  await on.breakAt(code, 2, 5);
  const run = on.run(code);
  await on.stopped();
  await interrupt(run);
  expect(textOf((await run).outputs)).toBe('finally\n');
  expect(on.events()).toEqual(['initialized', 'stopped', 'continued']);
});

test('after a stop breakpoints stop again', async () => {
  const code = 'kept++;\nawait sleep(0);';
  await on.breakAt(code, 1);
  const first = on.run(code);
  await on.stopped();
  await interrupt(first);
  const second = on.run(code);
  expect((await on.stopped()).stack).toEqual(['Cell [3]:1']);
  await on.go();
  expect((await second).reply.content.status).toBe('ok');
});

test('a step that a stop cuts off is over: a debugger statement of the next cell stops', async () => {
  const code = 'kept++;\nawait sleep(10);\nkept++;';
  await on.breakAt(code, 2);
  const run = on.run(code);
  await on.stopped();
  await on.body('next', { threadId: 1 });
  await interrupt(run);
  const next = on.run('kept = 7;\ndebugger;\nkept = 8;');
  expect(await on.stopped()).toMatchObject({ reason: 'breakpoint', stack: ['Cell [3]:2'] });
  await on.go();
  expect((await next).reply.content.status).toBe('ok');
});

test('a step from the last line of a cell is over with it: a debugger statement of the next cell stops', async () => {
  const code = 'kept++;\nkept = 5;';
  await on.breakAt(code, 2);
  const run = on.run(code);
  await on.stopped();
  await on.body('next', { threadId: 1 });
  await run;
  const next = on.run('kept = 7;\ndebugger;\nkept = 8;');
  expect(await on.stopped()).toMatchObject({ reason: 'breakpoint', stack: ['Cell [3]:2'] });
  await on.go();
  expect((await next).reply.content.status).toBe('ok');
});

test('while it stands, kernel_info, completion, inspection and the debugger itself answer', async () => {
  await on.breakAt('kept++;', 1);
  const run = on.run('kept++;');
  await on.stopped();
  const info = await on.client.request('kernel_info_request');
  expect(info.reply.content.status).toBe('ok');
  const completed = await on.client.request('complete_request', { code: 'cons', cursor_pos: 4 });
  expect(completed.reply.content.status).toBe('ok');
  expect(
    (await on.client.request('inspect_request', { code: 'kept', cursor_pos: 2, detail_level: 0 })).reply,
  ).toBeDefined();
  await on.go();
  await run;
});

test('disconnect lets the program go on, and the breakpoints are gone', async () => {
  await on.breakAt('kept++;\nkept', 1);
  const run = on.run('kept++;\nkept');
  await on.stopped();
  await on.body('disconnect', { restart: false, terminateDebuggee: false });
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('43');
  expect((await on.body('debugInfo')).isStarted).toBe(false);
  expect((await on.run('kept++;\nkept')).outputs.at(-1)?.content.data['text/plain']).toBe('44');
});

test('a shutdown ends a program that stands at once', async () => {
  await on.breakAt('kept++;', 1);
  on.client.send('execute_request', { code: 'kept++;' });
  await on.stopped();
  const began = performance.now();
  on.client.send('shutdown_request', { restart: false }, { channel: 'control' });
  expect(await on.kernel.exited).toBe(0);
  expect(performance.now() - began).toBeLessThan(1_500);
});

test('a client that comes back finds the stop, its stack, and the breakpoints', async () => {
  await on.breakAt('kept++;', 1);
  const run = on.run('kept++;');
  const { thread } = await on.stopped();
  const info = await on.body('debugInfo');
  expect(info).toMatchObject({ isStarted: true, stoppedThreads: [thread] });
  expect(info.breakpoints).toMatchObject([{ breakpoints: [{ line: 1, verified: true }] }]);
  await attach(on);
  const { stackFrames } = await on.body('stackTrace', { threadId: thread });
  expect(stackFrames).toMatchObject([{ line: 1, source: { name: 'Cell [2]' } }]);
  await on.go();
  expect((await run).reply.content.status).toBe('ok');
});

test('a process that took the place of one that ended stops at the same breakpoints, in its first cell', async () => {
  const code = 'const fresh = 1;\nfresh + 1';
  await on.breakAt(code, 2);
  const exit = await on.run('process.exit(3)');
  expect(exit.reply.content.status).toBe('error');
  const run = on.run(code);
  const { stack } = await on.stopped();
  expect(stack).toEqual(['Cell [3]:2']);
  await on.go();
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('2');
});

test('the memory limit replaces the process, and the breakpoints are set again', async () => {
  const limited = await debugging({ args: ['--memory', '200'] });
  const code = 'const fresh = 1;\nfresh + 1';
  await limited.breakAt(code, 2);
  const full = await limited.run('const all = []; for (;;) all.push(Buffer.alloc(1_000_000, 1));');
  expect(full.reply.content.ename).toBe('OutOfMemory');
  const run = limited.run(code);
  expect((await limited.stopped()).stack).toEqual(['Cell [2]:2']);
  await limited.go();
  expect((await run).reply.content.status).toBe('ok');
  await limited.kernel.stop();
});

test('a process that ends while it stands is a continued program to the client', async () => {
  await on.breakAt('kept++;', 1);
  const run = on.run('setTimeout(() => {}, 1);\nkept++;');
  await run;
  const standing = on.run('kept++;');
  await on.stopped();
  await on.ask('evaluate', { expression: 'process.exit(1)' });
  expect((await standing).reply.content.status).toBe('error');
  expect((await on.body('debugInfo')).stoppedThreads).toEqual([]);
  expect(on.events().at(-1)).toBe('continued');
});
