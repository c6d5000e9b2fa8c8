// Native code and coroutines await each other: promises, AbortSignals, threads, processes, sockets, a crawler.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import {
  awaiting,
  CancelledError,
  ContextVar,
  type Coroutine,
  cancelScope,
  coroutine,
  createSubprocess,
  createTask,
  currentTask,
  gather,
  getRunningLoop,
  openConnection,
  Queue,
  run,
  sleep,
  startServer,
  type Task,
  taskGroup,
  timeout,
  toThread,
  wait,
} from '../../runtime/asyncio/index.ts';

const virtual = <T>(main: Coroutine<T>): Promise<T> => run(main, { clock: 'virtual' });
const later = coroutine(function* (value: string) {
  yield* sleep(0.01);
  return value;
});

test('native code awaits coroutines, tasks and futures', async () => {
  const native = async () => [await later('a'), await Promise.all([later('b'), createTask(later('c'))])];
  const main = coroutine(function* () {
    return yield* awaiting(native());
  });
  expect(await run(main())).toEqual(['a', ['b', 'c']]);
});

test('a rejected promise is thrown at the await; its error is the very one', async () => {
  const error = new Error('native');
  const main = coroutine(function* () {
    try {
      yield* awaiting(Promise.reject(error));
    } catch (caught) {
      return caught;
    }
    return undefined;
  });
  expect(await run(main())).toBe(error);
});

test('async libraries work inside, and the virtual clock stands still meanwhile', async () => {
  const main = coroutine(function* () {
    const ticking = createTask(sleep(0.5));
    const text = yield* awaiting(readFile(import.meta.filename, 'utf8'));
    const time = getRunningLoop().time();
    yield* ticking;
    return [text.includes('stands still'), time, getRunningLoop().time()];
  });
  expect(await virtual(main())).toEqual([true, 0, 0.5]);
});

test('a cancellation reaches a wait for a native promise at once', async () => {
  const log: string[] = [];
  const main = coroutine(function* () {
    const task = createTask(
      coroutine(function* () {
        try {
          yield* awaiting(new Promise(() => {}));
        } finally {
          log.push('finally');
        }
      })(),
    );
    yield* sleep(0);
    task.cancel();
    yield* wait([task]);
    return task.cancelled();
  });
  expect(await run(main())).toBe(true);
  expect(log).toEqual(['finally']);
});

test('native microtasks and immediates are not starved by a task that gives way without end', async () => {
  const main = coroutine(function* () {
    const seen: string[] = [];
    setImmediate(() => seen.push('immediate'));
    setTimeout(() => seen.push('timer'), 1);
    void Promise.resolve().then(() => seen.push('microtask'));
    while (seen.length < 3) yield* sleep(0);
    return seen[0];
  });
  expect(await run(main())).toBe('microtask');
});

test("a task's signal aborts when it is cancelled", async () => {
  const main = coroutine(function* () {
    let signal: AbortSignal | undefined;
    const task = createTask(
      coroutine(function* () {
        signal = (currentTask() as Task<unknown>).signal();
        yield* sleep(10);
      })(),
    );
    yield* sleep(1);
    const before = signal?.aborted;
    task.cancel('enough');
    return [before, signal?.aborted, (signal as AbortSignal).reason.message];
  });
  expect(await virtual(main())).toEqual([false, true, 'enough']);
});

test('after a timeout the same task gets a new signal; while its cancellation stands, the old one', async () => {
  const signalNow = (): AbortSignal => (currentTask() as Task<unknown>).signal();
  const main = coroutine(function* () {
    const seen: boolean[] = [];
    for (let round = 0; round < 2; round++) {
      let inside: AbortSignal | undefined;
      try {
        yield* timeout(1, function* () {
          inside = signalNow();
          seen.push(inside.aborted);
          yield* sleep(5);
        });
      } catch {
        seen.push((inside as AbortSignal).aborted, signalNow().aborted);
      }
    }
    currentTask()?.cancel();
    try {
      yield* sleep(1);
    } catch {
      seen.push(signalNow().aborted);
    }
    return seen;
  });
  expect(await virtual(main())).toEqual([false, true, false, false, true, false, true]);
});

