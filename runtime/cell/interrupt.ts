// How an interrupt is consumed on the main thread: at a loop's check, at an await, or after a termination. Raising it
// is the watcher's affair; the levers' order is in DESIGN's "Interrupt" and in watcher.ts.

import type { Task } from '../asyncio/task.ts';
import { currentOwner, hasOwner, type Owner } from './owner.ts';
import { CONSUMED, clockWord, ENDING, RAISED, RAISED_AT, RESUME, STOP } from './shared.ts';

/** What an interrupted cell gets: Python's name, for that is what front ends know. */
export class KeyboardInterrupt extends Error {
  override readonly name = 'KeyboardInterrupt';
}

/** A loop of another cell than the executing one is struck only after so long: it may be innocent. */
const INNOCENT_MS = 50;

/** Microtasks and ticks that kept the loop from the interrupt for so long are a flood. */
const FLOOD_MS = 80;

/** The executing cell, as far as interrupts are concerned. */
export interface Executing {
  readonly owner: Owner;
  /** The cell's task; undefined while its value is being shown. */
  readonly task?: Task<unknown>;
  /** Ends what the cell waits for with that error; false where it waits for nothing any more. */
  interrupt(error: KeyboardInterrupt): boolean;
}

/** The interrupts of this process. */
export interface Interrupts {
  /** The cell that executes now; undefined when it ended. */
  executing: Executing | undefined;
  /** Called by compiled code where it saw the flag. Throws KeyboardInterrupt, or returns. */
  struck(): void;
  /** Called by plain async functions when they go on after an await. */
  resumed(): void;
  /** Called by microtasks and ticks where they see the flag: true where they keep the loop from its turn for long. */
  flooded(): boolean;
  /** The watcher's message: the loop is free, so the executing cell is suspended. True where something was interrupted. */
  idle(number: number): boolean;
  /** Code was terminated. Interrupts the executing cell too, unless it was that one. */
  terminated(victim: Task<unknown> | undefined, error: KeyboardInterrupt): void;
  /** Takes the interrupt, if there is one not yet consumed: for waits that block the main thread. */
  take(): KeyboardInterrupt | undefined;
  /** The executing cell ended. */
  ended(): void;
}

/** Makes them; `tell` says to the watcher which interrupt was consumed. */
export function createInterrupts(shared: Int32Array<SharedArrayBuffer>, tell: (number: number) => void): Interrupts {
  const take = (): KeyboardInterrupt | undefined => {
    const number = Atomics.load(shared, RAISED);
    if (Atomics.load(shared, CONSUMED) >= number) return undefined;
    Atomics.store(shared, CONSUMED, number);
    Atomics.store(shared, STOP, 0);
    if (interrupts.executing) {
      Atomics.store(shared, ENDING, 1);
      Atomics.store(shared, RESUME, 1);
      interrupts.executing.owner.interrupted = true;
    }
    tell(number);
    return new KeyboardInterrupt();
  };
  const raisedFor = () => (clockWord() - Atomics.load(shared, RAISED_AT)) & 0x7fffffff;
  const interrupts: Interrupts = {
    executing: undefined,
    struck() {
      const { executing } = interrupts;
      const own = executing !== undefined && currentOwner() === executing.owner;
      if (!own && raisedFor() < INNOCENT_MS) return;
      const error = take();
      if (error) {
        if (!own) executing?.interrupt(new KeyboardInterrupt());
        throw error;
      }
      // Consumed before: the cell swallowed the error and loops on.
      if (own) throw new KeyboardInterrupt();
    },
    resumed() {
      if (currentOwner().interrupted) throw new KeyboardInterrupt();
      if (shared[STOP] !== 0) interrupts.struck();
    },
    flooded() {
      // Ticks without an owner are those of the pipes to the kernel.
      if (raisedFor() < FLOOD_MS || !hasOwner()) return false;
      const error = take();
      if (error) interrupts.executing?.interrupt(error);
      return true;
    },
    idle(number) {
      if (Atomics.load(shared, CONSUMED) >= number) return false;
      const { executing } = interrupts;
      const error = take();
      if (!executing || !error) return false;
      return executing.interrupt(error);
    },
    terminated(victim, error) {
      const { executing } = interrupts;
      const first = take() !== undefined;
      if (executing && (first || victim === undefined) && executing.task !== victim) executing.interrupt(error);
    },
    take,
    ended() {
      interrupts.executing = undefined;
      Atomics.store(shared, ENDING, 0);
      Atomics.store(shared, STOP, 0);
    },
  };
  return interrupts;
}
