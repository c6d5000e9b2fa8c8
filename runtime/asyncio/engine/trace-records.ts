// The records of a trace: every step of every task, as data. What draws them is not here.

/** Where in the source: a coroutine of the person's own code, and the line that it stands at. */
export interface TracePlace {
  /** The coroutine, a number of its own in its loop; 0 for a call that no coroutine made. */
  readonly coroutine: number;
  /** The function's name. */
  readonly name: string;
  /** Where it was written: `Cell [3]`, or a path; undefined where it was not compiled. */
  readonly file?: string | undefined;
  /** The line of its await (or of the call), from 1; where it awaits nothing yet, its first. */
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
      /** The task whose step made it; null where a callback or code outside the loop did. */
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
      /** The task waited for, or the one that holds the lock waited for, where it is one. */
      readonly waitsFor: number | null;
      /** Of a gather, a task group and `wait`: the tasks that it waits for, a hundred at most. */
      readonly among?: readonly number[];
      /** Of a lock, queue, event, condition or semaphore: which one, a number of its own in its loop. */
      readonly shared?: number;
      /** The innermost coroutine of the person's own, and its await; null where the task runs the library's only. */
      readonly place: TracePlace | null;
      /** The coroutines that await that one, innermost first; left out where there are none, and past the eighth. */
      readonly callers?: readonly TracePlace[];
    })
  | (Base & {
      /** Somebody asked for its cancellation. It is thrown in the task's next step, at the await where it stands. */
      readonly type: 'cancelled';
      /** Who asked. */
      readonly by: TraceCause;
      /** As it was given to `cancel`. */
      readonly message: string | undefined;
      /** What of the library asked: `timeout`, `TaskGroup`, `waitFor`, `run`; left out where the program called `cancel`. */
      readonly through?: string;
      /** The line of that call; null where the library asked by itself. Found when it is first read. */
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
