// The loop of this process with its guarded entry: what happens after a turn, after a termination, and when the task of
// the executing cell ends. Which cell executes, and how, is in execute.ts.

import { nextTick } from '#host/native-timers';
import { Loop } from '../../asyncio/engine/loop.ts';
import { soon } from '../../asyncio/engine/primordials.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { MicrotaskWatch } from '../../asyncio/engine/turns.ts';
import { traceLog } from '../../trace-log.ts';
import { placeAt } from '../errors/traceback.ts';
import type { Guard } from '../interrupt/guard.ts';
import { type Interrupts, KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { currentOwner, enterOwner, type Owner } from '../interrupt/owner.ts';
import type { Late } from './late.ts';
import { traceLoops } from './trace-loop.ts';

/** The loop, and the task whose end is watched: that of the executing cell. */
export interface GuardedLoop {
  readonly loop: Loop;
  /** From now on `task` is the executing cell's; `done` is called when it is done. */
  watch(task: Task<unknown>, done: () => void): void;
  /**
   * Calls back once the ticks and microtasks that wait now have run; after an interrupt only in the next turn, when Node
   * has reported the promises that nobody awaits.
   */
  afterTicks(resume: () => void): void;
  /** Calls `done` if the watched task has ended. */
  look(): void;
  /** Ends the watched task without running any of its code. */
  kill(error: unknown): void;
  /** After a termination: native promises are asked again, and the next turn is planned anew. */
  renew(): void;
}

/** What the loop and its entry are made of. */
export interface GuardedLoopParts {
  readonly guard: Guard;
  readonly interrupts: Interrupts;
  readonly late: Late;
  readonly microtasks: MicrotaskWatch;
  /** Ends the process, which cannot go on. */
  readonly breakDown: (reason: string) => void;
}

/** Makes the loop and installs it as the one that native code belongs to. */
export function createGuardedLoop(parts: GuardedLoopParts): GuardedLoop {
  const { guard, interrupts, late, microtasks, breakDown } = parts;
  let waiting: (() => void) | undefined;
  let watched: { readonly task: Task<unknown>; readonly done: () => void } | undefined;
  const recover = () => {
    const error = new KeyboardInterrupt();
    if (loop.current) placeAt(error, loop.current);
    const victim = loop.recover(error);
    traceLog.interrupt?.(`V8 terminated ${victim?.task?.getName() ?? (victim ? 'a callback' : 'what was no task')}`);
    interrupts.afterTermination(victim?.task ?? undefined, error);
    const owner = victim?.owner as Owner | undefined;
    if (owner && victim?.task !== watched?.task)
      late.interrupted(victim?.task ? String(victim.task) : 'a callback', owner);
  };
  const guardedLoop: GuardedLoop = {
    get loop() {
      return loop;
    },
    watch(task, done) {
      watched = { task, done };
    },
    afterTicks(resume) {
      waiting = resume;
      if (interrupts.interrupted()) loop.callSoon(nothing);
      // Behind the ticks that are there, then behind all microtasks: these run before the next tick.
      else nextTick(() => soon(() => nextTick(() => waiting === resume && guard.asKernel(resumeWaiting))));
    },
    look() {
      // The end of one part of a cell may begin the next, which may be over at once.
      for (;;) {
        const { task, done } = watched ?? {};
        if (!task?.done()) return;
        watched = undefined;
        done?.();
      }
    },
    kill: (error) => watched?.task.kill(error),
    renew() {
      // Ticks and microtasks may be lost: the next turn calls back.
      if (waiting) loop.callSoon(nothing);
      // In the middle of a turn, `recover` does it once the loop is whole.
      if (!loop.turning) loop.renew();
    },
  };
  const fail = (error: unknown) =>
    breakDown(`its event loop failed: ${error instanceof Error ? error.message : 'no error'}`);
  const turn = (call: () => void) => {
    traceLog.loop?.('turn begins');
    interrupts.turn();
    try {
      if (!guard.enter(call)) recover();
      // The turn was through: only the way out of it was terminated.
      else if (guard.wasTerminated()) interrupts.afterTermination(undefined, new KeyboardInterrupt());
    } catch (error) {
      // A person's errors do not come here: the loop's own code failed, and would again at each turn.
      fail(error);
    }
    traceLog.loop?.(`turn ends, at pass ${loop.passCount}`);
    resumeWaiting();
  };
  const resumeWaiting = () => {
    const resume = waiting;
    waiting = undefined;
    resume?.();
    guardedLoop.look();
  };
  traceLoops();
  const loop = new Loop({
    shared: true,
    enter: (call) => guard.asKernel(() => turn(call)),
    onOwner: (owner) => enterOwner(owner as Owner),
    outerOwner: currentOwner,
    microtasks,
    onException: late.exception,
    onPlanFailure: fail,
    ownSignals: {
      SIGINT: 'SIGINT interrupts the cell, so a cell cannot handle it: catch KeyboardInterrupt at an await',
    },
  });
  loop.install();
  return guardedLoop;
}

function nothing(): void {}
