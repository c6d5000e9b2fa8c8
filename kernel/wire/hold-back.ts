// Entries pass in order. One that takes long to prepare holds back those behind it, except for those that have nothing
// to do with it.

export interface HoldBack<Entry> {
  push(entry: Entry): void;
  /** The last entry that is held back and not being prepared. */
  last(): Entry | undefined;
  /** Resolves when everything pushed so far has passed. */
  passed(): Promise<void>;
}

export interface HoldBackOptions<Entry> {
  readonly pass: (entry: Entry) => void;
  /** Resolves to the entry to pass; undefined where nothing is to be prepared. */
  readonly prepare: (entry: Entry) => Promise<Entry> | undefined;
  /** Whether an entry need not wait for those before it. */
  readonly isAside: (entry: Entry) => boolean;
  readonly log: (line: string) => void;
}

export function createHoldBack<Entry>({ pass, prepare, isAside, log }: HoldBackOptions<Entry>): HoldBack<Entry> {
  let held: Entry[] = [];
  let preparing: Promise<void> | undefined;
  const passAll = async (first: Promise<Entry>) => {
    let long: Promise<Entry> | undefined = first;
    while (long) {
      await long.then(pass, (error: unknown) => log(`a message could not be sent: ${String(error)}`));
      long = passUntilLong();
    }
    preparing = undefined;
  };
  /** Passes what is held back, up to the next entry that takes long. */
  const passUntilLong = (): Promise<Entry> | undefined => {
    for (const [place, entry] of held.entries()) {
      const long = prepare(entry);
      if (long) {
        held = held.slice(place + 1);
        return long;
      }
      pass(entry);
    }
    held = [];
    return undefined;
  };
  return {
    push(entry) {
      if (isAside(entry)) return pass(entry);
      if (preparing) return void held.push(entry);
      const long = prepare(entry);
      if (long) preparing = passAll(long);
      else pass(entry);
    },
    last: () => held.at(-1),
    async passed() {
      await preparing;
    },
  };
}
