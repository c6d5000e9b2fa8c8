// The console of the notebook: Node's own, over text that goes to the cell, with a short way for plain strings.

import { Console } from 'node:console';
import type { Writable } from 'node:stream';
import { format } from 'node:util';
import type { StreamName, TextPort } from './gather-text.ts';

const INDENT = 2;

/** Runs what may run a person's code, and passes an interrupt of that on where it was swallowed. */
type Through = <T>(call: () => T) => T;

/** A console whose text goes to the cell that prints. 20,000 plain lines took 7 to 12 ms. */
export function createConsole(
  port: TextPort,
  through: Through = (call) => call(),
  first: object = globalThis.console,
): Console {
  const made = new Console({
    stdout: sink(port, 'stdout'),
    stderr: sink(port, 'stderr'),
    // Else Node adds and removes an error listener around every write.
    ignoreErrors: false,
    colorMode: false,
    inspectOptions: { depth: 4 },
    groupIndentation: INDENT,
  });
  let depth = 0;
  const { log, info, debug, error, warn, group, groupEnd } = made;
  const quick = (name: StreamName, slow: (...values: unknown[]) => void) => {
    return (...values: unknown[]): void => {
      const text = depth === 0 ? plainLine(values) : undefined;
      if (text === undefined) through(() => slow(...values));
      else port.write(name, text);
    };
  };
  // One function each, for each is named after what it is.
  const open =
    () =>
    (...values: unknown[]): void => {
      group(...values);
      depth++;
    };
  Object.assign(made, {
    log: quick('stdout', log),
    info: quick('stdout', info),
    debug: quick('stdout', debug),
    error: quick('stderr', error),
    warn: quick('stderr', warn),
    group: open(),
    groupCollapsed: open(),
    groupEnd() {
      groupEnd();
      depth = Math.max(0, depth - 1);
    },
    // Node's clears a terminal; the cell's output is what is seen here.
    clear: () => port.send({ type: 'clear', execution: port.execution(), wait: false }),
    trace: (...values: unknown[]) => made.error(traceText(made, values)),
  });
  for (const [name, value] of Object.entries(made)) {
    if (typeof value === 'function') Object.defineProperty(value, 'name', { value: name, configurable: true });
  }
  // What only the process's first console has: console.Console, console.profile …
  for (const [name, value] of Object.entries(first)) if (!(name in made)) Object.assign(made, { [name]: value });
  return made;
}

// The line where nothing needs formatting: strings without a placeholder, numbers, booleans.
function plainLine(values: readonly unknown[]): string | undefined {
  const first = values[0];
  if (values.length === 1) return typeof first === 'string' ? `${first}\n` : undefined;
  if (values.length === 0 || (typeof first === 'string' && first.includes('%'))) return undefined;
  for (const value of values) if (typeof value !== 'string') return undefined;
  return `${values.join(' ')}\n`;
}

// With the frames that prepareStackTrace (errors/) leaves: mapped, and none of ours.
function traceText(made: Console, values: readonly unknown[]): string {
  const trace = { stack: '' };
  Error.captureStackTrace(trace, made.trace);
  const frames = trace.stack.split('\n').filter((line) => line.startsWith('    at '));
  return [values.length === 0 ? 'Trace' : `Trace: ${format(...values)}`, ...frames].join('\n');
}

// Console asks no more of a stream than this.
function sink(port: TextPort, name: StreamName): Writable {
  return {
    write(text: string) {
      port.write(name, text);
      return true;
    },
    on() {},
    once() {},
    removeListener() {},
    listenerCount: () => 0,
  } as unknown as Writable;
}