test('timeout, taskGroup and cancelScope take a signal, and throw its reason', async () => {
  const main = coroutine(function* () {
    const words: unknown[] = [];
    const controller = new AbortController();
    getRunningLoop().callLater(1, () => controller.abort(new Error('the reason')));
    try {
      yield* timeout(
        50,
        function* () {
          yield* sleep(100);
        },
        { signal: controller.signal },
      );
    } catch (error) {
      words.push((error as Error).message);
    }
    try {
      yield* taskGroup(
        // biome-ignore lint/correctness/useYield: its tasks are what is waited for.
        function* (tg) {
          tg.createTask(sleep(100));
        },
        { signal: controller.signal },
      );
    } catch (error) {
      words.push((error as Error).message);
    }
    words.push(
      yield* cancelScope(
        function* () {
          yield* sleep(100);
          return 'never';
        },
        { signal: AbortSignal.abort() },
      ),
    );
    return [words, getRunningLoop().time(), currentTask()?.cancelling()];
  });
  expect(await virtual(main())).toEqual([['the reason', 'the reason', undefined], 1, 0]);
});

test('a level-triggered scope throws at every await in it, but not where it is shielded', async () => {
  const log: string[] = [];
  const main = coroutine(function* () {
    const value = yield* cancelScope(
      function* () {
        for (let i = 0; i < 3; i++) {
          try {
            yield* sleep(10);
          } catch (error) {
            log.push(`${i} ${(error as Error).name}`);
          }
        }
        yield* cancelScope(
          function* () {
            yield* sleep(2);
            log.push('shielded');
          },
          { shield: true },
        );
        yield* sleep(0);
        return 'never';
      },
      { timeout: 1 },
    );
    yield* sleep(1);
    return [value, getRunningLoop().time()];
  });
  expect(await virtual(main())).toEqual([undefined, 4]);
  expect(log).toEqual(['0 CancelledError', '1 CancelledError', '2 CancelledError', 'shielded']);
});

test('a cancellation from outside passes through a scope', async () => {
  const main = coroutine(function* () {
    const task = createTask(
      cancelScope(function* (scope) {
        yield* sleep(10);
        return scope.cancelCalled;
      }),
    );
    yield* sleep(1);
    task.cancel();
    yield* wait([task]);
    return task.cancelled();
  });
  expect(await virtual(main())).toBe(true);
});

test('context variables follow tasks and callbacks, and are not shared back', async () => {
  const request = new ContextVar<string>('request', { default: 'none' });
  const main = coroutine(function* () {
    const seen: string[] = [];
    request.set('outer');
    const child = createTask(
      coroutine(function* () {
        seen.push(request.get());
        request.set('inner');
        yield* sleep(1);
        seen.push(request.get());
      })(),
    );
    getRunningLoop().callSoon(() => seen.push(request.get()));
    request.set('changed');
    yield* child;
    seen.push(request.get());
    return seen;
  });
  expect(await virtual(main())).toEqual(['outer', 'outer', 'inner', 'changed']);
  expect(request.get()).toBe('none');
});

test('toThread runs a function beside the loop, several at once, and brings errors back', async () => {
  const busy = (n: number) => {
    const until = Date.now() + 30;
    while (Date.now() < until);
    return n * 2;
  };
  const main = coroutine(function* () {
    let ticks = 0;
    const ticker = createTask(
      coroutine(function* () {
        for (;;) {
          yield* sleep(0.002);
          ticks++;
        }
      })(),
    );
    const doubled = yield* gather(toThread(busy, 1), toThread(busy, 2));
    ticker.cancel();
    const failures: string[] = [];
    const outside = 5;
    for (const work of [
      () => {
        throw new RangeError('in the thread');
      },
      () => outside + 1,
    ]) {
      try {
        yield* toThread(work as () => number);
      } catch (error) {
        const { name, message, notes } = error as Error & { notes?: string[] };
        failures.push(`${name}: ${message} ${notes?.[0] ?? ''}`);
      }
    }
    return { doubled, ticked: ticks > 1, failures };
  });
  const { doubled, ticked, failures } = await run(main());
  expect([doubled, ticked]).toEqual([[2, 4], true]);
  expect(failures[0]).toBe('RangeError: in the thread ');
  expect(failures[1]).toMatch(/^ReferenceError: outside is not defined The function closes over 'outside'/);
});

test.each([
  ['', 'if (__cokernel_stop) __cell.struck();', 'i'],
  [' with a loop in an async function', 'if (__cokernel_stop) __cell.struck();', '__ckr(i)'],
  [' that speaks of __cell itself', 'if (__cell1.stopped) __cell1.struck();', '__ck1r(i)'],
])('toThread runs functions of a compiled cell%s, which look at an interrupt flag', async (_, check, value) => {
  const sum = new Function('n', `let s = 0; for (let i = 0; i < n; i++) { ${check} s += ${value}; } return s;`);
  const main = coroutine(function* () {
    return yield* toThread(sum as (n: number) => number, 5);
  });
  expect(await run(main())).toBe(10);
});

