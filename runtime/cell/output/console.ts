// The notebook's console: Node's own, writing to the cell, with a shortcut for plain strings.

import type { Writable } from 'node:stream';
import { makeConsole } from '#host/console-methods';
import { format, type InspectOptions, inspect } from '#host/inspection';
import { columns } from '../../width.ts';
import type { StreamName, TextPort } from './gather-text.ts';

const INDENT = 2;

/** Runs what may run user code, and passes an interrupt of that on where it was swallowed. */
type Through = <T>(call: () => T) => T;

/** What a console is made with. */
export interface ConsoleParts {
  /** The text of an object, bounded. */
  readonly text: (value: unknown, options?: InspectOptions) => string;
  /** What is drawn of an object in a table, bounded, and what is left out; or a text instead of a table. */
  readonly grid: (value: object, columns?: readonly string[]) => { rows: object; rest: string | undefined } | string;
  readonly through?: Through;
  /** The process's own console. */
  readonly first?: object;
}

/** A console whose text goes to the cell that prints. 20,000 plain lines took 7 to 12 ms. */
export function createConsole(
  port: TextPort,
  { text, grid, through = (call) => call(), first = globalThis.console }: ConsoleParts,
): Console {
  const made = makeConsole({
    stdout: sink(port, 'stdout'),
    stderr: sink(port, 'stderr'),
    // Otherwise Node adds and removes an error listener around every write.
    ignoreErrors: false,
    colorMode: false,
    inspectOptions: { depth: 4 },
    groupIndentation: INDENT,
    width: columns,
  });
  let depth = 0;
  const { log, info, debug, error, warn, group, groupEnd, table } = made;
  const quick = (name: StreamName, slow: (...values: unknown[]) => void) => {
    return (...values: unknown[]): void => {
      const line = depth === 0 ? plainLine(values) : undefined;
      if (line === undefined) through(() => slow(...withTexts(values, text)));
      else port.write(name, line);
    };
  };
  // A new function for each method, because each gets a name of its own below.
  const open =
    () =>
    (...values: unknown[]): void => {
      through(() => group(...withTexts(values, text)));
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
    dir: (value: unknown, options: InspectOptions = {}) =>
      through(() => log('%s', text(value, { customInspect: false, ...options }))),
    table: (value: unknown, columns?: string[]) =>
      through(() => {
        // Node says what is wrong with columns that are no array.
        if (columns !== undefined && !Array.isArray(columns)) return table(value, columns);
        const drawn = isObject(value) && typeof value === 'object' ? grid(value, columns) : undefined;
        if (drawn === undefined) return made.log(value);
        if (typeof drawn === 'string') return made.log(drawn);
        table(drawn.rows, columns);
        if (drawn.rest !== undefined) made.log(drawn.rest);
      }),
    // Node's clear() clears a terminal; here it clears the cell's output.
    clear: () => port.send({ type: 'clear', execution: port.execution(), wait: false }),
    trace: (...values: unknown[]) => made.error(traceText(made, withTexts(values, text))),
  });
  for (const [name, value] of Object.entries(made)) {
    if (typeof value === 'function') Object.defineProperty(value, 'name', { value: name, configurable: true });
  }
  // Members that only the process's original console has: console.Console, console.profile …
  for (const [name, value] of Object.entries(first)) if (!(name in made)) Object.assign(made, { [name]: value });
  return made;
}

// The line, if nothing in it needs formatting: strings without a placeholder.
function plainLine(values: readonly unknown[]): string | undefined {
  const first = values[0];
  if (values.length === 1) return typeof first === 'string' ? `${first}\n` : undefined;
  if (values.length === 0 || (typeof first === 'string' && first.includes('%'))) return undefined;
  for (const value of values) if (typeof value !== 'string') return undefined;
  return `${values.join(' ')}\n`;
}

/** What a placeholder makes of an object by itself: `%s` may call its toString, and `%j` its toJSON. */
const INSPECTED: Readonly<Record<string, InspectOptions>> = { O: {}, o: { showHidden: true } };

// The same line for Node to format, with the bounded text of each object that Node would inspect.
function withTexts(values: readonly unknown[], text: ConsoleParts['text']): readonly unknown[] {
  const [first] = values;
  if (!values.some(isObject)) return values;
  // No text of an object may become the format of what follows.
  if (typeof first !== 'string')
    return ['%s', values.map((each) => (typeof each === 'string' ? each : text(each))).join(' ')];
  const placeholders = values.length === 1 ? [] : [...first.matchAll(/%([%sdifjoOc])/g)].map(([, kind]) => kind);
  const kinds = placeholders.filter((kind) => kind !== '%');
  return values.map((each, at) => {
    if (!isObject(each)) return each;
    const kind = kinds[at - 1];
    if (kind === undefined) return text(each);
    const options = INSPECTED[kind];
    return options ? { [inspect.custom]: () => text(each, options) } : each;
  });
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// Uses the frames that prepareStackTrace (errors/stacks.ts) leaves: mapped, without the kernel's own.
function traceText(made: Console, values: readonly unknown[]): string {
  const trace = { stack: '' };
  Error.captureStackTrace(trace, made.trace);
  const frames = trace.stack.split('\n').filter((line) => line.startsWith('    at '));
  return [values.length === 0 ? 'Trace' : `Trace: ${format(...values)}`, ...frames].join('\n');
}

// All that Console needs of a stream.
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
