// Runner, run, native promises, and the orderly end.
import { asyncGenerator, awaiting, coroutine, createTask, Runner, run, sleep, type Task } from 'cokernel';
import { places } from './places.ts';
import type { Stage } from './stage.ts';

export const bridges: Readonly<Record<string, (stage: Stage) => void>> = {
  run(stage) {
    const { play } = stage;
    const log: string[] = [];
    const leftOver = coroutine(function* (name: string) {
      try {
        yield* sleep(1e6);
      } finally {
        yield* sleep(0.2);
        log.push(name);
      }
    });
    const open = asyncGenerator(function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        yield* sleep(0.1);
        log.push('generator');
      }
    });
    const main = coroutine(function* () {
      createTask(leftOver('one'));
      createTask(leftOver('two'));
      yield* open().next();
      yield* sleep(0.1);
      return 'main';
    });
    play(
      'cell',
      coroutine(function* () {
        return yield* run(main()) as unknown as Task<string>;
      })(),
      { value: 'main', after: '*', options: { group: null } },
    );
    stage.finally((victim) => {
      if (log.length === 3 || victim !== null) return undefined;
      return `cleaned up: ${log.join(', ')}`;
    });
  },

  'left-overs of a run'(stage) {
    const { play, loop } = stage;
    const cleaned: string[] = [];
    const leftOver = coroutine(function* (name: string) {
      try {
        yield* sleep(1e6);
      } catch (error) {
        // A second cancellation would come here.
        yield* sleep(0.2);
        cleaned.push(name);
        throw error;
      }
    });
    const main = coroutine(function* () {
      createTask(leftOver('one'), { name: 'one' });
      createTask(leftOver('two'), { name: 'two' });
      yield* sleep(0.1);
    });
    play(
      'cell',
      coroutine(function* () {
        yield* run(main()) as unknown as Task<void>;
        return loop.tasks().length;
      })(),
      { value: 1, after: '*', options: { group: null } },
    );
    stage.finally((victim) => {
      const due = ['one', 'two'].filter((name) => name !== victim);
      const missing = due.filter((name) => !cleaned.includes(name));
      // What the victim's own step had not made yet is not missing.
      return missing.length > 0 && (victim === 'one' || victim === 'two') ? `not cleaned up: ${missing}` : undefined;
    });
  },

  'promises awaited'({ play }) {
    const later = <T>(value: T): Promise<T> => new Promise((resolve) => setImmediate(() => resolve(value)));
    const worker = coroutine(function* (value: string) {
      const first = yield* awaiting(later(value));
      const second = yield* awaiting(Promise.resolve(value));
      yield* sleep(0.1);
      return first + second;
    });
    for (const name of ['a', 'b', 'c']) play(name, worker(name), { value: name + name });
  },

  'promises settled by the loop'({ loop, play, finally: check }) {
    const future = loop.createFuture<number>();
    let settled = 0;
    for (let i = 0; i < 3; i++) {
      // What native code made of it may be lost with a turn; the loop's own part may not.
      void future.then(() => settled++);
    }
    const setter = coroutine(function* (delay: number) {
      yield* sleep(delay);
      if (!future.done()) future.setResult(1);
    });
    play('setter', setter(0.1));
    play('again', setter(0.2));
    play(
      'reader',
      coroutine(function* () {
        return yield* future;
      })(),
      { value: 1 },
    );
    check((victim) =>
      victim === null && places.hit === null && settled !== 3 ? `${settled} of 3 promises` : undefined,
    );
  },

  runner({ play, finally: check }) {
    const ended: unknown[] = [];
    const work = coroutine(function* (value: number) {
      createTask(sleep(0.05));
      yield* sleep(0.1);
      return value;
    });
    const runner = new Runner({ clock: 'virtual' });
    const both = async (): Promise<void> => {
      try {
        ended.push(await runner.run(work(1)), await runner.run(work(2)));
      } catch (error) {
        ended.push((error as Error).name);
      } finally {
        await runner.close();
        ended.push('closed');
      }
    };
    void both();
    play('beside', sleep(0.1));
    check(() => (places.hit === null && ended.join() !== '1,2,closed' ? `the runner: ${ended.join()}` : undefined));
  },
};
