// What else stops the program: errors by filter, rings of tasks, a press of pause. And what never does.

import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanUp } from '../client.ts';
import { type Debugging, debugging } from './debugger.ts';

let on: Debugging;

beforeEach(async () => {
  on = await debugging();
  await on.run(
    "import { CancelledError, coroutine, createTask, gather, sleep, TaskGroup } from 'cokernel';\n" +
      "const fails = coroutine(async () => {\n  await sleep(0);\n  throw new RangeError('no');\n});",
  );
});
afterEach(async () => {
  await on.kernel.stop();
});
afterAll(cleanUp);

const filter = (...filters: string[]) => on.body('setExceptionBreakpoints', { filters });

/** Where a cell stops until it ends; each stop goes on. */
async function stopsOf(code: string): Promise<string[]> {
  const id = on.client.send('execute_request', { code, allow_stdin: true });
  const seen: string[] = [];
  for (let from = on.client.received.length; ; ) {
    // Either comes, and both stay in what was received.
    const next = await on.client.until(
      (message) =>
        on.client.received.indexOf(message) >= from &&
        ((message.header.msg_type === 'execute_reply' && message.parent_header.msg_id === id) ||
          (message.header.msg_type === 'debug_event' && message.content.event === 'stopped')),
    );
    if (next.header.msg_type === 'execute_reply') break;
    from = on.client.received.indexOf(next) + 1;
    const { stack, text } = await on.stopped();
    seen.push(`${stack[0]} ${text ?? ''}`.trim());
    await on.go();
  }
  await on.client.finished(id);
  return seen;
}

const UNCAUGHT: readonly (readonly [what: string, code: string, stops: boolean])[] = [
  ['in a cell', 'throw new RangeError("no");', true],
  ['in an awaited coroutine', 'await fails();', true],
  ['in an awaited task', 'await createTask(fails());', true],
  ['in a task that nobody awaits', 'const t = createTask(fails()); await sleep(0.01); t.done();', true],
  ['in a plain function', 'function f() { throw new RangeError("no"); }\nf();', true],
  ['under a catch in the cell', 'try { await fails(); } catch {}', false],
  ['under a catch of the task that awaits', 'try { await createTask(fails()); } catch {}', false],
  [
    'under a catch in the same function',
    'const f = () => { try { throw new RangeError("no"); } catch {} };\nf();',
    false,
  ],
  ['under a finally alone', 'try { await fails(); } finally { await sleep(0); }', true],
];

for (const [what, code, stops] of UNCAUGHT) {
  test(`uncaught: an error ${what} ${stops ? 'stops once' : 'stops nothing'}`, async () => {
    await filter('uncaught');
    const seen = await stopsOf(code);
    expect(seen).toHaveLength(stops ? 1 : 0);
    if (stops) expect(seen[0]).toContain('RangeError: no');
  });
}

test('raised: an error stops where it is thrown, caught or not, and says what it is', async () => {
  await filter('raised');
  const run = on.run('try { await fails(); } catch {}');
  const { reason, stack, text } = await on.stopped();
  expect({ reason, stack, text }).toEqual({
    reason: 'exception',
    stack: ['fails:4', 'Cell [2]:1'],
    text: 'RangeError: no',
  });
  expect(await on.body('exceptionInfo', { threadId: 1 })).toMatchObject({
    exceptionId: 'RangeError',
    description: 'RangeError: no',
  });
  await on.go();
  expect((await run).reply.content.status).toBe('ok');
});

const CANCEL = `const slow = coroutine(async () => {
  await sleep(30);
});
const t = createTask(slow(), { name: 'slow' });
await sleep(0);
t.cancel('enough');
try { await t; } catch (error) { console.log(error instanceof CancelledError); }`;

test('cancelled: a cancellation stops where it arrives, and passes with the filter off', async () => {
  await filter('cancelled');
  const seen = await stopsOf(CANCEL);
  expect(seen[0]).toBe('slow:2 CancelledError: enough');
  await filter('uncaught');
  expect(await stopsOf(CANCEL)).toEqual([]);
});

test('an error of the person’s with the name of one of the library’s is an error like any other', async () => {
  await filter('raised');
  const own = (name: string) =>
    `{ class ${name} extends Error {}\n  try { throw new ${name}('mine'); } catch {}\n  try { throw new ${name}('again'); } catch {} }`;
  expect(await stopsOf(own('KeyboardInterrupt'))).toEqual([
    'Cell [2]:2 KeyboardInterrupt: mine',
    'Cell [2]:3 KeyboardInterrupt: again',
  ]);
  await filter('cancelled');
  expect(await stopsOf(own('CancelledError'))).toEqual([]);
});

