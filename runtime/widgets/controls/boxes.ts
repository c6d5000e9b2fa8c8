// Widgets inside widgets: beside one another, below one another, in a grid, and one at a time.

import { valueText } from '../model/value-text.ts';
import { Widget, type WidgetLike } from '../model/widget.ts';
import { type Control, control, type Options } from './control.ts';
import type { BoxState, TitledState } from './control-states.ts';
import { label } from './text-controls.ts';

/** What can stand in a box: a widget, or a text. */
export type Child = WidgetLike | string;

/** Widgets beside one another. @example row([slider(), 'of 100']) */
export function row(children: readonly Child[], options: Options<BoxState> = {}): Control<BoxState> {
  return control('row', { ...options, children: widgetsOf(children) });
}

/** Widgets below one another. @example column([name, age, send]) */
export function column(children: readonly Child[], options: Options<BoxState> = {}): Control<BoxState> {
  return control('column', { ...options, children: widgetsOf(children) });
}

/** Widgets in so many columns of the same width. @example grid(buttons, { columns: 3 }) */
export function grid(
  children: readonly Child[],
  { columns, layout, ...options }: Options<BoxState> & { readonly columns?: number } = {},
): Control<BoxState> {
  const template = columns === undefined ? {} : { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` };
  return control('grid', {
    ...options,
    children: widgetsOf(children),
    layout: { gridGap: '4px', ...template, ...layout },
  });
}

/** Widgets of which one is visible, chosen by its title. @example tabs({ Settings: form, Result: view }) */
export function tabs(
  children: Readonly<Record<string, Child>>,
  options: Options<TitledState> = {},
): Control<TitledState> {
  return titled('tabs', children, options);
}

/** Widgets that open and close by their titles. @example accordion({ Basics: form, More: details }) */
export function accordion(
  children: Readonly<Record<string, Child>>,
  options: Options<TitledState> = {},
): Control<TitledState> {
  return titled('accordion', children, options);
}

function titled(
  kind: 'tabs' | 'accordion',
  children: Readonly<Record<string, Child>>,
  options: Options<TitledState>,
): Control<TitledState> {
  if (typeof children !== 'object' || children === null || Array.isArray(children) || children instanceof Widget) {
    throw new TypeError(`${kind}: an object of titles and widgets was expected, got ${valueText(children)}.`);
  }
  return control(kind, { titles: Object.keys(children), ...options, children: widgetsOf(Object.values(children)) });
}

/** What is neither a widget nor a text, the control refuses (traits.ts). */
function widgetsOf(children: readonly Child[]): readonly WidgetLike[] {
  if (!Array.isArray(children)) return children as never;
  return children.map((child) => (typeof child === 'string' ? label(child) : child));
}
