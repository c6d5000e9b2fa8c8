// When a model tells the front end what changed: the first change immediately, those that follow at most sixty times a
// second, merged, and the last value always. Jupyter's server drops what exceeds 1,000 messages a second, the last too.

import { type Cause, widgetHost } from './widget-host.ts';

/** What a change is told as: one of the kernel, or the answer to one of a page. */
export type UpdateMethod = 'update' | 'echo_update';

/** Sends the values that these names have now. */
export type SendUpdate = (method: UpdateMethod, names: readonly string[]) => void;

const INTERVAL_MS = 1000 / 60;

/** The names whose values have changed since the last message. */
export class MergedUpdates {
  readonly #send: SendUpdate;
  readonly #changed = new Set<string>();
  /** By name, what the page sent last: it takes the echo for its own only if the echo names that message as its parent. */
  readonly #echoes = new Map<string, Cause>();
  readonly #flush = () => this.flush();
  #next = 0;
  #forget: (() => void) | undefined;

  constructor(send: SendUpdate) {
    this.#send = send;
  }

  /** The kernel changed these values, which go in one message: a page shows an error for a choice without its options. */
  changed(names: readonly string[]): void {
    if (names.length === 0) return;
    for (const name of names) this.#changed.add(name);
    this.#plan();
  }

  /** A page changed these values. What the kernel had changed before, and not sent, is no longer so. */
  echo(names: readonly string[]): void {
    const cause = widgetHost().cause();
    for (const name of names) {
      this.#changed.delete(name);
      this.#echoes.set(name, cause);
    }
    this.#plan();
  }

  /** Sends what has not been sent. */
  flush(): void {
    this.#cancel();
    const host = widgetHost();
    let sent = 0;
    for (const [cause, names] of Map.groupBy(this.#echoes.keys(), (name) => this.#echoes.get(name))) {
      host.asCause(cause, () => this.#send('echo_update', names));
      sent += 1;
    }
    this.#echoes.clear();
    if (this.#changed.size > 0) {
      const names = [...this.#changed];
      this.#changed.clear();
      this.#send('update', names);
      sent += 1;
    }
    this.#next = performance.now() + sent * INTERVAL_MS;
  }

  /** Nothing is sent any more. */
  close(): void {
    this.#changed.clear();
    this.#echoes.clear();
    this.#cancel();
  }

  /** While a cell spins no timer fires, so each change looks at the clock. */
  #plan(): void {
    const wait = this.#next - performance.now();
    if (wait <= 0) this.flush();
    else if (this.#forget === undefined) {
      const host = widgetHost();
      this.#forget = host.later(wait, this.#flush);
      host.beforeEnd.add(this.#flush);
    }
  }

  #cancel(): void {
    this.#forget?.();
    this.#forget = undefined;
    widgetHost().beforeEnd.delete(this.#flush);
  }
}
