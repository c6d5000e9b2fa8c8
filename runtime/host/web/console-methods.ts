// The console's methods, over two streams of text: what Node's write, in the same words.

import { formatWithOptions, type InspectOptions, inspect } from 'node-inspect-extracted';

/** What a console writes to, and how. */
export interface ConsoleSettings {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly inspectOptions: InspectOptions;
  /** Columns by which a group is indented. */
  readonly groupIndentation: number;
  /** How many columns a text takes. */
  readonly width: (text: string) => number;
}

type Row = readonly string[];

/** A console. A failed assertion and a label that is not known are told on stderr. */
export function makeConsole({ stdout, stderr, inspectOptions, groupIndentation, width }: ConsoleSettings): Console {
  let indentation = '';
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  const writer = (stream: ConsoleSettings['stdout']) => (text: string) => {
    const lines = indentation === '' ? text : indentation + text.replaceAll('\n', `\n${indentation}`);
    stream.write(`${lines}\n`);
  };
  const [out, err] = [writer(stdout), writer(stderr)];
  const line = (values: readonly unknown[]) => formatWithOptions(inspectOptions, ...values);
  const log = (...values: unknown[]) => out(line(values));
  const warn = (...values: unknown[]) => err(line(values));
  const warning = (text: string) => err(`Warning: ${text}`);
  const cell = (value: unknown) => {
    const wide = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 2;
    const least = { depth: wide ? -1 : 0, maxArrayLength: 3, breakLength: Number.POSITIVE_INFINITY };
    return inspect(value, { ...least, ...inspectOptions });
  };
  const elapsed = (label: string, method: string): string | undefined => {
    const began = timers.get(label);
    if (began === undefined) warning(`No such label '${label}' for console.${method}()`);
    return began === undefined ? undefined : `${label}: ${duration(performance.now() - began)}`;
  };
  const made = {
    log,
    warn,
    debug: (...values: unknown[]) => log(...values),
    info: (...values: unknown[]) => log(...values),
    error: (...values: unknown[]) => warn(...values),
    dir: (value: unknown, options?: InspectOptions) =>
      out(inspect(value, { customInspect: false, ...inspectOptions, ...options })),
    dirxml: (...values: unknown[]) => log(...values),
    assert(holds: unknown, ...values: unknown[]) {
      if (holds) return;
      const [first, ...rest] = values;
      if (typeof first === 'string') made.warn(`Assertion failed: ${first}`, ...rest);
      else made.warn('Assertion failed', ...values);
    },
    count(label: unknown = 'default') {
      const name = `${label}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      made.log(`${name}: ${counts.get(name)}`);
    },
    countReset(label: unknown = 'default') {
      if (!counts.delete(`${label}`)) warning(`Count for '${label}' does not exist`);
    },
    time(label: unknown = 'default') {
      const name = `${label}`;
      if (timers.has(name)) warning(`Label '${name}' already exists for console.time()`);
      else timers.set(name, performance.now());
    },
    timeLog(label: unknown = 'default', ...values: unknown[]) {
      const told = elapsed(`${label}`, 'timeLog');
      if (told !== undefined) made.log('%s', told, ...values);
    },
    timeEnd(label: unknown = 'default') {
      const told = elapsed(`${label}`, 'timeEnd');
      if (told !== undefined) made.log('%s', told);
      timers.delete(`${label}`);
    },
    group(...values: unknown[]) {
      if (values.length > 0) made.log(...values);
      indentation += ' '.repeat(groupIndentation);
    },
    groupCollapsed: (...values: unknown[]) => made.group(...values),
    groupEnd() {
      indentation = indentation.slice(groupIndentation);
    },
    trace: (...values: unknown[]) => made.error(`Trace${values.length === 0 ? '' : `: ${line(values)}`}`),
    table(data: unknown, columns?: readonly string[]) {
      if (columns !== undefined && !Array.isArray(columns))
        throw new TypeError(`The "properties" argument must be an instance of Array. Received ${inspect(columns)}`);
      if (typeof data !== 'object' || data === null) return made.log(data);
      made.log(drawn(tableOf(data, columns, cell), width));
    },
    clear() {},
    profile() {},
    profileEnd() {},
    timeStamp() {},
  };
  return made as unknown as Console;
}

/** The head of a table, and its columns. */
function tableOf(data: object, wanted: readonly string[] | undefined, cell: (value: unknown) => string) {
  if (data instanceof Map) {
    const entries = [...(data as Map<unknown, unknown>)];
    const head = ['(iteration index)', 'Key', 'Values'];
    return { head, columns: [entries.map((_, at) => `${at}`), ...[0, 1].map((of) => entries.map((e) => cell(e[of])))] };
  }
  if (data instanceof Set) {
    const values = [...data];
    return { head: ['(iteration index)', 'Values'], columns: [values.map((_, at) => `${at}`), values.map(cell)] };
  }
  const rows = Object.entries(data) as [string, unknown][];
  const columns = new Map<string, string[]>();
  const plain: string[] = [];
  rows.forEach(([, row], at) => {
    const self = (typeof row === 'object' && row !== null) || typeof row === 'function' ? row : undefined;
    if (self === undefined) plain[at] = cell(row);
    for (const key of wanted ?? Object.keys(self ?? {})) {
      const column = columns.get(key) ?? [];
      columns.set(key, column);
      column[at] = self && Object.hasOwn(self, key) ? cell((self as Record<string, unknown>)[key]) : '';
    }
  });
  if (plain.length > 0) columns.set('Values', plain);
  return { head: ['(index)', ...columns.keys()], columns: [rows.map(([key]) => key), ...columns.values()] };
}

function drawn(
  { head, columns }: { readonly head: Row; readonly columns: readonly Row[] },
  width: (text: string) => number,
): string {
  const count = Math.max(...columns.map(({ length }) => length));
  const widths = head.map((title, at) =>
    Math.max(width(title), ...Array.from({ length: count }, (_, row) => width(columns[at]?.[row] ?? ''))),
  );
  const rowText = (cells: Row) =>
    `│ ${cells.map((text, at) => text + ' '.repeat((widths[at] ?? 0) - width(text))).join(' │ ')} │`;
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((columnWidth) => '─'.repeat(columnWidth + 2)).join(middle) + right;
  const body = Array.from({ length: count }, (_, row) => rowText(columns.map((column) => column[row] ?? '')));
  return [rule('┌', '┬', '┐'), rowText(head), rule('├', '┼', '┤'), ...body, rule('└', '┴', '┘')].join('\n');
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** `1.234ms`, `2.500s`, `1:02.500 (m:ss.mmm)`. */
function duration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Number(milliseconds.toFixed(3))}ms`;
  if (milliseconds < MINUTE) return `${(milliseconds / SECOND).toFixed(3)}s`;
  const [seconds = '', rest] = ((milliseconds % MINUTE) / SECOND).toFixed(3).split('.');
  const hours = Math.floor(milliseconds / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  const head = hours > 0 ? `${hours}:${`${minutes}`.padStart(2, '0')}` : `${minutes}`;
  return `${head}:${seconds.padStart(2, '0')}.${rest} (${hours > 0 ? 'h:m' : ''}m:ss.mmm)`;
}
