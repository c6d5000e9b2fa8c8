// interact(): controls above what a function makes of their values, made anew at each change.

import { awaiting } from '../../asyncio/awaiting.ts';
import { createTask } from '../../asyncio/engine/create-task.ts';
import { CancelledError } from '../../asyncio/engine/errors.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import { isAwaitable } from '../../asyncio/engine/predicates.ts';
import { sleep } from '../../asyncio/engine/sleep.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { TaskOptions } from '../../asyncio/engine/task-options.ts';
import { column } from '../controls/boxes.ts';
import { checkbox, select } from '../controls/choices.ts';
import type { ControlWidget } from '../controls/control.ts';
import type { Output } from '../controls/output-view.ts';
import { slider } from '../controls/sliders.ts';
import { text } from '../controls/text-controls.ts';
import { valueText } from '../model/value-text.ts';
import { listenTo, Widget } from '../model/widget.ts';
import { widgetHost } from '../model/widget-host.ts';

const display: unique symbol = Symbol.for('Jupyter.display') as never;

/** A control, or a value for which one is made: a number (a slider), a boolean, a text, or a list to choose from. */
export type Interactive = { value: unknown } | number | boolean | string | readonly unknown[];

/** The value that a control or what stands for one gives. */
export type ValueOf<Given> = Given extends { value: infer Value }
  ? Value
  : Given extends readonly (infer Option)[]
    ? Option
    : Given extends number
      ? number
      : Given extends boolean
        ? boolean
        : Given extends string
          ? string
          : unknown;

/** How `interact` shows. */
export interface InteractOptions {
  /** Shows what is made in this widget, below the controls: for front ends that show only widgets, as Voila. */
  readonly into?: Output;
}

/** What `interact` returns. */
export interface Interaction {
  /** From here on changes make nothing new; the controls stay. */
  stop(): void;
  [Symbol.dispose](): void;
}

const INTERACT = internalCode('interact');

/**
 * Shows controls, and below them what `show` returns for their values, anew at each change. A change cancels what is
 * still being made for earlier values; it gets a CancelledError at its await. What `show` throws later is shown in its
 * place.
 *
 * @throws what `show` throws for the first values
 * @example interact({ n: slider({ max: 10 }), name: 'Ada', loud: true }, ({ n, name, loud }) => …)
 */
export function interact<const Given extends Readonly<Record<string, Interactive>>>(
  given: Given,
  show: (values: { -readonly [Name in keyof Given]: ValueOf<Given[Name]> }) => unknown,
  { into }: InteractOptions = {},
): Interaction {
  if (typeof show !== 'function') throw new TypeError(`interact: a function was expected, got ${valueText(show)}.`);
  const host = widgetHost();
  const owner = host.cause();
  const controls = Object.entries(given).map(([name, one]) => [name, controlOf(name, one)] as const);
  const make = () => show(Object.fromEntries(controls.map(([name, { value }]) => [name, value])) as never);
  const above = column(controls.map(([, control]) => control));
  host.show(into === undefined ? above : column([above, into]));
  const first = make();
  const beginning = isAwaitable(first) ? NOTHING : visible(first);
  const shown = into === undefined ? host.showLive(beginning) : { update: into.show };
  into?.show(beginning);
  let count = 0;
  let latest: Task<void> | undefined;
  function* rendering(
    number: number,
    earlier: Task<void> | undefined,
    made?: unknown,
  ): Generator<unknown, void, unknown> {
    if (earlier?.cancel('interact: a control has another value')) yield* sleep(0); // Its clean-up comes first.
    // One that catches its cancellation made its value of earlier ones.
    const update = (value: unknown): void => {
      if (number === count) shown.update(value);
    };
    try {
      update(visible(yield* awaiting(made ?? make())));
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      update(failed(error));
    }
  }
  const render = (options: TaskOptions = {}, made?: unknown): void => {
    latest = createTask(internal(rendering(++count, latest, made), INTERACT), { name: 'interact', owner, ...options });
  };
  const again = (): void => {
    // One that has not begun will read the last values when it does.
    if (latest !== undefined && !latest.begun && !latest.done()) return;
    render();
  };
  // It is awaited at once, so that a change in this very turn can cancel it.
  if (isAwaitable(first)) render({ eagerStart: true }, first);
  const stops = controls.map(([, control]) => listenTo(control, 'value')(again));
  const stop = () => {
    for (const end of stops) end();
  };
  // It is shown already: a cell that ends in interact() shows nothing more.
  return Object.defineProperty({ stop, [Symbol.dispose]: stop }, display, { value: null });
}

/** A control with a value. */
type Valued = ControlWidget<{ value: unknown; label: string }> & { value: unknown; label: string };

/** The control itself, or one for a value; named after its name unless it has a label. */
function controlOf(name: string, given: Interactive): Valued {
  const control = (given instanceof Widget ? given : made(name, given)) as Valued;
  if (!('value' in control)) {
    throw new TypeError(`interact: ${name} should be a control with a value, or a value, got ${valueText(given)}.`);
  }
  if (control.label === '') control.label = name;
  return control;
}

function made(label: string, given: Interactive): unknown {
  if (typeof given === 'boolean') return checkbox({ label, value: given });
  if (typeof given === 'string') return text({ label, value: given });
  if (Array.isArray(given)) return select({ label, options: given });
  return typeof given === 'number' ? slider({ label, value: given, ...around(given) }) : {};
}

/** As ipywidgets has it: from minus one to three times the value. */
function around(value: number): { readonly min: number; readonly max: number; readonly step?: number } {
  if (value === 0) return { min: 0, max: 1, step: 0.01 };
  const [min, max] = value > 0 ? [-value, 3 * value] : [3 * value, -value];
  return Number.isInteger(value) ? { min, max } : { min, max, step: (max - min) / 100 };
}

const NOTHING = { [display]: () => ({ 'text/plain': '' }) };

function visible(value: unknown): unknown {
  return value === undefined ? NOTHING : value;
}

/** An error in place of the value, in the colours of errors. */
function failed(error: unknown): unknown {
  const traceback = widgetHost().traceback(error);
  return { [display]: () => ({ 'application/vnd.jupyter.stderr': traceback, 'text/plain': traceback }) };
}
