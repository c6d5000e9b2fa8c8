// The records of a trace: every step of every task, as data. What draws them is not here.

/** Where in the source: a coroutine of the person's own code, and the line that it stands at. */
export interface TracePlace {
  /** The coroutine, a number of its own in its loop; 0 for a call that no coroutine made. */
  readonly coroutine: number;
  /** The function's name. */
  readonly name: string;
  /** Where it was written: `Cell [3]`, or a path; undefined if it was not compiled. */
  readonly file?: string | undefined;
  /** The line of its await (or of the call), from 1; its first line if it awaits nothing yet. */
  readonly line?: number | undefined;
}

/** What every record has. */
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
  | {
      /** A task did it in its own step, or by ending. */
      readonly kind: 'task';
      /** Its number. */
      readonly task: number;
    }
  | {
      /** `timer`: a sleep or a timeout was due. `callback`: a function that the loop called. `outside`: neither. */
      readonly kind: 'timer' | 'callback' | 'outside';
    };

/**
 * One thing that happened to one task, in the order in which it happened: it was created, scheduled (which is where it
 * waits for its turn), running (its step begins), suspended (its step ended at an await), and at last done or failed. A
 * task runs from its `running` record to its next `suspended`, `done` or `failed` one; between those no other does.
 */
export type TraceRecord =
  | (Base & {
      /** It was made, and nothing of it has run. */
      readonly type: 'created';
      /** As `getName()` gives it, at that time. */
      readonly name: string;
      /** The task whose step made it; null if a callback or code outside the loop did. */
      readonly parent: number | null;
      /** Who caused it, for the host; opaque. */
      readonly owner: unknown;
      /** Its coroutine function. */
      readonly place: TracePlace;
    })
  | (Base & {
      /** Put into the ready queue: to begin, or because what it waited for is there. */
      readonly type: 'scheduled';
      /** Who put it there. */
      readonly by: TraceCause;
    })
  | (Base & {
      /** Its step begins. */
      readonly type: 'running';
    })
  | (Base & {
      /** Its step ended at an await. */
      readonly type: 'suspended';
      /** The name of the wait: `sleep(0.5)`, `lock printer`, `queue.get`, `task worker-1`. */
      readonly on: string;
      /** The task that is awaited, or the one that holds the lock that is awaited; null if there is none. */
      readonly waitsFor: number | null;
      /** Of a gather, a task group and `wait`: the tasks that it waits for, a hundred at most. */
      readonly among?: readonly number[];
      /** Of a lock, queue, event, condition or semaphore: which one, a number of its own in its loop. */
      readonly shared?: number;
      /** The innermost coroutine of the person's own code, and its await; null if the task runs only the library's. */
      readonly place: TracePlace | null;
      /** The coroutines that await that one, innermost first, eight at most; left out if there are none. */
      readonly callers?: readonly TracePlace[];
    })
  | (Base & {
      /** Its cancellation was requested. The error is thrown in its next step, at the await where it is suspended. */
      readonly type: 'cancelled';
      /** Who asked. */
      readonly by: TraceCause;
      /** As it was given to `cancel`. */
      readonly message: string | undefined;
      /** What part of the library requested it: `timeout`, `TaskGroup`, `waitFor`, `run`; left out if the program called `cancel`. */
      readonly through?: string;
      /** The line of that call; null if the library requested it. Looked up when it is first read. */
      readonly place: TracePlace | null;
    })
  | (Base & {
      /** It is over, and did not fail. */
      readonly type: 'done';
      /** It returned, or ended as cancelled. */
      readonly outcome: 'result' | 'cancelled';
    })
  | (Base & {
      /** It is over by an error. */
      readonly type: 'failed';
      /** What it threw. */
      readonly error: unknown;
    });

/** Takes each record as it happens. It must not throw. */
export type TraceSink = (record: TraceRecord) => void;
