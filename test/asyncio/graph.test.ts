// The trace of every step, and the call graph of what waits for what.
import { expect, jest, test } from '@jest/globals';
import {
  type CallGraph,
  type Coroutine,
  captureCallGraph,
  coroutine,
  createTask,
  formatCallGraph,
  gather,
  getRunningLoop,
  Lock,
  printCallGraph,
  pstree,
  Queue,
  run,
  sleep,
  type TraceRecord,
  taskGroup,
} from '../../runtime/asyncio/index.ts';

const virtual = <T>(main: Coroutine<T>): Promise<T> => run(main, { clock: 'virtual' });

/** The trace of a program, one short line a record. */
async function traced(program: () => Generator<unknown, unknown, unknown>): Promise<string[]> {
  const records: TraceRecord[] = [];
  const main = coroutine(function* main() {
    getRunningLoop().trace = (record) => records.push(record);
    yield* program() as Generator<never, unknown, unknown>;
    getRunningLoop().trace = undefined;
  });
  await virtual(main());
  return records.map((record) => {
    const by = 'by' in record ? ` by ${record.by.kind}${'task' in record.by ? ` ${record.by.task}` : ''}` : '';
    const on = record.type === 'suspended' ? ` on ${record.on}` : '';
    return `${record.time} ${record.task} ${record.type}${on}${by}`;
  });
}

test('every step is a record: created, scheduled, running, suspended on what, resumed by whom, done', async () => {
  const lines = await traced(function* () {
    const worker = createTask(sleep(2), { name: 'worker' });
    yield* worker;
  });
  expect(lines).toEqual([
    '0 2 created',
    '0 2 scheduled by task 1',
    '0 1 suspended on task worker',
    '0 2 running',
    '0 2 suspended on sleep(2)',
    '2 2 scheduled by timer',
    '2 2 running',
    '2 2 done',
    '2 1 scheduled by task 2',
    '2 1 running',
  ]);
});

test('cancellations name who asked; failures carry the error; waits have names', async () => {
  const lines = await traced(function* () {
    const lock = new Lock({ name: 'printer' });
    const queue = new Queue<number>();
    yield* lock.acquire();
    const waits = createTask(lock.acquire());
    const gets = createTask(queue.get());
    const fails = createTask(
      // biome-ignore lint/correctness/useYield: it fails at once.
      coroutine(function* () {
        throw new Error('x');
      })(),
    );
    yield* sleep(1);
    waits.cancel();
    queue.putNowait(1);
    yield* gather(waits, gets, fails, { returnExceptions: true });
  });
  expect(lines).toContain('0 2 suspended on lock printer');
  expect(lines).toContain('0 3 suspended on queue.get');
  expect(lines).toContain('0 4 failed');
  expect(lines).toContain('1 2 cancelled by task 1');
  expect(lines).toContain('1 3 scheduled by task 1');
  expect(lines).toContain('1 1 suspended on gather of 3');
});

test('the call graph goes up through gather and task groups to the task that awaits', async () => {
  const worker = coroutine(function* work() {
    yield* sleep(1);
  });
  const seen: string[] = [];
  const main = coroutine(function* main() {
    yield* taskGroup(function* (tg) {
      const inner = createTask(worker(), { name: 'inner' });
      tg.createTask(
        coroutine(function* collector() {
          yield* gather(inner, sleep(1));
        })(),
        { name: 'collector' },
      );
      yield* sleep(0);
      getRunningLoop().callSoon(() => {
        seen.push(formatCallGraph(inner), pstree(getRunningLoop()));
        seen.push(String(captureCallGraph(inner).awaitedBy.length));
      });
    });
  });
  await virtual(main());
  expect(seen[0]?.split('\n').filter((line) => line.includes('*'))).toEqual([
    "* Task(name='inner')",
    "    * Task(name='collector')",
    "        * Task(name='Task-1')",
  ]);
  expect(seen[0]).toContain('|   in async work()');
  expect(
    seen[1]
      ?.split('\n')
      .filter((line) => line.includes('(T)'))
      .map((line) => line.trim()),
  ).toEqual(['└── (T) Task-1', '└── (T) collector', '└── (T) inner', '└── (T) Task-4']);
  expect(seen[2]).toBe('1');
});

test('without a task, the call graph is that of the current one; a limit shortens each stack', async () => {
  const graphs: (CallGraph | null)[] = [];
  const printed = jest.spyOn(console, 'log').mockImplementation(() => {});
  const inner = coroutine(function* innermost() {
    graphs.push(captureCallGraph(), captureCallGraph(null, { limit: 1 }), captureCallGraph(null, { limit: -1 }));
    graphs.push(captureCallGraph(null, { limit: 0 }));
    printCallGraph();
    expect(pstree()).toContain('(T) outermost');
    yield* sleep(0);
  });
  const outer = coroutine(function* around() {
    yield* inner();
  });
  const main = coroutine(function* () {
    yield* createTask(outer(), { name: 'outermost' });
    const task = createTask(sleep(1), { name: 'sleeper' });
    yield* sleep(0);
    getRunningLoop().callSoon(() => {
      graphs.push(captureCallGraph());
      printCallGraph();
      printCallGraph(task);
    });
    yield* task;
  });
  await virtual(main());
  const lines = printed.mock.calls.map(([line]) => String(line).split('\n')[0]);
  printed.mockRestore();
  expect(graphs.map((graph) => graph?.callStack.map(({ name }) => name))).toEqual([
    ['innermost', 'around'],
    ['innermost'],
    ['around'],
    [],
    undefined,
  ]);
  expect(lines).toEqual(["* Task(name='outermost')", "* Task(name='sleeper')"]);
  const outside = 'capture_call_graph() is called outside of a running event loop';
  expect(() => captureCallGraph()).toThrow(outside);
});
