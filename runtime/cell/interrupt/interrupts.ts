// How an interrupt is consumed on the main thread: at a loop's check, at an await, or after a termination. Raising it
// is the watcher's affair; the levers' order is in DESIGN's "Interrupt" and in watcher.ts.

import type { Task } from '../../asyncio/engine/task.ts';
import type { ExecutionId } from '../../events.ts';
import { currentOwner, hasOwner, type Owner } from './owner.ts';
import { CONSUMED, clockWord, ENDING, EXECUTING, MEANT, RAISED, RAISED_AT, RESUME, STOP } from './shared-memory.ts';

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
  /** As the loops' flag, read from shared memory. */
  readonly stopped: number;
  /** A cell executes from now on. */
  begin(cell: Executing): void;
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

/** Makes them; `tell` says to the watcher which interrupt was consumed, `show` shows loops the STOP word. */
export function createInterrupts(
  shared: Int32Array<SharedArrayBuffer>,
  show: () => void,
  tell: (number: number) => void,
): Interrupts {
  let executing: Executing | undefined;
  // The last cell that was interrupted before it began: its request was still in the pipe.
  let early = 0;
  const calm = () => {
    Atomics.store(shared, STOP, 0);
    show();
  };
  const take = (): KeyboardInterrupt | undefined => {
    const number = Atomics.load(shared, RAISED);
    if (Atomics.load(shared, CONSUMED) >= number) return undefined;
    Atomics.store(shared, CONSUMED, number);
    calm();
    const cell = meant();
    if (cell) {
      Atomics.store(shared, ENDING, 1);
      Atomics.store(shared, RESUME, 1);
      cell.owner.interrupted = true;
    } else if (!executing) early = Atomics.load(shared, MEANT);
    tell(number);
    return new KeyboardInterrupt();
  };
  /**
   * The executing cell, if the newest interrupt is for it: for the last cell that the kernel had handed over when it was
   * asked for, or one before that. An interrupt for a cell that ended must not strike one that began since.
   */
  const meant = () => (executing && executing.owner.execution <= Atomics.load(shared, MEANT) ? executing : undefined);
  /**
   * Before a cell begins: consumes an interrupt that means only what has ended. The cell may spin, so that the loop
   * never hears of the interrupt, and the watcher would end it.
   */
  const settle = (next: ExecutionId) => {
    const number = Atomics.load(shared, RAISED);
    if (Atomics.load(shared, CONSUMED) >= number || Atomics.load(shared, MEANT) >= next) return;
    Atomics.store(shared, CONSUMED, number);
    calm();
    tell(number);
  };
  const raisedFor = () => (clockWord() - Atomics.load(shared, RAISED_AT)) & 0x7fffffff;
  const interrupts: Interrupts = {
    get stopped() {
      return shared[STOP] as number;
    },
    begin(cell) {
      settle(cell.owner.execution);
      executing = cell;
      Atomics.store(shared, EXECUTING, cell.owner.execution);
      if (early < cell.owner.execution) return;
      cell.owner.interrupted = true;
      if (cell.interrupt(new KeyboardInterrupt('before the cell began'))) early = 0;
    },
    struck() {
      const cell = meant();
      const own = executing !== undefined && currentOwner() === executing.owner;
      if (own && !cell) return void take();
      if (!own && raisedFor() < INNOCENT_MS) return;
      const error = take();
      if (error) {
        if (!own) cell?.interrupt(new KeyboardInterrupt());
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
      if (error) meant()?.interrupt(error);
      return true;
    },
    idle(number) {
      if (Atomics.load(shared, CONSUMED) >= number) return false;
      const error = take();
      return error !== undefined && meant()?.interrupt(error) === true;
    },
    terminated(victim, error) {
      const first = take() !== undefined;
      const cell = meant();
      if (cell && (first || victim === undefined) && cell.task !== victim) cell.interrupt(error);
    },
    take,
    ended() {
      const last = executing?.owner.execution ?? 0;
      executing = undefined;
      Atomics.store(shared, EXECUTING, 0);
      Atomics.store(shared, ENDING, 0);
      // One that came as this cell ended, and means the next as well, is for that one.
      const pending = Atomics.load(shared, CONSUMED) < Atomics.load(shared, RAISED);
      if (!pending || Atomics.load(shared, MEANT) <= last) calm();
    },
  };
  return interrupts;
}
