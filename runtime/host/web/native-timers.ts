// Timers as Node has them, made of a page's. A message takes a fraction of what a page's shortest timeout takes.

import { dataOf } from './kept-methods.ts';

const { setTimeout: start, clearTimeout: end } = globalThis as unknown as {
  setTimeout(call: () => void, milliseconds?: number): number;
  clearTimeout(id: number): void;
};
/** Taken at load: a person's are wrapped later. */
const { queueMicrotask } = globalThis;
const channel = new MessageChannel();
/** In the order in which they are due. */
const due = new Map<number, () => void>();
let last = 0;

channel.port1.onmessage = (event: object) => {
  const id = dataOf(event) as number;
  const call = due.get(id);
  due.delete(id);
  call?.();
};

/** @internal */
export type Immediate = number;

/** @internal Node's timeouts are objects. */
export interface Timeout {
  readonly id: number;
  /** A page does not end because nothing waits. */
  unref(): Timeout;
  ref(): Timeout;
}

/** Calls `call` when what is ready in the page has had its turn. */
export function setImmediate(call: () => void): Immediate {
  due.set(++last, call);
  channel.port2.postMessage(last);
  return last;
}

/** Forgets it. */
export function clearImmediate(id: Immediate): void {
  due.delete(id);
}

/** Calls `call` once, after this many milliseconds. */
export function setTimeout(call: () => void, milliseconds?: number): Timeout {
  const timeout: Timeout = { id: start(call, milliseconds), unref: () => timeout, ref: () => timeout };
  return timeout;
}

/** Forgets it. */
export function clearTimeout(timeout: Timeout | undefined | null): void {
  if (timeout) end(timeout.id);
}

/** Calls `call` behind the code that runs. */
export function nextTick(call: () => void): void {
  queueMicrotask(call);
}