test('toThread refuses what cannot be shipped, and a cancelled one stops its thread', async () => {
  const main = coroutine(function* () {
    const words: string[] = [];
    for (const [work, argument] of [
      [Math.hypot, 1],
      [(x: unknown) => x, () => {}],
      [42, 1],
    ] as [never, never][]) {
      try {
        yield* toThread(work, argument);
      } catch (error) {
        words.push((error as Error).message);
      }
    }
    const endless = createTask(
      toThread(() => {
        for (;;);
      }),
    );
    yield* sleep(0.05);
    endless.cancel();
    yield* wait([endless]);
    return [words, endless.cancelled()];
  });
  const [words, cancelled] = (await run(main())) as [string[], boolean];
  expect(words[0]).toContain('toThread cannot ship <function hypot>');
  expect(words[1]).toContain('an argument of toThread cannot be sent between threads');
  expect(words[2]).toContain('toThread expected a function, got 42');
  expect(cancelled).toBe(true);
});

test('a subprocess is written to, read from and waited for', async () => {
  const script = 'process.stdin.on("data", (d) => process.stdout.write(String(d).toUpperCase()));';
  const main = coroutine(function* () {
    const process = yield* createSubprocess(globalThis.process.execPath, ['-e', script]);
    const [stdout] = yield* process.communicate('one\ntwo\n');
    const killed = yield* createSubprocess(globalThis.process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    killed.kill();
    const code = yield* killed.wait();
    let missing = '';
    try {
      yield* createSubprocess('/no/such/program');
    } catch (error) {
      missing = (error as { code?: string }).code ?? '';
    }
    return [String(stdout), process.returncode, code, missing];
  });
  expect(await run(main())).toEqual(['ONE\nTWO\n', 0, -9, 'ENOENT']);
});

test('a server and its client talk in lines over a socket', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(
      coroutine(function* (reader, writer) {
        for (;;) {
          const line = yield* reader.readline();
          if (line.length === 0) break;
          writer.write(`echo ${line}`);
          yield* writer.drain();
        }
        writer.close();
      }),
      '127.0.0.1',
      0,
    );
    const [reader, writer] = yield* openConnection('127.0.0.1', server.port);
    writer.write('a\nb');
    const first = yield* reader.readline();
    writer.writeEof();
    const rest = yield* reader.read();
    server.close();
    yield* server.waitClosed();
    return [String(first), String(rest), reader.atEof()];
  });
  expect(await run(main())).toEqual(['echo a\n', 'echo b', true]);
});

test('a crawler: workers fetch pages of a local server through a queue, each page once', async () => {
  const links: Record<string, string[]> = { '/': ['/a', '/b'], '/a': ['/b', '/c'], '/b': ['/'], '/c': ['/missing'] };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const found = links[path];
    response.writeHead(found === undefined ? 404 : 200);
    response.end((found ?? []).map((link) => `<a href="${link}">`).join('\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const crawl = coroutine(function* (start: string, workers: number) {
    const queue = new Queue<string>();
    const status = new Map<string, number>([[start, 0]]);
    queue.putNowait(start);
    const worker = coroutine(function* () {
      for (;;) {
        const path = yield* queue.get();
        const signal = (currentTask() as Task<unknown>).signal();
        const response = yield* awaiting(fetch(root + path, { signal }));
        const text = yield* awaiting(response.text());
        status.set(path, response.status);
        for (const [, link] of text.matchAll(/href="([^"]+)"/g)) {
          if (link === undefined || status.has(link)) continue;
          status.set(link, 0);
          queue.putNowait(link);
        }
        queue.taskDone();
      }
    });
    const team = Array.from({ length: workers }, () => createTask(worker()));
    yield* queue.join();
    for (const one of team) one.cancel();
    yield* gather(...team, { returnExceptions: true });
    return status;
  });

  const status = await run(crawl('/', 3));
  server.close();
  expect(Object.fromEntries(status)).toEqual({ '/': 200, '/a': 200, '/b': 200, '/c': 200, '/missing': 404 });
  expect(requests.sort()).toEqual(['/', '/a', '/b', '/c', '/missing']);
});

test('a native promise that rejects with a CancelledError cancels the awaiting task', async () => {
  const main = coroutine(function* () {
    const task = createTask(
      coroutine(function* () {
        yield* awaiting(Promise.reject(new CancelledError('from native code')));
      })(),
    );
    yield* wait([task]);
    return task.cancelled();
  });
  expect(await run(main())).toBe(true);
});
