// The wait of `await 42` in a compiled body: the value is there, and native code's microtasks run once before the task goes
// on. No other task of the loop runs in between. A promise or thenable that is settled by then is awaited in the same way.

import type { Settling, Wait } from './types.ts';

const RESULT = 1;
const EXCEPTION = 2;

/** @internal Read as a future that is done. */
export class Plain implements Wait {
  readonly phase: typeof RESULT | typeof EXCEPTION;
  readonly outcome: unknown;

  constructor(outcome: unknown, failed = false) {
    this.outcome = outcome;
    this.phase = failed ? EXCEPTION : RESULT;
  }

  failure(): unknown {
    return this.outcome;
  }

  waitName(): string {
    return 'value';
  }

  /** A cancellation waits for an await that can be cancelled, as it does where nothing suspends. */
  cancelWait(_message: string | undefined): boolean {
    return false;
  }

  settled(): boolean {
    return true;
  }
}

/** A native promise's future, as far as it is read here. */
interface Foreign extends Wait, Pick<Settling, 'phase' | 'outcome'> {
  failure(): unknown;
}

/** @internal A promise or thenable, of which nobody can ask whether it is settled: microtasks tell. */
export class Perhaps extends Plain {
  readonly future: Foreign;

  constructor(future: Foreign) {
    super(undefined);
    this.future = future;
  }

  /** After the microtasks: what the task goes on with, or what it has to wait for. */
  resolved(): Plain | Foreign {
    const { future } = this;
    if (!future.settled()) return future;
    return future.phase === RESULT ? new Plain(future.outcome) : new Plain(future.failure(), true);
  }

  override waitName(): string {
    return this.future.waitName();
  }

  override cancelWait(message: string | undefined): boolean {
    return this.future.cancelWait(message);
  }
}
