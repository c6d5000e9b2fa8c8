// The ground floor of the engine's types: what its parts need to know of one another where they do not need the whole
// class. Types only, and this file imports nothing.

/** What the source of a coroutine function is; one record per function, shared by all its coroutines. */
export interface Code {
  readonly name: string;
  /** Where it was written: `Cell [3]`, or a path; only if it was compiled. */
  readonly file?: string;
  /** The first line of the function, from 1. */
  readonly line?: number;
  /** Part of the library itself: left out of call graphs. */
  readonly internal?: boolean;
  /** Written as an async function: what it returns is awaited, as in JavaScript and as TypeScript types it. */
  readonly adopts?: boolean;
}

/** A coroutine body at work. */
export type Body<T> = Generator<unknown, T, unknown>;

/** As Python's `inspect.getcoroutinestate`. */
export type CoroutineState = 'CORO_CREATED' | 'CORO_RUNNING' | 'CORO_SUSPENDED' | 'CORO_CLOSED';

/** What a suspended driver waits for: a future, or a sleep. */
export interface Wait {
  /** @internal The name of the wait in pictures and call graphs, such as `sleep(0.5)`. */
  waitName(): string;
  /** @internal Asks what is waited for to be cancelled; false if its outcome is already there. */
  cancelWait(message: string | undefined): boolean;
  /** @internal True once the outcome is there, so that the waiting task belongs in the ready queue. */
  settled(): boolean;
}

/** Where context variables have their values. */
export interface Scope {
  /** @internal */
  variables: ReadonlyMap<object, unknown> | null;
}

/** A future as messages and failure reports see it. */
export interface Settling {
  readonly [Symbol.toStringTag]: string;
  readonly phase: number;
  readonly outcome: unknown;
  done(): boolean;
  cancelled(): boolean;
}

/** A coroutine as the stack it stands on sees it. */
export interface Frame {
  /** @internal */ readonly code: Code;
  /** @internal The awaiter: the frame below. */
  caller: Frame | null;
  /** @internal The stack that it stands on. */
  driver: object | null;
  /** @internal */ body: Body<unknown> | null;
  /** @internal */ phase: number;
  /** @internal The line of its await, from 1; 0 if it is not known. */
  line: number;
  /** @internal Its number in traces; 0 until a trace names it. */
  serial: number;
  /** @internal A value that the body yields completes the await: a step of an async generator. */
  readonly producing: boolean;
  /** @internal Nobody has awaited it, and no task holds it. */
  readonly unawaited: boolean;
  /** @internal Starts the body under `driver`: its value, or PENDING if it suspended. */
  begin(driver: Driver): unknown;
  /** @internal The value of the finished body, for awaiters. */
  finished(step: IteratorResult<unknown, unknown>): unknown;
  /** @internal What awaiters get for an error that the body threw. */
  thrown(error: unknown): unknown;
  /** @internal The awaiter goes on: the body finished, failed, or produced a value. */
  left(failed: boolean): void;
}

/** What steps coroutines: a task, or a person's own `send`. Its stack is linked from `top` through `caller`. */
export interface Driver {
  /** @internal The innermost coroutine. */
  top: Frame | null;
  /** @internal What the suspended driver waits for. */
  waiting: Wait | null;
  /** @internal The task, or null for `send`. `taskOf` in running.ts gives it its type. */
  readonly task: object | null;
}

/**
 * What tasks share. Each of its operations changes its state in one stretch of code without a call, where V8 cannot
 * terminate it; whom to wake follows from the state alone, so that it can be done again.
 */
export interface Shared {
  /** @internal The loop in which a task waited for it first, and which it is bound to from then on; null: none did. */
  loop: object | null;
  /**
   * @internal After a termination: wakes the tasks whose turn it is by its state. `waits` are those of tasks that are alive,
   * woken or not; `lost` is the wait of a task that was killed before it left the line, if there is one.
   */
  mend(waits: readonly InLine[], lost: InLine | null): void;
}

/** A wait for something that tasks share, in a line with others. */
export interface InLine extends Wait {
  readonly of: Shared;
  /** Those that wait for the same, the longest first. */
  readonly queue: { delete(wait: never): boolean };
}
