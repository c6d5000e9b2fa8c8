// arrange(): lines to put in order, by dragging, by tapping, or by the keyboard. What the page does is in arrange-page.ts.

import type { AsyncGeneratorObject } from '../../asyncio/async-generator.ts';
import { valueText } from '../model/value-text.ts';
import { ARRANGE_CSS, ARRANGE_ESM } from './arrange-page.ts';
import { type CustomWidget, customWidget } from './custom-widget.ts';

/** The values of a list to put in order. */
export interface ArrangeState {
  /** The lines in the order in which they stand. */
  value: readonly string[];
  /** What the list is about, for those who cannot see it. */
  label: string;
}

/** Lines to put in order. */
export interface Arrangement extends CustomWidget<ArrangeState> {
  /** The lines in the order in which they stand. */
  value: readonly string[];
  /** The order, from its next change on. */
  [Symbol.asyncIterator](): AsyncGeneratorObject<readonly string[]>;
}

/**
 * Lines that the person puts in order: by dragging, by tapping a line and then its new place, or by the keyboard (space
 * picks a line up and puts it down, the arrow keys move it).
 *
 * @throws {TypeError} if `lines` is no list of texts
 * @example
 * const guess = arrange(['task', 'main', 'done'])
 * guess                                  // in the next cell: await predict(guess.value, main())
 */
export function arrange(lines: readonly string[], { label = '' }: { readonly label?: string } = {}): Arrangement {
  const state: ArrangeState = { value: texts(lines), label };
  const made = customWidget<ArrangeState>({ state, esm: ARRANGE_ESM, css: ARRANGE_CSS }, arrangeText);
  return Object.defineProperties(made, {
    value: {
      get: () => made.state.value,
      set: (value: readonly string[]) => {
        made.state.value = texts(value);
      },
    },
    [Symbol.asyncIterator]: { value: () => made.changes('value') },
  }) as Arrangement;
}

function texts(lines: unknown): string[] {
  if (Array.isArray(lines) && lines.every((line) => typeof line === 'string')) return [...lines];
  throw new TypeError(`arrange: a list of texts was expected, got ${valueText(lines)}.`);
}

/** The lines with their numbers. */
function arrangeText({ value }: ArrangeState): string {
  return value.map((line, at) => `${at + 1}. ${line}`).join('\n');
}
