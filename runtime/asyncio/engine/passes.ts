// The passes over the ready queue: due timers join it, and what is in it then is run, in order. How passes make a turn is
// in turns.ts.

import type { AfterPass } from './after-pass.ts';
import { runTimed } from './debug.ts';
import { now } from './now.ts';
import type { Ready } from './ready.ts';
import type { Timed, Timers } from './timers.ts';

const RESOLUTION = 1e-9;

interface Item<L> {
  run(loop: L): void;
}

/** A loop as its passes see it. */
interface Passing<Queued, Timer> {
  readonly ready: Ready<Queued>;
  readonly timers: Timers<Timer & Timed>;
  readonly afterPass: AfterPass;
  readonly clock: 'real' | 'virtual';
  readonly owner: unknown;
  readonly slowCallbackDuration: number;
  /** On record for recover(): what runs, and what is between the timers and the ready queue. */
  running: Queued | null;
  moving: Timer | null;
  passCount: number;
  getDebug(): boolean;
  time(): number;
  /** True if a virtual clock may go on to the next timer. */
  mayJump(): boolean;
  repair(): void;
  jump(when: number): void;
}

export class Passes<L extends Passing<Queued, Timer>, Queued extends Item<L>, Timer extends Queued & Timed> {
  /** Of a pass that microtasks interrupt: how many items it has still to run. */
  private left = 0;
  /** How many of them it was interrupted for, at the front. */
  private hops = 0;

  /** The first of a pass that microtasks interrupt; undefined if none does. */
  interrupted(loop: L): Queued | undefined {
    return this.left > 0 ? loop.ready.first() : undefined;
  }

  /** The pass goes on with this item, once microtasks have run. */
  hop(loop: L, item: Queued): void {
    this.hops++;
    loop.ready.unshift(item);
  }

  /** One pass, or the rest of one that was interrupted. */
  run(loop: L): void {
    const { ready, afterPass } = loop;
    let { left } = this;
    this.left = 0;
    this.hops = 0;
    if (left === 0) {
      if (afterPass.waiting) afterPass.resume();
      if (loop.timers.size > 0) this.moveDue(loop);
      loop.passCount++;
      left = ready.length;
    }
    for (; left > 0; left--) {
      const item = ready.shift();
      loop.running = item;
      if (loop.getDebug()) runTimed<L>(loop, item);
      else item.run(loop);
      // Cleared each time, so that a termination between two items has no victim.
      loop.running = null;
      if (now.struck) loop.repair();
      if (this.hops > 0) {
        this.left = left - 1 + this.hops;
        return;
      }
    }
    if (afterPass.waiting) afterPass.run();
  }

  /** When there is something to do next: 0 for now, a time, or undefined for never. */
  nextTime(loop: L): number | undefined {
    if (loop.ready.length > 0 || loop.afterPass.waiting) return 0;
    const first = loop.timers.first();
    if (first === undefined) return undefined;
    // No clock jumps to the end of time: a sleep without end never ends.
    if (loop.clock === 'real' || first.due === Number.POSITIVE_INFINITY) return first.due;
    return loop.mayJump() ? 0 : undefined;
  }

  private moveDue(loop: L): void {
    const { ready, timers } = loop;
    let first = timers.first();
    if (first === undefined) return;
    if (
      loop.clock === 'virtual' &&
      ready.length === 0 &&
      !loop.afterPass.waiting &&
      loop.mayJump() &&
      first.due < Number.POSITIVE_INFINITY
    ) {
      loop.jump(first.due);
    }
    const until = loop.time() + RESOLUTION;
    while (first !== undefined && first.due < until) {
      loop.moving = first;
      timers.take();
      ready.push(first);
      loop.moving = null;
      first = timers.first();
    }
  }
}
