// A model of the two threads that an interrupt concerns, around the real code of both: states.ts, interrupts.ts, guard.ts
// and watch-interrupts.ts. V8, Node's loop and the clock are played. Whatever the watcher has the main thread do in the middle of
// its code can be placed at each access of a word, and so can the person's presses.

import { createGuard } from '../../../runtime/cell/interrupt/guard.ts';
import { createInterrupts, type Executing, KeyboardInterrupt } from '../../../runtime/cell/interrupt/interrupts.ts';
import { createOwner, enterOwner } from '../../../runtime/cell/interrupt/owner.ts';
import type { InterruptMessage } from '../../../runtime/cell/interrupt/shared-memory.ts';
import {
  createWords,
  isDue,
  isOver,
  KERNEL,
  LEVEL,
  OPEN,
  RAISED,
  ZONE,
} from '../../../runtime/cell/interrupt/states.ts';
import { createWatch } from '../../../runtime/cell/interrupt/watch-interrupts.ts';

/** What V8 throws past every catch. A program of the model catches KeyboardInterrupts only. */
export const TERMINATED: unique symbol = Symbol('terminated');
/** What a person's program can do. Yielding is an await that never settles by itself. */
export type Program = (code: Code) => Generator<'await', void, void>;

export interface Code {
  /** An iteration of a compiled loop, in a `finally` block or not. */
  iterate(cleanup?: boolean): void;
  /** An iteration that takes no time to speak of. */
  work(): void;
  /** An iteration of a loop that looks at no flag. */
  spin(): void;
  /** Notes something for the test. */
  note(text: string): void;
  /** Leaves a microtask, which runs after the step. */
  microtask(call: () => void): void;
  /** Has Node call that later, without the guard. */
  outside(call: () => void): void;
}

/** The person presses stop: at a point, meaning cells up to `execution`; or after so many milliseconds. */
export interface Press {
  readonly execution: number;
  readonly after?: number;
}

/** Cells in flight, and the presses. */
export interface Scenario {
  readonly cells: readonly Program[];
  readonly presses: readonly Press[];
}

/** What became of it. */
export interface Outcome {
  /** How each cell ended: `ok`, an error's name, `killed`. */
  readonly cells: string[];
  readonly notes: string[];
  /** As the main thread said it: number and execution. */
  readonly consumed: (readonly [number, number])[];
  /** Points at which something can be placed, up to the end. */
  readonly points: number;
  /** A termination fell into the kernel's own code. */
  readonly ownEnded: boolean;
  /** Milliseconds that passed. */
  readonly time: number;
  /** Why it would never end. */
  readonly stuck?: string;
}

class Stuck extends Error {}

const MINUTE = 60_000;
const TURNS = 2_000;

