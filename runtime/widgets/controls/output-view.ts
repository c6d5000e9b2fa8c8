// output(): a widget that shows whatever a cell can show. Unlike a display it can stand in a box, and is there in front
// ends that show only widgets, as Voila.

import { awaiting } from '../../asyncio/awaiting.ts';
import { createTask } from '../../asyncio/engine/create-task.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import { type Bundle, widgetHost } from '../model/widget-host.ts';
import { type Control, control, type Options } from './control.ts';
import type { OutputState } from './control-states.ts';

/** A widget that shows values. */
export interface Output extends Control<OutputState> {
  /** Shows a value in place of all that it shows. */
  show(value: unknown): void;
  /** Shows a value below what it shows. */
  append(value: unknown): void;
  /** Shows nothing. */
  clear(): void;
}

const SHOW = internalCode('output.show');

/**
 * A widget that shows whatever a cell can show: tables, pictures, HTML.
 * @example
 * const out = output()
 * n.on('value', (n) => out.show(timeline(n)))
 */
export function output(options: Options<Omit<OutputState, 'outputs'>> = {}): Output {
  return control<OutputState>('output', options, (made) => {
    const add = (value: unknown, before: () => readonly object[]) => {
      const bundle = widgetHost().bundle(value);
      const set = ({ data, metadata }: Bundle) => {
        made.outputs = [...before(), { output_type: 'display_data', data, metadata }];
      };
      if (!(bundle instanceof Promise)) set(bundle);
      else createTask(internal(later(bundle, set), SHOW), { name: 'output.show' });
    };
    return {
      show: (value: unknown) => add(value, () => []),
      append: (value: unknown) => add(value, () => made.outputs),
      clear: () => {
        made.outputs = [];
      },
    };
  }) as Output;
}

/** Values whose own display method is asynchronous. */
function* later(bundle: Promise<Bundle>, set: (bundle: Bundle) => void): Generator<unknown, void, unknown> {
  set(yield* awaiting(bundle));
}
