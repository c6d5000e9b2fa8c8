// How an interrupt is heard and consumed on the main thread: at a loop's check, at an await, or after a termination. The
// words it decides by are in states.ts; what tells of it, and reminds of it, is watch-interrupts.ts on the watcher's thread.

import { KeyboardInterrupt } from '../../asyncio/engine/errors.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { Consumed, ExecutionId } from '../../events.ts';
import { traceLog } from '../../trace-log.ts';
import { currentOwner, enterOwner, hasOwner, interruptOwner, isInterrupted, type Owner } from './owner.ts';
import {
  CONSUMED,
  ENDING,
  EXECUTING,
  HEARD_AT,
  isMeant,
  isPending,
  isStale,
  LEVEL,
  levelOf,
  MEANT,
  nextPhase,
  PASSED,
  PHASE,
  RAISED,
  RUNNING,
  SLOTS,
  type Words,
} from './states.ts';

export { KeyboardInterrupt };

/** A loop of a cell that is not executing is interrupted only after this long: it may be innocent. */
const INNOCENT_MS = 50;

/** Microtasks and ticks that kept the loop from its turn for this long are a flood. */
const FLOOD_MS = 80;

/** The executing cell, as far as interrupts are concerned: its body, or the showing of its value. */
export interface Executing {
  readonly owner: Owner;
  /** Its task; undefined while its value is being shown without one. */
  readonly task?: Task<unknown>;
  /** Whether its task runs at this moment: what is thrown now goes through it. */
  isRunning(): boolean;
  /** Whether a task that awaits plain values keeps the loop from all others: what is thrown into this one would not end that. */
  isHeldUp(): boolean;
  /** Throws that error at the await where it is suspended. */
  interrupt(error: KeyboardInterrupt): void;
  /** Ends it without running any of its code. */
  kill(error: KeyboardInterrupt): void;
}

const LOW_BITS = 0x3fffffff;

/** What the interrupts tell others. */
export interface InterruptHooks {
  /** Shows loops the LEVEL word. */
  readonly show: () => void;
  /** Runs what must not be ended in the middle. */
  readonly asKernel: <T>(call: () => T) => T;
  /** Interrupt `number` was consumed by that execution, or by no cell (0). */
  readonly consumed: (number: number, execution: ExecutionId) => void;
  /** An execution that had consumed an interrupt ended. */
  readonly ended: (execution: ExecutionId) => void;
  /** Milliseconds, from no particular moment. */
  readonly now: () => number;
}

/** The hooks that tell whoever keeps the time of clean-up; `consumed` is called with each interrupt that was consumed. */
export function timedHooks(
  tell: (message: Consumed | { readonly type: 'ended'; readonly execution: ExecutionId }) => void,
  consumed: () => void,
): Pick<InterruptHooks, 'consumed' | 'ended' | 'now'> {
  return {
    consumed(number, execution) {
      tell({ type: 'consumed', number, execution });
      consumed();
    },
    ended: (execution) => tell({ type: 'ended', execution }),
    now: Date.now,
  };
}

/** The interrupts of this process. */
export interface Interrupts {
  /** As the loops' flag, for code whose own name hides the flag. */
  readonly stopped: number;
  /** Interrupt `number` was raised for cells up to that execution. May come twice. For intrusions and messages. */
  hear(number: number, execution: ExecutionId): void;
  /** The clean-up of that execution has had its time. May come twice. For intrusions and messages. */
  force(execution: ExecutionId): void;
  /** The loop is free, so the executing cell is suspended: interrupts or ends it if that is due. */
  idle(): void;
  /**
   * A task that awaits plain values one after another keeps the loop from all others. Interrupts or ends it, and the
   * executing cell too, if that is due. False: nothing is due yet, but may be soon.
   */
  heldUp(by: Task<unknown>): boolean;
  /** A part of a cell begins. An interrupt that came for it before is consumed at once, unless it is held up. */
  begin(cell: Executing): void;
  /**
   * That part ended. Until the cell is answered it still counts as executing: what it has left to Node may spin before the
   * answer is out, and is ended with the time for its clean-up.
   */
  ended(): void;
  /** The cell is answered: what was raised for it, or for cells before it, is over. */
  passed(execution: ExecutionId): void;
  /** Whether this part of the executing cell has consumed an interrupt. */
  interrupted(): boolean;
  /** Called by compiled code that saw the flag. Throws KeyboardInterrupt, or returns. */
  checkInterrupt(): void;
  /** Called by plain async functions when they go on after an await. */
  resumed(): void;
  /** Called by microtasks and ticks: true if this one is part of a flood that is to be ended. */
  flooded(): boolean;
  /** The loop has its turn again. */
  turn(): void;
  /** Code was terminated. Interrupts the executing cell too, unless that is the victim. */
  afterTermination(victim: Task<unknown> | undefined, error: KeyboardInterrupt): void;
  /** Nobody caught a KeyboardInterrupt: the cell's own task may still wait for what that code was to do. */
  escaped(error: KeyboardInterrupt, owner: Owner): void;
  /** The KeyboardInterrupt that nobody caught in this part of a cell, if there was one. */
  uncaught(): KeyboardInterrupt | undefined;
  /** Consumes the interrupt if one is pending, or ends the clean-up that is due to end: for waits that block the main thread. */
  consumeWhileBlocked(): KeyboardInterrupt | undefined;
  /** Runs kernel code that calls a person's. If a KeyboardInterrupt was thrown there and swallowed, throws it again. */
  through<T>(call: () => T): T;
}

