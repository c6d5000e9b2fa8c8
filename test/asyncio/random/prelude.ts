// What a random program stands on, in TypeScript; prelude.py says the same in Python. `runRandom` runs one.
import * as cokernel from '../../../runtime/asyncio/index.ts';

const {
  Barrier,
  BoundedSemaphore,
  Condition,
  ContextVar,
  Event,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  asyncGenerator,
  coroutine,
  getRunningLoop,
  run,
  sleep,
  wait,
} = cokernel;

type Body = () => cokernel.Coroutine<unknown>;

/** Makes the program's first coroutine function from what it stands on. */
export type MakeBody = (prelude: Prelude) => Body;

/** What the text of a program names. */
export type Prelude = Readonly<Record<string, unknown>>;

function show(value: unknown): string {
  if (value instanceof AggregateError) return `Group${show(value.errors)}`;
  if (value instanceof cokernel.ValueError || value instanceof cokernel.CancelledError) {
    return `${value.name}(${value.message})`;
  }
  if (value instanceof Error) return value.name;
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === undefined || value === null ? 'None' : String(value);
}

/** Everything that the text of a program names, printing to `print`. */
function makePrelude(print: (line: string) => void): Prelude {
  const tasks = new Map<number, cokernel.Task<unknown>>();
  const say = (label: string, ...values: unknown[]) =>
    print([label, getRunningLoop().time().toFixed(3), ...values.map(show)].join(' '));
  return {
    ...cokernel,
    BaseException: Error,
    tasks,
    say,
    locks: [new Lock(), new Lock()],
    permits: new BoundedSemaphore(2),
    queues: [new Queue<string>(), new Queue<string>(1), new LifoQueue<string>(2), new PriorityQueue<string>(3)],
    event: new Event(),
    condition: new Condition(),
    barrier: new Barrier(2),
    variable: new ContextVar('variable', { default: 'unset' }),
    cancel: (label: string, task: number) => {
      const found = tasks.get(task);
      if (found) say(label, found.cancel(label));
    },
    watch: (label: string, task: number) =>
      tasks.get(task)?.addDoneCallback((done) => say(label, done.cancelled(), done.cancelling())),
    look: (label: string, task: number) => {
      try {
        if (tasks.has(task)) say(label, tasks.get(task)?.result());
      } catch (error) {
        say(label, error);
      }
    },
    putNow: (label: string, queue: cokernel.Queue<string>) => {
      try {
        queue.putNowait(label);
      } catch (error) {
        if (!(error instanceof cokernel.QueueFull)) throw error;
        say(label, error);
      }
    },
    getNow: (label: string, queue: cokernel.Queue<string>) => {
      try {
        say(label, queue.getNowait());
      } catch (error) {
        if (!(error instanceof cokernel.QueueEmpty)) throw error;
        say(label, error);
      }
    },
    ticks: asyncGenerator(function* (label: string, seconds: number) {
      try {
        for (let i = 0; i < 2; i++) {
          yield* sleep(seconds);
          yield `${label} ${i}`;
        }
      } finally {
        say(label, 'closes');
        yield* sleep(seconds);
        say(label, 'closed');
      }
    }),
    following: coroutine(function* (stream: cokernel.AsyncGeneratorObject<string>) {
      const next = yield* stream.next();
      return next.done ? 'nothing' : next.value;
    }),
    waited: coroutine(function* (
      group: cokernel.Task<unknown>[],
      timeout: number,
      returnWhen: 'ALL_COMPLETED' | 'FIRST_COMPLETED' | 'FIRST_EXCEPTION',
    ) {
      const [done, pending] = yield* wait(group, { timeout, returnWhen });
      return [...group.map((task) => done.has(task)), ...group.map((task) => pending.has(task))];
    }),
  };
}

/** The names that a program's text may use. */
export function preludeNames(): readonly string[] {
  return Object.keys(makePrelude(() => {}));
}

/** Ends what waits for something that never comes: one task after the other is cancelled. */
function stop(times: number): void {
  const alive = [...cokernel.allTasks()];
  alive[times % alive.length]?.cancel(`stop ${times}`);
  getRunningLoop().callLater(4, stop, times + 1);
}

/** A program's text in the generator style, which is plain JavaScript, as what `runRandom` takes. */
export function evaluate(text: string): MakeBody {
  return (prelude) => {
    const make = new Function(...Object.keys(prelude), `'use strict';\n${text}\nreturn f0;`);
    return make(...Object.values(prelude)) as Body;
  };
}

/** Runs one program on a virtual loop of its own and gives what it printed. */
export async function runRandom(make: MakeBody, trace?: cokernel.TraceSink): Promise<string> {
  const lines: string[] = [];
  const body = make(makePrelude((line) => lines.push(line)));
  const main = coroutine(function* () {
    const loop = getRunningLoop();
    loop.trace = trace;
    loop.setExceptionHandler(() => {});
    loop.callLater(8, stop, 0);
    return yield* body();
  });
  try {
    lines.push(`returned ${show(await run(main(), { clock: 'virtual' }))}`);
  } catch (error) {
    lines.push(`raised ${show(error)}`);
  }
  return `${lines.join('\n')}\n`;
}