const RING = `let second;
const one = coroutine(async () => { await sleep(0.01); await second; });
const first = createTask(one(), { name: 'one' });
const two = coroutine(async () => { await first; });
second = createTask(two(), { name: 'two' });
await sleep(0.1);
first.cancel();
'over'`;

test('deadlock: a ring of tasks stops once, with its names; without the filter it does not', async () => {
  await filter('deadlock');
  const seen = await stopsOf(RING);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/Deadlock: (?:one waits for two waits for one|two waits for one waits for two)/);
  await filter();
  expect(await stopsOf(RING)).toEqual([]);
});

test('a cell that waits for input, or for a message of a widget, is no deadlock', async () => {
  await filter('deadlock');
  on.client.onInput(() => 'Ada');
  expect(await stopsOf("await input('Name? ')")).toEqual([]);
});

test('pause stops a cell that spins, and one that only waits', async () => {
  const spin = on.run('let n = 0;\nlet go = true;\nwhile (go) n++;\nn');
  await on.client.until(({ header, content }) => header.msg_type === 'execute_input' && content.execution_count === 2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await on.body('pause', { threadId: 1 });
  const spinning = await on.stopped();
  expect({ reason: spinning.reason, stack: spinning.stack }).toEqual({ reason: 'pause', stack: ['Cell [2]:3'] });
  await on.body('evaluate', { expression: 'go = false' });
  await on.go();
  expect((await spin).reply.content.status).toBe('ok');
  const wait = on.run('await sleep(0.5);\n"woken"');
  await on.client.until(({ header, content }) => header.msg_type === 'execute_input' && content.execution_count === 3);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await on.body('pause', { threadId: 1 });
  const waiting = await on.stopped();
  expect(waiting.stack).toEqual(['Cell [3]:1']);
  await on.go();
  expect((await wait).outputs.at(-1)?.content.data['text/plain']).toBe("'woken'");
});

test('errors within the library and Node, and the stop button, stop nothing', async () => {
  await filter('uncaught');
  expect(
    await stopsOf("import { readFileSync } from 'node:fs';\ntry { readFileSync('/no/such/file'); } catch {}"),
  ).toEqual([]);
  const run = on.run('await sleep(30)');
  await on.client.until(({ header, content }) => header.msg_type === 'execute_input' && content.execution_count === 3);
  await on.client.request('interrupt_request', {}, { channel: 'control' });
  expect((await run).reply.content.ename).toBe('KeyboardInterrupt');
  expect(on.events()).toEqual(['initialized']);
});

test('"stop here" of a figure stops the next recording at that moment: where a task goes on, and where one is made', async () => {
  await on.run(`import { run } from 'cokernel';
import { trace } from 'cokernel/picture';
const polite = coroutine(async (guest: string) => {
  await sleep(1);
  const cups = guest.length;
  return cups;
});
const pair = coroutine(async () => {
  const anna = createTask(polite('Anna'), { name: 'anna' });
  const ben = createTask(polite('Ben'), { name: 'ben' });
  await anna;
  await ben;
});
let t = await run(trace(pair()), { clock: 'virtual' });
const lane = (name: string) => t.model.lanes.find((one) => one.name === name);`);
  const moment = async (expression: string) =>
    Number((await on.run(expression)).outputs.at(-1)?.content.data['text/plain']);
  const goesOn = await moment("lane('ben').stretches.filter(({ state }) => state === 'running')[1].from");
  const isMade = await moment("lane('ben').from");
  await on.body('stopHere', { moment: goesOn });
  const again = "t = await run(trace(pair()), { clock: 'virtual' }); 1";
  const first = on.run(again);
  const { stack, frames } = await on.stopped();
  expect(stack[0]).toBe('polite:5');
  expect(await on.scope(frames[0], 'Local')).toContain('guest = "Ben"');
  await on.go();
  expect((await first).reply.content.status).toBe('ok');
  // Once, and in one recording.
  expect((await on.run(again)).reply.content.status).toBe('ok');
  await on.body('stopHere', { moment: isMade });
  const second = on.run(again);
  expect((await on.stopped()).stack[0]).toBe('pair:10');
  await on.go();
  expect((await second).reply.content.status).toBe('ok');
  expect((await on.ask('stopHere', { moment: 'x' })).message).toBe('moment should be a whole number.');
});
