// What a person sees at the end of a cell that gives a coroutine, a task or a lock, or logs one.

import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { coroutine, createTask, Event, getRunningLoop, Lock, Queue, run, sleep } from '../../runtime/asyncio/index.ts';

const hello = coroutine(function* greet() {
  yield* sleep(0);
  return 'hi';
});

test('objects of the library show themselves in one line, as in Python', async () => {
  const lines = await run(
    coroutine(function* () {
      const task = createTask(hello(), { name: 'greeting' });
      const before = [inspect(task), inspect({ task }), inspect(getRunningLoop())];
      yield* task;
      return [...before, inspect(task)];
    })(),
  );
  expect(lines[0]).toMatch(/^<Task pending name='greeting' coro=<greet\(\) .*>>$/);
  expect(lines[1]).toMatch(/^\{\s+task: <Task pending .*>\s+\}$/);
  expect(lines[2]).toBe('<Loop running=True closed=False debug=False>');
  expect(lines[3]).toMatch(/^<Task finished name='greeting' .*result='hi'>$/);
  expect([new Lock(), new Event(), new Queue()].map((made) => inspect(made))).toEqual(
    [new Lock(), new Event(), new Queue()].map(String),
  );
});

test('a coroutine object shows its function, a coroutine function its name', async () => {
  const made = hello();
  expect(inspect(made)).toBe('<coroutine object greet>');
  expect(inspect(hello)).toContain('greet');
  await run(made);
});

test('the classes themselves can be inspected', () => {
  expect(inspect(Lock)).toBe('[class Lock]');
  expect(inspect(Lock.prototype)).toBe('{}');
});
