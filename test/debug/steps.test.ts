// Steps over the wire: over an await, out of a coroutine that suspends again, at the end of a task, into calls.

import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanUp } from '../client.ts';
import { type Debugging, debugging } from './debugger.ts';

let on: Debugging;

beforeEach(async () => {
  on = await debugging();
});
afterEach(async () => {
  await on.kernel.stop();
});
afterAll(cleanUp);

const WORK = `import { coroutine, createTask, sleep } from 'cokernel';
const work = coroutine(async (name: string, n: number) => {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    await sleep(0.01);
    sum += i;
  }
  return name + sum;
});
const outer = coroutine(async (name: string, n: number) => {
  const found = await work(name, n);
  return found + '!';
});`;

/** The value of a local of the innermost frame. */
async function local(stopped: Awaited<ReturnType<Debugging['stopped']>>, name: string): Promise<string | undefined> {
  const all = await on.scope(stopped.frames[0], 'Local');
  return all.find((text) => text.startsWith(`${name} = `))?.slice(name.length + 3);
}

test('next over an await stays in its task while another runs the same code', async () => {
  await on.run(WORK);
  await on.breakAt(WORK, { line: 5, condition: "name === 'a' && i === 0" });
  const run = on.run("const a = createTask(work('a', 2));\nconst b = createTask(work('b', 2));\n[await a, await b]");
  let at = await on.stopped();
  const seen: (string | undefined)[] = [];
  for (let step = 0; step < 5; step++) {
    at = await on.step('next');
    seen.push(`${at.stack[0]} ${await local(at, 'name')}`);
  }
  expect(seen).toEqual(['work:6 "a"', 'work:4 "a"', 'work:5 "a"', 'work:6 "a"', 'work:4 "a"']);
  await on.go();
  expect((await run).reply.content.status).toBe('ok');
});

/** Goes on beside the others until it is cancelled. */
const BUSY = `const busy = coroutine(async () => {
  for (;;) {
    await sleep(0);
  }
});
const beside = createTask(busy());`;

test('step out of a coroutine that suspends twice more stops in its awaiter, whatever runs in between', async () => {
  await on.run(WORK);
  await on.run(BUSY);
  await on.breakAt(WORK, { line: 6, condition: "name === 'a' && i === 0" });
  const run = on.run("const b = createTask(work('b', 4));\nconst a = createTask(outer('a', 3));\n[await a, await b]");
  await on.stopped();
  const at = await on.step('stepOut');
  expect(at.stack).toEqual(['outer:12', 'Cell [3]:3']);
  expect(await local(at, 'name')).toBe('"a"');
  expect(await local(at, 'found')).toBe('"a3"');
  await on.go();
  expect((await run).reply.content.status).toBe('ok');
});

test('next at the end of a task goes to the task that awaits it, whatever runs in between', async () => {
  await on.run(WORK);
  await on.run(BUSY);
  await on.breakAt(WORK, { line: 12, condition: "name === 'a'" });
  const run = on.run("const a = createTask(outer('a', 1));\nconst text = await a;\ntext.length");
  await on.stopped();
  let at = await on.step('next');
  if (at.stack[0] === 'outer:13') at = await on.step('next');
  expect(at.stack).toEqual(['Cell [3]:2']);
  await on.go();
  expect((await run).reply.content.status).toBe('ok');
});

test('next at the end of a task that nobody awaits lets the program run on, and says so', async () => {
  await on.run(WORK);
  await on.breakAt(WORK, 12);
  const run = on.run("createTask(outer('a', 1));\nawait sleep(0.6);\n'over'");
  await on.stopped();
  await on.body('next', { threadId: 1 });
  const { outputs } = await run;
  expect(outputs.at(-1)?.content.data['text/plain']).toBe("'over'");
  expect(on.events()).toEqual(['initialized', 'stopped', 'continued']);
  expect((await on.body('debugInfo')).stoppedThreads).toEqual([]);
});

test('step into goes through await f(g(x)): into g, back, into f, and never into the library or Node', async () => {
  const code = `const g = (n: number) => {
  return n + 1;
};
const f = coroutine(async (n: number) => {
  await sleep(0);
  return n * 2;
});`;
  await on.run(`import { coroutine, sleep } from 'cokernel';\n${code}`);
  await on.breakAt('const before = 1;\nawait f(g(20));', 2);
  const run = on.run('const before = 1;\nawait f(g(20));');
  await on.stopped();
  const seen: (string | undefined)[] = [];
  for (let step = 0; step < 8; step++) {
    const { stack } = await on.step('stepIn');
    seen.push(stack[0]);
    if (stack[0] === 'f:7') break;
  }
  expect(seen[0]).toBe('g:3');
  expect(seen).toContain('f:6');
  expect(seen).toContain('f:7');
  expect(seen.every((frame) => /^(?:f|g|Cell \[2\]):\d+$/.test(frame ?? ''))).toBe(true);
  await on.go();
  expect((await run).reply.content.status).toBe('ok');
});

test('steps go through plain functions, native async functions and callbacks', async () => {
  const code = `function add(n: number) {
  return n + 1;
}
async function native() {
  let n = add(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  n = add(n);
  return n;
}
await native();`;
  await on.breakAt(code, 5);
  const run = on.run(code);
  await on.stopped();
  expect((await on.step('stepIn')).stack[0]).toBe('add:2');
  expect((await on.step('stepOut')).stack[0]).toMatch(/^native:[56]$/);
  const lines: (string | undefined)[] = [];
  for (let step = 0; step < 4 && lines.at(-1) !== 'native:8'; step++) lines.push((await on.step('next')).stack[0]);
  expect(lines).toContain('native:7');
  expect(lines.at(-1)).toBe('native:8');
  await on.go();
  expect((await run).reply.content.status).toBe('ok');
});
