// When the loop's turns happen within Node's own loop. A turn is several passes back to back, for up to a millisecond,
// so that a switch is cheap; then it is the turn of I/O, timers, immediates and microtasks of native code.

import {
  clearImmediate,
  clearTimeout,
  type Immediate,
  setImmediate,
  setTimeout,
  type Timeout,
} from '#host/native-timers';
import { ceil, max, milliseconds, min, soon } from './primordials.ts';
import { Standing } from './standing.ts';

/** A turn ends after this many milliseconds; under a virtual clock after this many passes, so that the order of events does not depend on the machine. */
const TURN_MS = 1;
const TURN_PASSES = 64;
const LOOK_AT_CLOCK_PASSES = 16;
/** So many awaits of plain values in a row, then it is the turn of I/O and timers. */
const MOST_HOPS = 1000;
/** Node's longest timeout. */
const LONGEST_MS = 2 ** 31 - 1;

/** A loop as its turns see it. */
interface Turning {
  readonly clock: 'real' | 'virtual';
  /** Its waits for native promises. */
  readonly foreign: { readonly size: number };
  time(): number;
  nextTime(): number | undefined;
  standsStill(): boolean;
  awaitsNative(): { readonly owner: unknown; getName(): string } | undefined;
  beginTurn(): void;
  pass(): void;
  endTurn(): void;
  recover(error: unknown): unknown;
  readonly options: { readonly microtasks?: MicrotaskWatch | undefined };
  /** What a pass was interrupted for. */
  readonly hopping: unknown;
}

/** @internal A host that can tell whether microtasks wait. */
export interface MicrotaskWatch {
  /** True: none waits. Where it is false, microtasks run before the next question. */
  none(): boolean;
  /** No question will come for a while. */
  rest(): void;
  /** Calls `queue`, which queues a microtask that is the loop's own and returns its promise: these do not count. */
  own(queue: () => unknown): void;
}

export class Turns {
  /** Native code has something to do before the next pass: the turn ends. */
  yieldToNative = false;
  /** Microtasks are to run, and nothing else, before the pass goes on. */
  hop = false;
  private hops = 0;
  private microtask = false;
  private readonly loop: Turning;
  enter: (turn: () => void) => void;
  private readonly onPlanFailure: (error: unknown) => void;
  private immediate: Immediate | null = null;
  private timeout: Timeout | null = null;
  private timeoutAt = Number.POSITIVE_INFINITY;
  private stopped = false;
  private readonly standing: Standing;

  constructor(loop: Turning, enter: (turn: () => void) => void, onPlanFailure: (error: unknown) => void) {
    this.loop = loop;
    this.enter = enter;
    this.onPlanFailure = onPlanFailure;
    this.standing = new Standing(loop);
  }

  /** Plans the next turn, if there is anything to do. */
  plan(): void {
    try {
      this.planNext();
    } catch (error) {
      this.onPlanFailure(error);
    }
  }

  private planNext(): void {
    if (this.immediate !== null || this.microtask || this.stopped) return;
    const when = this.loop.nextTime();
    if (when === undefined) this.rest();
    else if (when === 0) this.planSoon();
    else this.planAt(when);
  }

  /** Nothing is due: whoever is waited for will plan. */
  private rest(): void {
    this.forgetTimeout();
    if (this.loop.standsStill()) this.standing.begin();
  }

  private planSoon(): void {
    const { hop } = this;
    this.hop = false;
    if (hop && this.hops < MOST_HOPS) {
      this.hops++;
      this.microtask = true;
      const { microtasks } = this.loop.options;
      if (microtasks === undefined) this.queueTurn();
      else microtasks.own(this.queueTurn);
      return;
    }
    this.hops = 0;
    this.immediate = setImmediate(this.onImmediate);
  }

  /** Plans anew: where code was ended outside a turn, Node may have lost what was planned. */
  renew(): void {
    if (this.immediate !== null) clearImmediate(this.immediate);
    this.immediate = null;
    this.microtask = false;
    this.forgetTimeout();
    this.plan();
  }

  stop(): void {
    this.stopped = true;
    if (this.immediate !== null) clearImmediate(this.immediate);
    this.forgetTimeout();
    this.standing.end();
  }

  /** Nothing is due any more, and a timeout left over would only keep the process alive. */
  private forgetTimeout(): void {
    if (this.timeout === null) return;
    clearTimeout(this.timeout);
    this.timeout = null;
    this.timeoutAt = Number.POSITIVE_INFINITY;
  }

  private planAt(when: number): void {
    if (this.timeout !== null) {
      if (this.timeoutAt <= when) return;
      clearTimeout(this.timeout);
    }
    this.timeoutAt = when;
    const milliseconds = min(LONGEST_MS, max(1, ceil((when - this.loop.time()) * 1000)));
    this.timeout = setTimeout(this.onTimeout, milliseconds);
  }

  private readonly onImmediate = (): void => {
    this.immediate = null;
    this.enter(this.turn);
    this.plan();
  };

  private readonly queueTurn = (): unknown => soon(this.onMicrotask);

  private readonly onMicrotask = (): void => {
    // Planned anew since.
    if (!this.microtask) return;
    this.microtask = false;
    this.enter(this.turn);
    this.plan();
  };

  private readonly onTimeout = (): void => {
    this.timeout = null;
    this.timeoutAt = Number.POSITIVE_INFINITY;
    this.enter(this.turn);
    this.plan();
  };

  private readonly turn = (): void => {
    const { loop } = this;
    loop.beginTurn();
    this.yieldToNative = false;
    try {
      this.passes(loop);
      if (loop.hopping === null) loop.options.microtasks?.rest();
      loop.endTurn();
    } catch (error) {
      // Errors of a program stay in its tasks, so this is not one: somebody broke what the engine itself uses. Only the
      // task whose step it was must fail.
      loop.recover(error);
    }
  };

  private passes(loop: Turning): void {
    const began = milliseconds();
    const counted = loop.clock === 'virtual';
    for (let passes = 1; ; passes++) {
      loop.pass();
      if (this.hop && loop.foreign.size === 0 && loop.options.microtasks?.none() === true) this.hop = false;
      // A wait for a native promise ends in a microtask: these run between turns only.
      if (this.yieldToNative || this.hop || loop.foreign.size > 0 || this.stopped) return;
      if (counted ? passes >= TURN_PASSES : passes % LOOK_AT_CLOCK_PASSES === 0 && milliseconds() - began > TURN_MS)
        return;
      const next = loop.nextTime();
      if (next === undefined || (next > 0 && next > loop.time())) return;
    }
  }
}
