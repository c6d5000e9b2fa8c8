// How the kernel's own code waits in the cell process: a generator that yields what it waits for, and goes on as soon as
// that calls back. Not by promises: V8 drops their continuations when it terminates microtasks, and a cell can replace
// what they are made of; then a cell would never be answered.

/** Something to wait for: calls back once, at once or later. */
export type CallbackWait<T> = (resume: (value: T) => void) => void;

/** The kernel's own code that waits now and then. */
export type CellSteps<T> = Generator<CallbackWait<never>, T, unknown>;

/** Waits: `const value = yield* waitFor<string>((resume) => …)`. */
export function* waitFor<T>(wait: CallbackWait<T>): CellSteps<T> {
  return (yield wait as CallbackWait<never>) as T;
}

/** Runs the steps to their end, and calls exactly one of the two then. */
export function runSteps<T>(steps: CellSteps<T>, done: (value: T) => void, failed: (error: unknown) => void): void {
  const advance = (first: unknown) => {
    let value = first;
    for (;;) {
      let step: IteratorResult<CallbackWait<never>, T>;
      let answered = false;
      let waiting = true;
      try {
        step = steps.next(value);
        if (!step.done) {
          step.value((answer: unknown) => {
            if (answered) return;
            answered = true;
            value = answer;
            if (!waiting) advance(answer);
          });
        }
      } catch (error) {
        failed(error);
        return;
      }
      waiting = false;
      if (step.done) {
        done(step.value);
        return;
      }
      // Called back already: no recursion, as there may be many such steps.
      if (!answered) return;
    }
  };
  advance(undefined);
}
