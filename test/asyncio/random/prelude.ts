// What a random program stands on, in TypeScript; prelude.py says the same in Python. `runRandom` runs one.
import * as cokernel from 'cokernel';

const { Barrier, Condition, ContextVar, Event, Lock, Queue, Semaphore, coroutine, getRunningLoop, run, wait } = cokernel;

type Body = () => cokernel.Coroutine<unknown>;
type Compile = (names: readonly string[], text: string) => (...values: unknown[]) => Body;

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
function makePrelude(print: (line: string) => void) {
  const tasks = new Map<number, cokernel.Task<unknown>>();
  const say = (label: string, ...values: unknown[]) =>
    print([label, getRunningLoop().time().toFixed(3), ...values.map(show)].join(' '));
  return {
    ...cokernel,
    BaseException: Error,
    tasks,
    say,
    locks: [new Lock(), new Lock()],
    permits: new Semaphore(2),
    queues: [new Queue<string>(), new Queue<string>(1)],
    event: new Event(),
    condition: new Condition(),
    barrier: new Barrier(2),
    variable: new ContextVar('variable', { default: 'unset' }),
    cancel: (label: string, task: number) => {
      const found = tasks.get(task);
      if (found) say(label, found.cancel(label));
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

/** Ends what waits for something that never comes. */
function stop(): void {
  for (const task of cokernel.allTasks()) task.cancel('stop');
  getRunningLoop().callLater(64, stop);
}

/** Plain JavaScript: the generator form. */
const evaluate: Compile = (names, text) => new Function(...names, text) as ReturnType<Compile>;

/** Runs the text of one program (emitTypescript) on a virtual loop of its own and gives what it printed. */
export async function runRandom(text: string, compile: Compile = evaluate): Promise<string> {
  const lines: string[] = [];
  const prelude = makePrelude((line) => lines.push(line));
  const body = compile(Object.keys(prelude), `'use strict';\n${text}\nreturn f0;`)(...Object.values(prelude));
  const main = coroutine(function* () {
    const loop = getRunningLoop();
    loop.setExceptionHandler(() => {});
    loop.callLater(64, stop);
    return yield* body();
  });
  try {
    lines.push(`returned ${show(await run(main(), { clock: 'virtual' }))}`);
  } catch (error) {
    lines.push(`raised ${show(error)}`);
  }
  return `${lines.join('\n')}\n`;
}
