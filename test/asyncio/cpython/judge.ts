// What the cases print with: the same text as judge.py prints. Places and numbers of tasks are left out.
// How the cases are run is in run.ts.
import { awaiting, coroutine, type ExceptionContext, getRunningLoop, type Loop, sleep } from 'cokernel';

/** What one case is: a coroutine function for the virtual loop, or a plain function that calls `run` itself. */
export type Case = () => unknown;

const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  // The library's own callbacks have CPython's names.
  [/[\w.]*<locals>\./g, ''],
  [/, defined at [^\s>\]]+:\d+/g, ''],
  [/ (?:created )?at [^\s>\]]+:\d+/g, ''],
  [/Task-\d+/g, 'Task-N'],
];

/** Python's `repr` of a value, in the form that both sides can print. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'function') return `<function ${value.name || '<lambda>'}>`;
  if (value instanceof Uint8Array) return `b${quote(Buffer.from(value).toString('latin1'))}`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (value instanceof AggregateError) return leaveOut(`${value.name}(${quote(title(value))}, ${show(value.errors)})`);
  if (value instanceof Error) return leaveOut(`${value.name}(${value.message === '' ? '' : quote(value.message)})`);
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const pairs = Object.entries(value).map(([key, one]) => `${quote(key)}: ${show(one)}`);
    return `{${pairs.join(', ')}}`;
  }
  if (typeof value === 'object' && value[Symbol.toStringTag as never] === 'coroutine') {
    return `<coroutine object ${(value as unknown as { name: string }).name}>`;
  }
  return leaveOut(String(value));
}

/** A group's message without the count that Python's `str` appends to it, as its `repr` shows it. */
function title(group: AggregateError): string {
  return group.message.replace(/ \(\d+ sub-exceptions?\)$/, '');
}

function leaveOut(text: string): string {
  let left = text;
  for (const [pattern, instead] of LEFT_OUT) left = left.replace(pattern, instead);
  return left;
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

/** Python's `print`: strings as they are, everything else as `show` gives it. */
export function print(...values: readonly unknown[]): void {
  console.log(values.map((value) => (typeof value === 'string' ? value : show(value))).join(' '));
}

/** The running loop's clock: seconds, at most three decimals. */
export function now(): number {
  return Math.round(getRunningLoop().time() * 1000) / 1000;
}

/** How an awaitable ends: what `show` gives of its value, or of what it throws. */
export const outcome = coroutine(function* outcome(awaitable: PromiseLike<unknown>) {
  try {
    return show(yield* awaiting(awaitable));
  } catch (error) {
    return show(error);
  }
});

/** How a call ends: what `show` gives of its value, or of what it throws. */
export function raised(call: () => unknown): string {
  try {
    return show(call());
  } catch (error) {
    return show(error);
  }
}

/** Awaits a native promise, in either form of a coroutine. */
export const native = coroutine(function* native<T>(promise: Promise<T>) {
  return yield* awaiting(promise);
});

/** Lets so many passes of the loop go by. */
export const ticks = coroutine(function* ticks(count: number = 1) {
  for (let left = count; left > 0; left--) yield* sleep(0);
});

const KEYS = ['exception', 'future', 'task', 'handle'] as const;

/** An exception handler that prints what it is told: the message, then the keys that stand in both libraries. */
export function handler(_loop: Loop, context: ExceptionContext): void {
  const told = KEYS.filter((key) => context[key] !== undefined);
  print('handler:', context.message.replace(/ at [^\s>]+:\d+/g, ''), told, context.exception);
}

/** A class of errors with a Python name. */
export function errorClass(name: string): new (message?: string) => Error {
  return class extends Error {
    override name = name;
  };
}
