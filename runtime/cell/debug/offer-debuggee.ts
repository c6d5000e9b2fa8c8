// The main thread's part of the debugger: what the kernel process calls there by the inspector, also in the middle of a
// pause. It is made when a debugger is first attached. What the answers mean is decided in kernel/debug.

import { types } from '#host/inspection';
import { CancelledError, KeyboardInterrupt } from '../../asyncio/engine/errors.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import { now } from '../../asyncio/engine/now.ts';
import { running } from '../../asyncio/engine/running.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import { DEBUGGEE, type Debuggee } from '../../debuggee.ts';
import type { DebugScript } from '../../events.ts';
import type { Arrival } from './arrival.ts';
import { type NamesRead, notebookValues } from './notebook-values.ts';
import { createOwnSteps } from './own-steps.ts';
import { createRings } from './rings.ts';
import { createStandingClock } from './standing-clock.ts';
import { createTaskList } from './task-list.ts';

/** The notebook's names, as far as the debugger reads and writes them. */
interface DebuggedNames extends NamesRead {
  use(used: string, written: string): void;
  variable(values: Readonly<Record<string, unknown>>): void;
}

/** What the debuggee is made of. */
export interface DebuggeeParts {
  readonly loop: Loop;
  readonly names: DebuggedNames;
  /** What a task, a future or a coroutine does at this moment; undefined for any other value. */
  readonly text: (value: unknown) => string | undefined;
  /** What display shows of a value, and what must follow even where V8 ended that. */
  readonly render: (value: unknown) => unknown;
  readonly endShowing: () => void;
  /** The URL of the folder of the kernel's own code. */
  readonly home: string;
  /** Every script that runs now or may run again. */
  readonly scripts: () => readonly DebugScript[];
  /** A debugger was attached, or left. */
  readonly attached: (on: boolean) => void;
  readonly arrival: Arrival;
}

/** Offers the debuggee by a name that no code can have; the first call of `attach` makes it. */
export function offerDebuggee(parts: DebuggeeParts): void {
  let made: Debuggee | undefined;
  Object.defineProperty(globalThis, DEBUGGEE, {
    get() {
      made ??= createDebuggee(parts);
      return made;
    },
  });
}

function createDebuggee(parts: DebuggeeParts): Debuggee {
  const { loop, names, text, render, endShowing, home, scripts, attached, arrival } = parts;
  const tasks = createTaskList(loop);
  const seen = new WeakSet<object>();
  const hits = new Map<string, number>();
  let kept: unknown;
  let next: () => unknown = () => {};
  const debuggee: Debuggee = {
    attach() {
      attached(true);
      return { home, scripts: scripts() };
    },
    detach() {
      rings.watch(false);
      hits.clear();
      arrival.expect(undefined);
      attached(false);
    },
    stood: createStandingClock(),
    tasks,
    steps: createOwnSteps(tasks.tasks),
    errorOf(error) {
      if (seen.has(error)) return 'seen';
      seen.add(error);
      // Asking a proxy for its class would run code of the person's.
      if (types.isProxy(error)) return 'other';
      if (error instanceof KeyboardInterrupt) return 'interrupt';
      return error instanceof CancelledError ? 'cancelled' : 'other';
    },
    hits(key) {
      const count = (hits.get(key) ?? 0) + 1;
      hits.set(key, count);
      return count;
    },
    stopHere: (moment) => arrival.expect({ moment, reached: () => debuggee.reach() }),
    reach() {},
    // The debugger reads its arguments where it stops, so it is no arrow function.
    halt(_ring, _names) {},
    watchRings: (on) => rings.watch(on),
    names: () => notebookValues(names).list,
    values: () => notebookValues(names).values,
    open: names.use,
    define: (name, value) => names.variable({ [name]: value }),
    text,
    keep(value) {
      kept = value;
    },
    kept() {
      const value = kept;
      kept = undefined;
      return value;
    },
    prepare(call) {
      next = call;
    },
    prepared: () => next(),
    shown() {
      const made = apart(() => render(debuggee.kept()));
      return types.isPromise(made) ? undefined : made;
    },
    endShowing,
  };
  const rings = createRings(loop, (ring: readonly Task<unknown>[]) =>
    debuggee.halt(
      ring.map((task) => tasks.numberOf(task)),
      ring.map((task) => task.getName()),
    ),
  );
  return debuggee;
}

/** Runs what belongs to no task: a coroutine that is stopped must not become the awaiter of what is called meanwhile. */
function apart<T>(call: () => T): T {
  const { driver, depth, deferred } = now;
  const { loop } = running;
  now.driver = null;
  running.loop = null;
  try {
    return call();
  } finally {
    Object.assign(now, { driver, depth, deferred });
    running.loop = loop;
  }
}