/** Plays a scenario; `places` lists the points at which the watcher's side does the next thing that it has to do. */
export function play({ cells, presses }: Scenario, places: readonly number[]): Outcome {
  const notes: string[] = [];
  const consumed: (readonly [number, number])[] = [];
  let points = 0;
  let placed = 0;
  let time = 0;
  let intruding = false;
  let armed = false;
  let ownEnded = false;
  let evaluations = 0;
  let person = false;
  const intrusions: (() => void)[] = [];
  const messages: InterruptMessage[] = [];
  const timers: { readonly due: number; readonly call: () => void; readonly id: number }[] = [];
  const microtasks: (() => void)[] = [];
  const outsiders: (() => void)[] = [];
  let timerCount = 0;

  // ── the watcher's side ──
  const watch = createWatch({
    hear: (number, execution) => intrusions.push(() => interrupts.hear(number, execution)),
    force: (execution) => intrusions.push(() => interrupts.force(execution)),
    terminate: (number, done) =>
      intrusions.push(() => {
        if (isDue(words, number)) guard.terminate();
        done(!isDue(words, number) && isOver(words, number));
      }),
    post: (message) => messages.push(message),
    consumed: () => {},
    idle: () => {},
    setTimeout(call, milliseconds) {
      timers.push({ due: time + milliseconds, call, id: ++timerCount });
      return timerCount;
    },
    clearTimeout(timer) {
      const at = timers.findIndex(({ id }) => id === timer);
      if (at >= 0) timers.splice(at, 1);
    },
  });
  const pending = presses.map((press, at) => ({ ...press, number: at + 1 }));
  const press = () => {
    const next = pending.shift();
    if (next) watch.interrupt(next.number, next.execution);
  };
  /** Whatever comes next from the watcher's side: a press, an intrusion, or a timer whose time has come. */
  const nextOfWatcher = (): boolean => {
    const first = pending[0];
    if (first && first.after === undefined) {
      press();
      return true;
    }
    const intrusion = intrusions.shift();
    if (intrusion) {
      intruding = true;
      intrusion();
      intruding = false;
      return true;
    }
    timers.sort((a, b) => a.due - b.due || a.id - b.id);
    const timer = timers[0];
    const until = first?.after;
    if (until !== undefined && (timer === undefined || until <= timer.due)) {
      time = Math.max(time, until);
      press();
      return true;
    }
    if (!timer) return false;
    timers.shift();
    time = timer.due;
    timer.call();
    return true;
  };
  /** How many evaluations there were when the kernel's own code began. */
  let ownSince = -1;
  const unwind = () => {
    if (!armed) return;
    armed = false;
    if (ownSince === evaluations) ownEnded = true;
    throw TERMINATED;
  };
  const asKernel = <T>(call: () => T): T =>
    guard.asKernel(() => {
      const before = ownSince;
      ownSince = evaluations;
      try {
        return call();
      } finally {
        ownSince = before;
      }
    });
  const point = () => {
    if (intruding) return;
    points += 1;
    // What an intrusion has armed here ends the code at its next point.
    unwind();
    while (placed < places.length && (places[placed] as number) <= points) {
      placed += 1;
      nextOfWatcher();
      while (intrusions.length > 0) nextOfWatcher();
    }
  };
  let turns = 0;
  let checks = 0;
  /** Lets time pass while nothing else happens on the main thread. */
  const wait = () => {
    turns += 1;
    if (time > MINUTE || turns > TURNS) throw new Stuck('nobody ends it');
    // While something is still to be placed, turns go by one at a time.
    if (placed < places.length) return point();
    nextOfWatcher();
    unwind();
  };

  // ── the main thread ──
  const real = createWords();
  const words = {
    get(word: number) {
      point();
      return real.get(word);
    },
    set(word: number, value: number) {
      point();
      real.set(word, value);
    },
    raise(word: number, value: number) {
      point();
      real.raise(word, value);
    },
  };
  const guard = createGuard(
    words,
    {
      prepare: (_, call) => () => {
        evaluations += 1;
        try {
          call();
        } catch (error) {
          if (error !== TERMINATED) throw error;
        } finally {
          evaluations -= 1;
        }
        return undefined;
      },
      showErrors() {},
      notePass() {},
      terminate() {
        armed = true;
      },
      isOnStack: () => evaluations > 0,
      isUserCodeRunning: () => person,
      isFlooded: () => false,
      isNodeLoading: () => false,
    },
    {
      afterTermination: () => {},
      afterOutsideTermination: () => interrupts.afterTermination(undefined, new KeyboardInterrupt()),
      broken: () => {
        throw new Error('broken');
      },
      due: () => isDue(words, real.get(RAISED)),
    },
  );
  const interrupts = createInterrupts(words, {
    show: () => {},
    asKernel,
    consumed(number, execution) {
      consumed.push([number, execution]);
      watch.consumed(number, execution);
    },
    ended: (execution) => watch.ended(execution),
    now: () => time,
  });
  const code: Code = {
    iterate(cleanup = false) {
      point();
      checks += 1;
      // Time passes, whatever the checks do.
      if (checks % 4 === 0) wait();
      if (real.get(LEVEL) > (cleanup ? 1 : 0)) interrupts.checkInterrupt();
      else wait();
    },
    work() {
      point();
      if (real.get(LEVEL) > 0) interrupts.checkInterrupt();
    },
    spin() {
      point();
      wait();
    },
    note: (text) => notes.push(text),
    microtask: (call) => void microtasks.push(call),
    outside: (call) => void outsiders.push(call),
  };
  const endings: string[] = [];
  /** Runs one cell to its end, as the loop and the queue do. */
  const execute = (program: Program, execution: number): void => {
    const owner = createOwner(execution, `Cell [${execution}]`);
    const steps = program(code);
    let ended: string | undefined;
    let ready = true;
    let running = false;
    let thrown: KeyboardInterrupt | undefined;
    // Beside this only its identity matters.
    const task = { done: () => ended !== undefined } as NonNullable<Executing['task']>;
    const step = () => {
      enterOwner(owner);
      running = true;
      const error = thrown;
      thrown = undefined;
      try {
        const { done } = error ? steps.throw(error) : steps.next();
        if (done) ended = 'ok';
      } catch (failure) {
        if (!(failure instanceof KeyboardInterrupt)) throw failure;
        ended = failure.name;
      }
      running = false;
    };
    asKernel(() =>
      interrupts.begin({
        owner,
        task,
        isRunning: () => running,
        isHeldUp: () => false,
        interrupt(error) {
          thrown = error;
          ready = true;
        },
        kill() {
          ended ??= 'killed';
        },
      }),
    );
    while (ended === undefined) {
      if (ready) {
        ready = false;
        asKernel(() => {
          interrupts.turn();
          const whole = guard.enter(step);
          running = false;
          if (whole && !guard.wasTerminated()) return;
          if (!whole) ended ??= 'terminated';
          interrupts.afterTermination(whole ? undefined : task, new KeyboardInterrupt());
        });
      }
      idle();
    }
    asKernel(() => {
      interrupts.ended();
      interrupts.passed(execution);
    });
    endings.push(ended);

    function idle(): void {
      if (ended !== undefined) return;
      // As V8 does: a termination drops those behind it.
      for (let call = microtasks.shift(); call; call = microtasks.shift()) if (!fromNode(call)) microtasks.length = 0;
      const outsider = outsiders.shift();
      if (outsider) fromNode(outsider);
      const message = messages.shift();
      if (message) asKernel(() => take(message));
      else if (!ready && ended === undefined && !outsider) wait();
    }
  };
  const take = (message: InterruptMessage) => {
    if (message.type === 'interrupt') interrupts.hear(message.number, message.execution);
    else interrupts.force(message.execution);
    interrupts.idle();
  };
  /** Node or V8 calls user code by itself. False if that was terminated. */
  const fromNode = (call: () => void): boolean => {
    person = true;
    try {
      call();
      return true;
    } catch (error) {
      if (error !== TERMINATED) throw error;
      return false;
    } finally {
      person = false;
    }
  };
  const finish = (stuck?: string): Outcome => ({
    ...{ cells: endings, notes, consumed, points, ownEnded, time },
    ...(stuck !== undefined && { stuck }),
  });
  try {
    cells.forEach((program, at) => {
      execute(program, at + 1);
    });
    // All is answered: what is still on its way is heard by a loop that is free.
    while (nextOfWatcher() || messages.length > 0) {
      const message = messages.shift();
      if (message) asKernel(() => take(message));
      if (time > MINUTE) return finish('the watcher goes on for ever');
    }
    if (real.get(ZONE) !== OPEN) return finish('the guard was left closed');
    return finish();
  } catch (error) {
    if (error instanceof Stuck) return finish(error.message);
    if (error === TERMINATED) return finish('a termination outside every entry');
    throw error;
  }
}
