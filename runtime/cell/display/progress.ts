// progress: a bar that updates in place, at most ten times a second. Its last state contains no times, so that a
// notebook's saved output is the same after each run.

import { randomId } from '#host/random-id';
import { escapeHtml } from '../../escape.ts';
import { briefText } from './bundle.ts';
import type { DisplayFunctions } from './display.ts';

/** How a bar is labelled, and its total if that cannot be determined. */
export interface ProgressOptions {
  readonly label?: string;
  /** How many items an iterable has, if it has no `length` or `size`. */
  readonly total?: number;
}

/** A bar advanced by hand: `using bar = progress(100)`, `bar.advance()`. */
export interface ProgressBar {
  readonly value: number;
  readonly total: number;
  /** Advances it, by 1 unless `by` is given. */
  advance(by?: number): void;
  /** Sets it to a value. */
  set(value: number): void;
  /** Shows its last state. The end of a `using` block calls it too. */
  done(): void;
  [Symbol.dispose](): void;
}

export interface Progress {
  /** A bar up to `total`, advanced by hand. */
  (total: number, options?: ProgressOptions): ProgressBar;
  /** The items of an iterable, with a bar that shows how many have been taken. @example for (const page of progress(pages)) … */
  <Item>(items: Iterable<Item>, options?: ProgressOptions): Iterable<Item>;
  /** The items of an asynchronous iterable, with a bar. @example for await (const reply of progress(replies)) … */
  <Item>(items: AsyncIterable<Item>, options?: ProgressOptions): AsyncIterable<Item>;
}

interface State {
  readonly label: string;
  readonly total: number | undefined;
  readonly started: number;
  value: number;
  finished: boolean;
}

const BETWEEN_MS = 100;
const WIDTH = 20;

/**
 * Makes `progress` on the functions that display.
 *
 * @param behind functions to be called when the cell ends: of bars whose last move came too soon to be shown
 */
export function createProgress({ display }: Pick<DisplayFunctions, 'display'>, behind: Set<() => void>): Progress {
  function open(
    label: string,
    total: number | undefined,
  ): { readonly state: State; move(value: number): void; end(): void } {
    const state: State = { label, total, started: performance.now(), value: 0, finished: false };
    const handle = display(bundle(state), { raw: true, displayId: `progress-${randomId()}` });
    let shownAt = state.started;
    const show = () => {
      shownAt = performance.now();
      behind.delete(show);
      handle.update(bundle(state), { raw: true });
    };
    return {
      state,
      move(value) {
        state.value = value;
        if (performance.now() - shownAt < BETWEEN_MS) behind.add(show);
        else show();
      },
      end() {
        if (state.finished) return;
        state.finished = true;
        show();
      },
    };
  }

  function byHand(total: number, label: string): ProgressBar {
    const { state, move, end } = open(label, total);
    return {
      get value() {
        return state.value;
      },
      total,
      advance: (by = 1) => move(state.value + by),
      set: move,
      done: end,
      [Symbol.dispose]: end,
    };
  }

  function* through<Item>(items: Iterable<Item>, bar: ReturnType<typeof open>): Generator<Item> {
    try {
      for (const item of items) {
        yield item;
        bar.move(bar.state.value + 1);
      }
    } finally {
      bar.end();
    }
  }

  async function* throughAsync<Item>(items: AsyncIterable<Item>, bar: ReturnType<typeof open>): AsyncGenerator<Item> {
    try {
      for await (const item of items) {
        yield item;
        bar.move(bar.state.value + 1);
      }
    } finally {
      bar.end();
    }
  }

  function progress(given: unknown, { label = '', total }: ProgressOptions = {}): unknown {
    if (typeof given === 'number' && given >= 0) return byHand(given, label);
    if (hasMethod<Iterable<unknown>>(given, Symbol.iterator))
      return through(given, open(label, total ?? countOf(given)));
    if (hasMethod<AsyncIterable<unknown>>(given, Symbol.asyncIterator)) return throughAsync(given, open(label, total));
    throw new TypeError(
      `progress: a number of steps or something to iterate over was expected, got ${briefText(given)}. ` +
        'Write progress(100) and call advance(), or for (const item of progress(items)).',
    );
  }
  return progress as Progress;
}

function hasMethod<Shape>(value: unknown, key: symbol): value is Shape {
  return value !== null && value !== undefined && typeof (value as Record<symbol, unknown>)[key] === 'function';
}

function countOf(items: object): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  return [length, size].find((count): count is number => typeof count === 'number');
}

function bundle(state: State): Record<string, string> {
  return { 'text/html': barHtml(state), 'text/plain': barText(state) };
}

function share({ value, total }: State): number {
  return total === undefined ? 0 : total === 0 ? 1 : Math.min(1, Math.max(0, value / total));
}

function count({ value, total }: State): string {
  return total === undefined ? String(value) : `${value}/${total}`;
}

function remaining(state: State): string {
  const done = share(state);
  if (state.finished || done === 0 || done === 1) return '';
  const seconds = ((performance.now() - state.started) / 1000) * (1 / done - 1);
  return seconds < 1 ? '' : `, ${Math.round(seconds)} s left`;
}

function barText(state: State): string {
  const label = state.label === '' ? '' : `${state.label} `;
  if (state.total === undefined) return `${label}${count(state)}${state.finished ? '' : ' …'}`;
  const full = Math.round(share(state) * WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
  return `${label}${bar} ${Math.round(share(state) * 100)} % (${count(state)}${remaining(state)})`;
}

function barHtml(state: State): string {
  const amount =
    state.total === undefined && !state.finished ? '' : ` value="${state.total === undefined ? 1 : share(state)}"`;
  const percent = state.total === undefined ? '' : `${Math.round(share(state) * 100)} % · `;
  return (
    '<div style="display:flex;gap:.7em;align-items:center;color:inherit;font-variant-numeric:tabular-nums">' +
    `${state.label === '' ? '' : `<span>${escapeHtml(state.label)}</span>`}<progress max="1"${amount} style="width:16em"></progress>` +
    `<span style="opacity:.75">${percent}${count(state)}${remaining(state)}</span></div>`
  );
}
