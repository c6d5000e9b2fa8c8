// Barrier: tasks wait until so many of them have come.

import { Condition } from './condition.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { BrokenBarrierError, ValueError } from './engine/errors.ts';
import { internal, internalCode } from './engine/internal.ts';
import type { Named } from './lock.ts';

type State = 'filling' | 'draining' | 'resetting' | 'broken';
const WAIT = internalCode('wait');
const RESET = internalCode('reset');
const ABORT = internalCode('abort');

/** Lets tasks through in groups of `parties` (Python: `asyncio.Barrier`). */
export class Barrier {
  /** How many tasks it lets through together. */
  readonly parties: number;
  private readonly condition: Condition;
  private state: State = 'filling';
  private count = 0;

  constructor(parties: number, options: Named = {}) {
    if (!(parties >= 1)) throw new ValueError('parties must be > 0');
    this.parties = parties;
    this.condition = new Condition({ name: options.name ?? 'barrier' });
  }

  /** How many wait now. */
  get nWaiting(): number {
    return this.state === 'filling' ? this.count : 0;
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
    using _held = yield* this.condition.acquire();
    yield* this.block();
    try {
      const index = this.count++;
      if (index + 1 === this.parties) this.open();
      else yield* this.pass();
      return index;
    } finally {
      this.count--;
      this.leave();
    }
  }

  /** Waits while an earlier group is leaving. */
  private *block(): Generator<unknown, void, unknown> {
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
    if (this.count !== 0) return;
    if (this.state === 'resetting' || this.state === 'draining') this.state = 'filling';
    this.condition.notifyAll();
  }

  /** Makes all waiting tasks fail with BrokenBarrierError, and starts afresh. */
  reset(): Coroutine<void> {
    return internal(this.resetBody(), RESET);
  }

  private *resetBody(): Generator<unknown, void, unknown> {
    using _held = yield* this.condition.acquire();
    this.state = this.count > 0 ? 'resetting' : 'filling';
    this.condition.notifyAll();
  }

  /** Breaks it for good. */
  abort(): Coroutine<void> {
    return internal(this.abortBody(), ABORT);
  }

  private *abortBody(): Generator<unknown, void, unknown> {
    using _held = yield* this.condition.acquire();
    this.state = 'broken';
    this.condition.notifyAll();
  }

  toString(): string {
    const count = this.broken ? '' : `, waiters:${this.nWaiting}/${this.parties}`;
    return `<Barrier [${this.state}${count}]>`;
  }
}
