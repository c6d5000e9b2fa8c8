// Timers as text. Node shows its internal list links, 15 lines of them, which would be the result of a cell that ends
// in setTimeout.

import { inspect } from '#host/inspection';

/** Makes timers show as `Timeout (50 ms)`, `Interval (50 ms)` or `Immediate`, with `over` once they are done. */
export function installTimerText(): void {
  const timeout = setTimeout(() => {}, 0);
  const immediate = setImmediate(() => {});
  clearTimeout(timeout);
  clearImmediate(immediate);
  define(timeout, timeoutText);
  define(immediate, immediateText);
}

function define(timer: object, text: (this: Record<string, unknown>) => string): void {
  Object.defineProperty(Object.getPrototypeOf(timer), inspect.custom, {
    value: text,
    configurable: true,
    writable: true,
  });
}

function timeoutText(this: Record<string, unknown>): string {
  const { _repeat: repeat, _idleTimeout: after, _destroyed: destroyed } = this;
  const word = typeof repeat === 'number' ? 'Interval' : 'Timeout';
  // The time is -1 once the timer was cleared.
  const time = typeof after === 'number' && after >= 0 ? [`${after} ms`] : [];
  const parts = [...time, ...(destroyed === true ? ['over'] : [])];
  return parts.length === 0 ? word : `${word} (${parts.join(', ')})`;
}

function immediateText(this: Record<string, unknown>): string {
  return this._destroyed === true ? 'Immediate (over)' : 'Immediate';
}
