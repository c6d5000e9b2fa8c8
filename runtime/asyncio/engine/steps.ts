// `yield* awaitable`, the generator form of an await, as the iterator that it runs.

import { begin } from './begin.ts';
import { PENDING, type Pending } from './now.ts';

/** What `yield* awaitable` runs: at most one suspension, and none if the operand completes at once. */
export class Steps<T> {
  private readonly operand: unknown;
  private begun = false;

  constructor(operand: unknown) {
    this.operand = operand;
  }

  next(value?: unknown): IteratorResult<Pending, T> {
    if (this.begun) return { done: true, value: value as T };
    this.begun = true;
    const outcome = begin(this.operand);
    if (outcome === PENDING) return { done: false, value: PENDING };
    return { done: true, value: outcome as T };
  }

  throw(error: unknown): never {
    throw error;
  }

  return(value?: unknown): IteratorResult<Pending, T> {
    return { done: true, value: value as T };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
