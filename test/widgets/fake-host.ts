// A front end for the tests of widgets: what was sent to it, and a clock that the test moves.

import { setWidgetHost, type WidgetEnds, type WidgetHost } from '../../runtime/widgets/model/widget-host.ts';

export interface Sent {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what was sent freely, and fail if it is not as expected
  readonly data: any;
  readonly buffers: readonly Uint8Array[];
  /** What caused it. */
  readonly cause: unknown;
}

export interface FakeHost {
  readonly sent: Sent[];
  /** What opened each model, by its id. */
  readonly opened: Map<string, Sent>;
  /** The cause of what runs now. */
  cause: unknown;
  readonly reported: unknown[];
  /** A page sends a message. */
  receive(id: string, data: unknown, buffers?: readonly Uint8Array[]): void;
  /** A page changes values. */
  update(id: string, state: object): void;
  /** Calls what was to be called later. */
  later(): void;
  /** The cell ends. */
  endCell(): void;
}

/** Makes it the host of all widgets from now on. */
export function fakeHost(): FakeHost {
  const ends = new Map<string, WidgetEnds>();
  const timers = new Set<() => void>();
  const behind = new Set<() => void>();
  const fake: FakeHost = {
    sent: [],
    opened: new Map(),
    cause: 'cell',
    reported: [],
    receive: (id, data, buffers = []) => ends.get(id)?.message({ data, buffers }),
    update: (id, state) => fake.receive(id, { method: 'update', state, buffer_paths: [] }),
    later() {
      for (const timer of [...timers]) timer();
    },
    endCell() {
      for (const call of [...behind]) call();
    },
  };
  const channel = (id: string) => ({
    id,
    send: (data: unknown, buffers: readonly Uint8Array[]) =>
      void fake.sent.push({ id, data, buffers, cause: fake.cause }),
    close: () => void fake.sent.push({ id, data: 'close', buffers: [], cause: fake.cause }),
  });
  const host: WidgetHost = {
    open(_, { data, buffers }, own) {
      const id = `m${ends.size}`;
      ends.set(id, own);
      fake.opened.set(id, { id, data, buffers, cause: fake.cause });
      return channel(id);
    },
    serve: () => {},
    cause: () => fake.cause,
    asCause(cause, call) {
      const before = fake.cause;
      fake.cause = cause;
      call();
      fake.cause = before;
    },
    report: (error) => void fake.reported.push(error),
    traceback: String,
    bundle: (value) => ({ data: { 'text/plain': String(value) }, metadata: {} }),
    show: () => {},
    showLive: () => ({ update: () => {} }),
    later(_, call) {
      const timer = () => {
        timers.delete(timer);
        call();
      };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    beforeEnd: behind,
  };
  setWidgetHost(host);
  return fake;
}
