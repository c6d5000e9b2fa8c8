// The moment of a recording at which the program is to stop: somebody has pressed "stop here" in a figure. The recording that
// begins next takes it.

/** A moment, and what is called there. */
export interface Expected {
  readonly moment: number;
  readonly reached: () => void;
}

/** At most one moment. */
export interface Arrival {
  expect(expected: Expected | undefined): void;
  take(): Expected | undefined;
}

/** Makes it; nothing is expected. */
export function createArrival(): Arrival {
  let waiting: Expected | undefined;
  return {
    expect(expected) {
      waiting = expected;
    },
    take() {
      const taken = waiting;
      waiting = undefined;
      return taken;
    },
  };
}
