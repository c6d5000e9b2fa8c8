// From single values to tables: medians, quartiles, ratios, as Markdown that is also readable in a terminal.

/** The values of one row, by column; `null` if the measurement failed. */
export type Measured = Map<string, { readonly values: (number | null)[]; readonly notes: Set<string> }>;

/** The unit in which a number is shown. */
export type Unit = 's' | 'ms' | 'ns' | 'per second' | 'MiB' | 'MB' | 'mark' | 'times';

/**
 * What ours should reach: a ratio to a peer of the same run, or to another row of ours, or a limit. With only a peer, the
 * ratio is just shown.
 */
export type Target =
  | { readonly peer: string; readonly most: number }
  | { readonly peer: string; readonly least: number }
  | { readonly peer: string }
  | { readonly row: string; readonly called: string; readonly most: number }
  | { readonly limit: number };

/** A row of a table: its title, the key of its values, its unit, and its target. */
export interface Row {
  readonly title: string;
  readonly key: string;
  readonly unit: Unit;
  readonly target?: Target;
}

/** All values, by row and column. */
export class Results {
  readonly rows = new Map<string, Measured>();

  add(row: string, column: string, value: number | null, note?: string | null): void {
    const measured = this.rows.get(row) ?? new Map();
    const cell = measured.get(column) ?? { values: [], notes: new Set() };
    cell.values.push(value);
    if (note) cell.notes.add(note);
    measured.set(column, cell);
    this.rows.set(row, measured);
  }

  /** The median; undefined if nothing was measured. */
  median(row: string, column: string): number | undefined {
    return quantile(this.numbers(row, column), 0.5);
  }

  numbers(row: string, column: string): number[] {
    const values = this.rows.get(row)?.get(column)?.values ?? [];
    return values.filter((value) => value !== null).sort((a, b) => a - b);
  }

  /** The median with its quartiles, and the notes. */
  text(row: string, column: string, unit: Unit): string {
    const cell = this.rows.get(row)?.get(column);
    if (cell === undefined) return '–';
    const numbers = this.numbers(row, column);
    const notes = [...cell.notes].join('; ');
    if (numbers.length === 0) return notes || 'no';
    if (unit === 'mark')
      return numbers.every((value) => value === 1) ? 'yes' : numbers.some(Boolean) ? 'at times' : 'no';
    const [low, middle, high] = [0.25, 0.5, 0.75].map((at) => show(quantile(numbers, at) as number, unit));
    const spread = numbers.length > 2 ? ` (${low}–${high})` : '';
    return `${middle}${unit === 'per second' || unit === 'times' ? '' : ` ${unit}`}${spread}${notes ? `; ${notes}` : ''}`;
  }
}

/** A Markdown table. The last two columns show the target and what was reached. */
export function table(results: Results, rows: readonly Row[], columns: readonly string[], ours: string): string {
  const head = ['', ...columns, 'target', 'reached'];
  const body = rows.map(({ title, key, unit, target }) => {
    const [wanted, reached] = judge(results, key, ours, unit, target);
    return [title, ...columns.map((column) => results.text(key, column, unit)), wanted, reached];
  });
  return align([head, head.map(() => '---'), ...body]);
}

function judge(results: Results, key: string, ours: string, unit: Unit, target?: Target): [string, string] {
  const own = results.median(key, ours);
  if (target === undefined || own === undefined) return ['', ''];
  if ('limit' in target) return [`≤ ${show(target.limit, unit)} ${unit}`, verdict(own <= target.limit)];
  const other = 'row' in target;
  const theirs = other ? results.median(target.row, ours) : results.median(key, target.peer);
  const name = other ? target.called : target.peer;
  const ratio = theirs === undefined ? Number.NaN : own / theirs;
  const figure = theirs === undefined ? '–' : `${ratio.toFixed(2)} ×`;
  if ('most' in target) return [`≤ ${target.most} × ${name}`, verdict(ratio <= target.most, figure)];
  if ('least' in target) return [`≥ ${target.least} × ${name}`, verdict(ratio >= target.least, figure)];
  return ['', figure];
}

function verdict(reached: boolean, figure = ''): string {
  return `${figure} ${reached ? 'yes' : '**no**'}`.trim();
}

/** Formats a value. For units of time, values are in seconds. */
function show(value: number, unit: Unit): string {
  const scaled = unit === 'ms' ? value * 1e3 : unit === 'ns' ? value * 1e9 : value;
  if (unit === 'per second') return Math.round(scaled).toLocaleString('en');
  return scaled >= 100 ? scaled.toFixed(0) : scaled >= 10 ? scaled.toFixed(1) : scaled.toFixed(2);
}

/** A quantile of sorted numbers, interpolated between neighbours. */
export function quantile(sorted: readonly number[], at: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const place = (sorted.length - 1) * at;
  const low = sorted[Math.floor(place)] as number;
  const high = sorted[Math.ceil(place)] as number;
  return low + (high - low) * (place % 1);
}

function align(rows: readonly string[][]): string {
  const widths = (rows[0] as string[]).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, column) =>
        cell === '---' ? '-'.repeat(widths[column] ?? 3) : cell + ' '.repeat((widths[column] ?? 0) - [...cell].length),
      );
      return `| ${cells.join(' | ')} |`;
    })
    .join('\n');
}