/** Makes the interrupts of this process. */
export function createInterrupts(words: Words, hooks: InterruptHooks): Interrupts {
  let executing: Executing | undefined;
  /** How many KeyboardInterrupts checks have thrown. */
  let thrown = 0;
  /** The executing cell's own task has got its interrupt. */
  let delivered = false;
  /** The part of the cell that executes has consumed an interrupt, not one before it. */
  let consumedHere = false;
  let uncaught: KeyboardInterrupt | undefined;
  /** Whose microtasks and ticks are left out until the loop has had its turn. */
  let flooding: Owner | undefined;

  const show = () => {
    // Repeated if an intrusion came in between: otherwise an older level could be shown after a newer one.
    for (let level = levelOf(words); ; level = levelOf(words)) {
      words.set(LEVEL, level);
      hooks.show();
      if (levelOf(words) === level) return;
    }
  };
  /**
   * Uses up what is pending. Returns the cell that gets it; null if no executing cell does, either because it was for
   * none (used up) or because it is kept for a cell that has not begun; undefined if nothing was pending.
   */
  const consumeNow = (by: string): Executing | null | undefined => {
    const number = words.get(RAISED);
    if (words.get(CONSUMED) >= number) return undefined;
    const cell = isMeant(words) ? (executing ?? null) : null;
    // It is for a cell that is in flight but has not begun: the interrupt is kept for that cell, and the caller only
    // stops what delays it.
    if (executing === undefined && !isStale(words)) return null;
    if (cell) {
      words.set(PHASE, nextPhase(words.get(PHASE)));
      consumedHere = true;
      interruptOwner(cell.owner);
    }
    words.raise(CONSUMED, number);
    show();
    traceLog.interrupt?.(`interrupt ${number} consumed by ${by}${cell ? '' : ', for no cell'}`);
    hooks.consumed(number, cell ? cell.owner.execution : 0);
    return cell;
  };
  const consume = (by: string) => hooks.asKernel(() => consumeNow(by));
  /** Delivers a consumed interrupt to a cell that does not run at this moment. */
  const deliver = (cell: Executing, error: KeyboardInterrupt) => {
    delivered = true;
    // Its body is done, and only what that left keeps it from its end: nobody can catch the error any more.
    if (cell.task?.done()) uncaught = error;
    if (words.get(PHASE) === ENDING) cell.kill(error);
    else cell.interrupt(error);
  };
  const raisedFor = () => ((hooks.now() & LOW_BITS) - words.get(HEARD_AT)) & LOW_BITS;
  /** To be thrown into code of the executing cell. */
  const thrownInto = (owner: Owner): KeyboardInterrupt => {
    thrown += 1;
    // What its clean-up starts from here carries the new mark.
    enterOwner(owner);
    return new KeyboardInterrupt();
  };
  /** Whether code of the executing cell runs. */
  const runsOwn = () => executing !== undefined && currentOwner() === executing.owner;
  /** To be thrown into that code where the time for its clean-up is over. */
  const endOfCleanUp = () =>
    executing && runsOwn() && words.get(PHASE) === ENDING ? thrownInto(executing.owner) : undefined;

  const interrupts: Interrupts = {
    get stopped() {
      return words.get(LEVEL);
    },
    hear(number, execution) {
      if (words.get(RAISED) < number) words.set(HEARD_AT, hooks.now() & LOW_BITS);
      words.set(MEANT + (number % SLOTS), execution);
      words.raise(RAISED, number);
      show();
    },
    force(execution) {
      if (words.get(EXECUTING) !== execution || words.get(PHASE) === RUNNING) return;
      words.set(PHASE, ENDING);
      show();
    },
    idle() {
      // An interrupt for a cell that has not begun yet is kept for that cell.
      if (isPending(words) && (executing || isStale(words))) {
        const cell = consume('the idle loop');
        if (cell) deliver(cell, new KeyboardInterrupt());
      }
      if (executing && words.get(PHASE) === ENDING) executing.kill(new KeyboardInterrupt());
    },
    heldUp(by) {
      const own = executing?.task === by;
      if (executing && words.get(PHASE) === ENDING) {
        executing.kill(new KeyboardInterrupt());
        if (!own) by.kill(new KeyboardInterrupt());
      }
      if (!isPending(words)) return true;
      if (!own && raisedFor() < INNOCENT_MS) return false;
      const cell = consume('an await of a plain value');
      if (cell) deliver(cell, new KeyboardInterrupt());
      if (!own) by.interrupt(new KeyboardInterrupt());
      return true;
    },
    begin(cell) {
      executing = cell;
      delivered = false;
      consumedHere = false;
      uncaught = undefined;
      words.set(EXECUTING, cell.owner.execution);
      // What is pending is for this cell, which was in flight, or only for cells before it, which have ended.
      const meant = cell.isHeldUp() ? undefined : consume('the beginning of a cell');
      if (meant) deliver(meant, new KeyboardInterrupt('before the cell began'));
    },
    ended() {
      executing = undefined;
    },
    passed(execution) {
      words.raise(PASSED, execution);
      if (words.get(EXECUTING) === execution) {
        const wasInterrupted = words.get(PHASE) !== RUNNING;
        words.set(EXECUTING, 0);
        words.set(PHASE, RUNNING);
        show();
        if (wasInterrupted) {
          traceLog.interrupt?.(`execution ${execution} ended after its interrupt`);
          hooks.ended(execution);
        }
      }
      if (isPending(words) && isStale(words)) consume('the end of what it was for');
    },
    interrupted: () => consumedHere,
    checkInterrupt() {
      const overdue = endOfCleanUp();
      if (overdue) throw overdue;
      const own = runsOwn();
      if (!isPending(words)) return;
      if (!own && raisedFor() < INNOCENT_MS) return;
      const cell = consume('a check in a loop');
      if (executing && own) {
        if (cell === null || cell === undefined) return;
        delivered = cell.isRunning();
        // Another task of the cell, or a callback: its own task may wait for something else, and would not hear of it.
        if (!delivered) deliver(cell, new KeyboardInterrupt());
        throw thrownInto(cell.owner);
      }
      if (cell) deliver(cell, new KeyboardInterrupt());
      thrown += 1;
      throw new KeyboardInterrupt();
    },
    resumed() {
      if (isInterrupted()) throw thrownInto(currentOwner());
      if (words.get(LEVEL) !== 0) interrupts.checkInterrupt();
    },
    flooded() {
      if (flooding !== undefined) return flooding === currentOwner();
      // Ticks without an owner belong to the pipes to the kernel.
      if (words.get(LEVEL) === 0 || !hasOwner()) return false;
      const ending = words.get(PHASE) === ENDING;
      if (!ending && !isPending(words)) return false;
      const own = runsOwn();
      if (!own && (ending || raisedFor() < FLOOD_MS + INNOCENT_MS)) return false;
      if (!ending && raisedFor() < FLOOD_MS) return false;
      flooding = currentOwner();
      const cell = consume('a flood of microtasks');
      if (cell) deliver(cell, new KeyboardInterrupt());
      return true;
    },
    turn() {
      flooding = undefined;
    },
    afterTermination(victim, error) {
      const cell = consume('a termination');
      if (cell) {
        if (cell.task === undefined || cell.task !== victim) deliver(cell, error);
        else delivered = true;
      } else if (executing && words.get(PHASE) === ENDING && executing.task !== victim) executing.kill(error);
    },
    escaped(error, owner) {
      // A collection tells of an earlier cell's at any time: that is not this cell's.
      if (executing?.owner !== owner) return;
      if (!consumedHere) return;
      uncaught = error;
      if (!delivered) deliver(executing, error);
    },
    uncaught: () => uncaught,
    consumeWhileBlocked() {
      const overdue = endOfCleanUp();
      if (overdue) return overdue;
      const own = runsOwn();
      const cell = consume('a wait that blocks the thread');
      if (cell === undefined) return undefined;
      delivered = cell?.isRunning() ?? false;
      return cell && own ? thrownInto(cell.owner) : new KeyboardInterrupt();
    },
    through(call) {
      const before = thrown;
      const value = call();
      if (thrown !== before) throw new KeyboardInterrupt('while a value was being shown');
      return value;
    },
  };
  return interrupts;
}
