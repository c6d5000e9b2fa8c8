// How an interrupt is consumed on the main thread: at a loop's check, at an await, or after a termination. Raising it
// is the watcher's task; when it ends code by force is in watcher.ts.

import type { Task } from '../../asyncio/engine/task.ts';
import type { ExecutionId } from '../../events.ts';
import { traceLog } from '../../trace-log.ts';
import { currentOwner, hasOwner, type Owner } from './owner.ts';
import { CLEANING_UP, CONSUMED, clockWord, EXECUTING, MEANT, RAISED, RAISED_AT, STOP } from './shared-memory.ts';

/** What an interrupted cell gets: Python's name, for that is what front ends know. */
export class KeyboardInterrupt extends Error {
  override readonly name = 'KeyboardInterrupt';
}

/** A loop of a cell that is not executing is interrupted only after this long: it may be innocent. */
const INNOCENT_MS = 50;

/** Microtasks and ticks that kept the loop from its turn for this long are a flood. */
const FLOOD_MS = 80;

/** The executing cell, as far as interrupts are concerned. */
export interface Executing {
  readonly owner: Owner;
  /** The cell's task; undefined while its value is being shown. */
  readonly task?: Task<unknown>;
  /** Throws that error at the await where the cell is suspended; false if there is none any more. */
  interrupt(error: KeyboardInterrupt): boolean;
}

/** The interrupts of this process. */
export interface Interrupts {
  /** The STOP word, which the loops' flag shows. */
  readonly stopped: number;
  /** A cell executes from now on. */
  begin(cell: Executing): void;
  /** Called by compiled code that saw the flag. Throws KeyboardInterrupt, or returns. */
  checkInterrupt(): void;
  /** Called by plain async functions when they go on after an await. */
  resumed(): void;
  /** Called by microtasks and ticks that see the flag: true if they have kept the loop from its turn for long. */
  flooded(): boolean;
  /** The watcher's message arrived: the loop is free, so the executing cell is suspended. True if something was interrupted. */
  idle(number: number): boolean;
  /** Code was terminated. Interrupts the executing cell too, unless that is the victim. */
  terminated(victim: Task<unknown> | undefined, error: KeyboardInterrupt): void;
  /** Consumes the interrupt if one is pending: for waits that block the main thread. */
  consume(): KeyboardInterrupt | undefined;
  /** The executing cell ended. */
  ended(): void;
}

/** Makes them; `consumed` tells the watcher which interrupt was consumed, `show` shows loops the STOP word. */
export function createInterrupts(
  shared: Int32Array<SharedArrayBuffer>,
  show: () => void,
  consumed: (number: number) => void,
): Interrupts {
  let executing: Executing | undefined;
  // The last cell that was interrupted before it began, while its request was still in the pipe.
  let early = 0;
  const calm = () => {
    Atomics.store(shared, STOP, 0);
    show();
  };
  const consume = (by: string): KeyboardInterrupt | undefined => {
    const number = Atomics.load(shared, RAISED);
    if (Atomics.load(shared, CONSUMED) >= number) return undefined;
    Atomics.store(shared, CONSUMED, number);
    calm();
    traceLog.interrupt?.(`interrupt ${number} consumed by ${by}`);
    const cell = meant();
    if (cell) {
      Atomics.store(shared, CLEANING_UP, 1);
      cell.owner.interrupted = true;
    } else if (!executing) early = Atomics.load(shared, MEANT);
    consumed(number);
    return new KeyboardInterrupt();
  };
  /**
   * The executing cell, if the newest interrupt is for it: the last cell that the kernel had handed over when the person
   * pressed stop, or one before it. An interrupt for a cell that has ended must not reach one that began since.
   */
  const meant = () => (executing && executing.owner.execution <= Atomics.load(shared, MEANT) ? executing : undefined);
  /**
   * Before a cell begins: consumes an interrupt that is only for cells that have ended. If the new cell spins, the loop
   * would never hear of that interrupt, and the watcher would end the new cell.
   */
  const dropStale = (next: ExecutionId) => {
    const number = Atomics.load(shared, RAISED);
    if (Atomics.load(shared, CONSUMED) >= number || Atomics.load(shared, MEANT) >= next) return;
    Atomics.store(shared, CONSUMED, number);
    calm();
    traceLog.interrupt?.(`interrupt ${number} dropped: execution ${next} begins, and what it was for has ended`);
    consumed(number);
  };
  const raisedFor = () => (clockWord() - Atomics.load(shared, RAISED_AT)) & 0x7fffffff;
  const interrupts: Interrupts = {
    get stopped() {
      return shared[STOP] as number;
    },
    begin(cell) {
      dropStale(cell.owner.execution);
      executing = cell;
      Atomics.store(shared, EXECUTING, cell.owner.execution);
      if (early < cell.owner.execution) return;
      cell.owner.interrupted = true;
      if (cell.interrupt(new KeyboardInterrupt('before the cell began'))) early = 0;
    },
    checkInterrupt() {
      const cell = meant();
      const own = executing !== undefined && currentOwner() === executing.owner;
      if (own && !cell) return void consume('a check of a cell that it is not for');
      if (!own && raisedFor() < INNOCENT_MS) return;
      const error = consume('a check in a loop');
      if (error) {
        if (!own) cell?.interrupt(new KeyboardInterrupt());
        throw error;
      }
      // Consumed before: the cell swallowed the error and goes on looping.
      if (own) throw new KeyboardInterrupt();
    },
    resumed() {
      if (currentOwner().interrupted) throw new KeyboardInterrupt();
      if (shared[STOP] !== 0) interrupts.checkInterrupt();
    },
    flooded() {
      // Ticks without an owner belong to the pipes to the kernel.
      if (raisedFor() < FLOOD_MS || !hasOwner()) return false;
      const error = consume('a flood of microtasks');
      if (error) meant()?.interrupt(error);
      return true;
    },
    idle(number) {
      if (Atomics.load(shared, CONSUMED) >= number) return false;
      const error = consume('the idle loop');
      return error !== undefined && meant()?.interrupt(error) === true;
    },
    terminated(victim, error) {
      const first = consume('a termination') !== undefined;
      const cell = meant();
      if (cell && (first || victim === undefined) && cell.task !== victim) cell.interrupt(error);
    },
    consume: () => consume('a wait that blocks the thread'),
    ended() {
      const last = executing?.owner.execution ?? 0;
      if (Atomics.load(shared, CLEANING_UP) !== 0) traceLog.interrupt?.(`execution ${last} ended after its interrupt`);
      executing = undefined;
      Atomics.store(shared, EXECUTING, 0);
      Atomics.store(shared, CLEANING_UP, 0);
      // An interrupt that came as this cell ended, and is for the next as well, is left for the next.
      const pending = Atomics.load(shared, CONSUMED) < Atomics.load(shared, RAISED);
      if (!pending || Atomics.load(shared, MEANT) <= last) calm();
    },
  };
  return interrupts;
}
