// Barrier: tasks wait until so many of them have come.

import { Condition } from './condition.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { BrokenBarrierError, ValueError } from './engine/errors.ts';
import { internal, internalCode } from './engine/internal.ts';
import { now } from './engine/now.ts';
import { SafeSet } from './engine/primordials.ts';
import { taskOf } from './engine/running.ts';
import type { Named } from './lock.ts';

type State = 'filling' | 'draining' | 'resetting' | 'broken';

/** A task that has come, or somebody's `send`. */
interface Party {
  readonly rare?: { readonly killed: boolean } | null;
}

const WAIT = internalCode('wait');
const RESET = internalCode('reset');
const ABORT = internalCode('abort');

/** The condition of a barrier: after a termination all look again whether they may go on. */
class Gate extends Condition {
  private readonly settle: () => void;

  constructor(settle: () => void, options: Named) {
    super(options);
    this.settle = settle;
  }

  override mend(): void {
    this.settle();
    this.stir();
  }
}

/** Lets tasks through in groups of `parties` (Python: `asyncio.Barrier`). */
export class Barrier {
  /** How many tasks it lets through together. */
  readonly parties: number;
  private readonly condition: Condition;
  private state: State = 'filling';
  /** The tasks that have come and not yet left. */
  private readonly inside = new SafeSet<Party>();

  constructor(parties: number, options: Named = {}) {
    if (!(parties >= 1)) throw new ValueError('parties must be >= 1');
    this.parties = parties;
    this.condition = new Gate(() => this.settle(), { name: options.name ?? 'barrier' });
  }

  /** How many wait now. */
  get nWaiting(): number {
    this.settle();
    return this.state === 'filling' ? this.inside.size : 0;
  }

  /** True once it was aborted; every wait then throws BrokenBarrierError. */
  get broken(): boolean {
    return this.state === 'broken';
  }

  /** Waits for the others; gives a different number from 0 to `parties - 1` to each. @throws BrokenBarrierError. */
  wait(): Coroutine<number> {
    return internal(this.waitBody(), WAIT);
  }

  private *waitBody(): Generator<unknown, number, unknown> {
    yield* this.condition.acquire();
    try {
      yield* this.block();
      return yield* this.come();
    } finally {
      this.condition.release();
    }
  }

  private *come(): Generator<unknown, number, unknown> {
    const party: Party = taskOf(now.driver) ?? {};
    try {
      const index = this.inside.size;
      this.inside.add(party);
      if (index + 1 === this.parties) this.open();
      else yield* this.pass();
      return index;
    } finally {
      this.inside.delete(party);
      this.leave();
    }
  }

  /** Waits while an earlier group is leaving. */
  private *block(): Generator<unknown, void, unknown> {
    this.settle();
    yield* this.condition.waitFor(() => this.state !== 'draining' && this.state !== 'resetting');
    if (this.state === 'broken') throw new BrokenBarrierError('Barrier aborted');
  }

  private open(): void {
    this.state = 'draining';
    this.condition.notifyAll();
  }

  private *pass(): Generator<unknown, void, unknown> {
    yield* this.condition.waitFor(() => this.state !== 'filling');
    if (this.state === 'broken' || this.state === 'resetting') {
      throw new BrokenBarrierError('Abort or reset of barrier');
    }
  }

  private leave(): void {
    this.settle();
    if (this.inside.size === 0) this.condition.notifyAll();
  }

  /** A task that was killed is not inside; once all have left, the next group may fill it. */
  private settle(): void {
    for (const one of this.inside) if (one.rare?.killed === true) this.inside.delete(one);
    if (this.inside.size === 0 && (this.state === 'resetting' || this.state === 'draining')) this.state = 'filling';
  }

  /** Makes all waiting tasks fail with BrokenBarrierError, and starts afresh. */
  reset(): Coroutine<void> {
    return internal(this.resetBody(), RESET);
  }

  private *resetBody(): Generator<unknown, void, unknown> {
    yield* this.condition.acquire();
    this.settle();
    this.state = this.inside.size > 0 ? 'resetting' : 'filling';
    this.condition.notifyAll();
    this.condition.release();
  }

  /** Breaks it for good. */
  abort(): Coroutine<void> {
    return internal(this.abortBody(), ABORT);
  }

  private *abortBody(): Generator<unknown, void, unknown> {
    yield* this.condition.acquire();
    this.state = 'broken';
    this.condition.notifyAll();
    this.condition.release();
  }

  toString(): string {
    const count = this.broken ? '' : `, waiters:${this.nWaiting}/${this.parties}`;
    return `<Barrier [${this.state}${count}]>`;
  }
}
