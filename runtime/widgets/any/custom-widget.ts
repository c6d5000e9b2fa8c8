// widget(): a widget of one's own, whose code in the page is an ES module as anywidget has them (https://anywidget.dev).

import type { Render } from '@anywidget/types';
import { processId } from '#host/process';
import { type Layout, type LayoutOptions, layoutOf } from '../controls/control.ts';
import { type Handler, handlerTask } from '../model/handler.ts';
import { valueText } from '../model/value-text.ts';
import { type Translation, Widget } from '../model/widget.ts';
import type { Model } from '../model/widget-model.ts';
import { guardedPage } from './guarded-page.ts';
import { pageSource } from './page-source.ts';

/** What a widget of one's own is made with. */
export interface CustomOptions<State extends object> {
  /** The values that page and kernel share. JSON can represent them, but for bytes, which may stand anywhere. */
  readonly state?: State;
  /**
   * The module that runs in the page: its text, or a file's path or URL, whose changes the page shows immediately. Its
   * default export is `{ render({ model, el }) {…} }`. A function stands for `render`; it runs in the page, so it can use
   * only its arguments and what a browser has.
   */
  readonly esm: string | URL | Render<State>;
  /** Styles: a text, or a file's path or URL. */
  readonly css?: string | URL;
  readonly layout?: LayoutOptions;
}

/** A widget of one's own. */
export class CustomWidget<State extends object> extends Widget<State> {
  /** The shared values: `w.state.count = 4` changes the page. Assign whole values: a change within one is not noticed. */
  declare readonly state: State;
  /** Its place and size in the page. */
  declare readonly layout: Layout;

  /** Sends a message to the page: there `model.on('msg:custom', (message, buffers) => …)`. */
  send(message: unknown, buffers: readonly Uint8Array[] = []): void {
    this.model.send(message, buffers);
  }

  /**
   * Calls `handler` with each message that the page sends (`model.send(message, undefined, buffers)`), in a task of the
   * cell that registers it. Returns a function that stops that.
   */
  onMessage(handler: Handler<[message: unknown, buffers: readonly Uint8Array[]]>): () => void {
    return this.model.hearMessages(handlerTask('widget.onMessage', handler));
  }
}

let count = 0;

/**
 * Makes a widget of one's own, with code for the page.
 * @example
 * const w = widget({
 *   state: { count: 0 },
 *   esm: ({ model, el }) => {
 *     const button = document.createElement('button')
 *     const show = () => { button.textContent = `count is ${model.get('count')}` }
 *     button.onclick = () => { model.set('count', model.get('count') + 1); model.save_changes() }
 *     model.on('change:count', show)
 *     show()
 *     el.append(button)
 *   },
 * })
 * w.on('count', (count) => console.log(count))
 */
export function widget<State extends object = Record<string, unknown>>(
  options: CustomOptions<State>,
): CustomWidget<State> {
  return Object.preventExtensions(customWidget(options, (state) => `widget ${valueText(state)}`));
}

/** @internal The same, with a text of its own where no page shows it. */
export function customWidget<State extends object>(
  options: CustomOptions<State>,
  text: (state: State) => string,
): CustomWidget<State> {
  const { state = {} as State, layout } = options;
  if (typeof state !== 'object' || state === null || Array.isArray(state)) {
    throw new TypeError(`widget: an object of names and values was expected as state, got ${valueText(state)}.`);
  }
  const names = Object.keys(state);
  const hidden = names.find((name) => name.startsWith('_') || name === 'layout');
  if (hidden !== undefined) throw new TypeError(`widget: the page has a '${hidden}' of its own. Choose another name.`);
  const esm = pageSource(options.esm, 'esm', /\.m?js$/);
  const css = options.css === undefined ? undefined : pageSource(options.css, 'css', /\.css$/);
  const place = layoutOf(layout);
  const identity = {
    _anywidget_id: `cokernel.${processId}.${++count}`,
    _esm: guardedPage(esm.text),
    ...(css && { _css: css.text }),
  };
  const made = new CustomWidget<State>(
    { ...PAGE, ...identity, layout: place, ...state },
    translationOf(names, text as (state: object) => string),
  );
  const { model } = made;
  const stops = [
    esm.watch((text) => model.set('_esm', guardedPage(text))),
    css?.watch((text) => model.set('_css', text)),
  ];
  model.hearEnd(() => {
    for (const stop of stops) stop?.();
  });
  Object.defineProperties(made, { state: { value: stateOf(model, names) }, layout: { value: place } });
  return made;
}

/** The front end's model of all such widgets. */
const PAGE = {
  ...{ _model_module: 'anywidget', _model_module_version: '*', _model_name: 'AnyModel' },
  ...{ _view_module: 'anywidget', _view_module_version: '*', _view_name: 'AnyView', _view_count: null },
};

function translationOf(names: readonly string[], text: (state: object) => string): Translation {
  return {
    kind: 'widget',
    traitsOf(name) {
      if (names.includes(name)) return [name];
      throw new TypeError(`widget: its state has no '${name}'. Its names are ${names.join(', ')}.`);
    },
    read: (model, name) => model.get(name),
    text: (model) => text(Object.fromEntries(names.map((name) => [name, model.get(name)]))),
  };
}

/** An object whose properties are the model's. A name that it does not have is refused, for the page would not see it. */
function stateOf(model: Model, names: readonly string[]): object {
  const state = {};
  for (const name of names) {
    Object.defineProperty(state, name, {
      enumerable: true,
      get: () => model.get(name),
      set: (value: unknown) => model.set(name, value),
    });
  }
  return Object.preventExtensions(state);
}
