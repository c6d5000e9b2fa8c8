// The records of a trace: every step of every task, as data. What draws them is not here.

/** Where in the source: the innermost coroutine of the person's own code. */
export interface TracePlace {
  readonly coroutine: number;
  readonly name: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

interface Base {
  /** The task, a number of its own in its loop. */
  readonly task: number;
  /** Seconds on the loop's clock. */
  readonly time: number;
  /** Which pass of the loop over its ready queue. */
  readonly iteration: number;
}

/** Who caused something: a task, or else the loop's timer, a callback, a native promise, or code outside the loop. */
export type TraceCause =
  | { readonly kind: 'task'; readonly task: number }
  | { readonly kind: 'timer' | 'callback' | 'outside' };

export type TraceRecord =
  | (Base & {
      readonly type: 'created';
      readonly name: string;
      readonly parent: number | null;
      readonly owner: unknown;
      readonly place: TracePlace;
    })
  /** Put into the ready queue: to begin, or because what it waited for is there. */
  | (Base & { readonly type: 'scheduled'; readonly by: TraceCause })
  | (Base & { readonly type: 'running' })
  | (Base & {
      readonly type: 'suspended';
      /** The name of the wait: `sleep(0.5)`, `lock printer`, `queue.get`, `task worker-1`. */
      readonly on: string;
      /** The task waited for, or the one that holds the lock waited for, where it is one. */
      readonly waitsFor: number | null;
      /** Of a gather: the tasks that it waits for, a hundred at most. */
      readonly among?: readonly number[];
      readonly place: TracePlace | null;
      /** The coroutines that await that one, innermost first; left out where there are none, and past the eighth. */
      readonly callers?: readonly TracePlace[];
    })
  | (Base & { readonly type: 'cancelled'; readonly by: TraceCause; readonly message: string | undefined })
  | (Base & { readonly type: 'done'; readonly outcome: 'result' | 'cancelled' })
  | (Base & { readonly type: 'failed'; readonly error: unknown });

/** Takes each record as it happens. It must not throw. */
export type TraceSink = (record: TraceRecord) => void;
