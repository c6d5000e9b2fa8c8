// A button: its presses are messages and not values, so each one counts.

import type { AsyncGeneratorObject } from '../../asyncio/async-generator.ts';
import type { Coroutine } from '../../asyncio/engine/coroutine.ts';
import { changesOf, type Listen, nextChange } from '../model/changes.ts';
import { type Handler, handlerTask } from '../model/handler.ts';
import { type Control, control, type Options } from './control.ts';
import type { ButtonState } from './control-states.ts';

/** A button. */
export interface Button extends Omit<Control<ButtonState>, 'on' | typeof Symbol.asyncIterator> {
  /** Calls `handler` at each press, in a task of the cell that registers it. Returns a function that stops that. */
  on(name: 'click', handler: Handler<[]>): () => void;
  on<Name extends keyof ButtonState>(name: Name, handler: Handler<[value: ButtonState[Name]]>): () => void;
  /** Waits for the next press. @throws {Error} if the button is closed */
  clicked(): Coroutine<void>;
  /** How many presses there have been, at each press: `for await (const count of go)`. */
  [Symbol.asyncIterator](): AsyncGeneratorObject<number>;
}

/**
 * A button.
 * @example
 * const go = button({ label: 'Go', buttonStyle: 'primary' })
 * go.on('click', () => console.log('went'))
 * await go.clicked()
 */
export function button(options: Options<ButtonState> = {}): Button {
  return control<ButtonState>('button', options, (made) => {
    const { model } = made;
    const own = made.on.bind(made) as (name: keyof ButtonState, handler: Handler<[unknown]>) => () => void;
    const listen: Listen = (heard) => model.hearMessages((content) => isClick(content) && heard());
    let count = 0;
    listen(() => {
      count += 1;
    });
    return {
      on(name: 'click' | keyof ButtonState, handler: Handler<[unknown]> & Handler<[]>): () => void {
        if (name !== 'click') return own(name, handler);
        const call = handlerTask("button.on('click')", handler as Handler<[]>);
        return listen(() => call());
      },
      clicked: () => nextChange(model, listen, () => {}, 'button.clicked'),
      [Symbol.asyncIterator]: () => changesOf(model, listen, () => count, 'button.clicks'),
    };
  }) as unknown as Button;
}

function isClick(content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'event' in content && content.event === 'click';
}
