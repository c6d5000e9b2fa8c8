// What all widgets have in common: they show themselves, can be waited for, listened to, and closed.

import { variable } from '#host/process';
import type { AsyncGeneratorObject } from '../../asyncio/async-generator.ts';
import type { Coroutine } from '../../asyncio/engine/coroutine.ts';
import { changesOf, type Listen, nextChange } from './changes.ts';
import { type Handler, handlerTask } from './handler.ts';
import { same } from './same.ts';
import { type Accept, Model } from './widget-model.ts';

const display: unique symbol = Symbol.for('Jupyter.display') as never;
const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

const VIEW = 'application/vnd.jupyter.widget-view+json';
/** Read where nothing else is shown: in text, and where Jupyter has no ipywidgets. */
const HINT = '(To use it here, Jupyter needs ipywidgets: pip install ipywidgets anywidget)';
/** A live page has the controls; what it shows as text is a widget of one's own. */
const PAGE_HINT = '(A live page runs no code of a widget. To use it, open the notebook in JupyterLab or JupyterLite.)';

/** A name of a widget's state whose changes can be heard. */
export type NameOf<State> = keyof State & string;

/** How a widget's names and values are those of its model. */
export interface Translation {
  /** `slider`. */
  readonly kind: string;
  /** The model's names on which a widget's depends. @throws {TypeError} if there is none */
  traitsOf(name: string): readonly string[];
  read(model: Pick<Model, 'get'>, name: string): unknown;
  /** One line: what the widget is and what values it has. */
  text(model: Model): string;
}

/** Any widget, whatever its values are. */
export interface WidgetLike {
  readonly modelId: string;
  readonly closed: boolean;
  close(): void;
}

type Parts = Pick<Widget<never>, 'model' | 'translation'>;

/** A control or a view in the page, with the state `State`. */
export class Widget<State extends object = Record<string, unknown>> implements WidgetLike {
  /** @internal */ readonly model: Model;
  /** @internal */ readonly translation: Translation;

  /** @internal */
  constructor(state: Readonly<Record<string, unknown>>, translation: Translation, accept?: Accept) {
    this.model = new Model(this, state, accept);
    this.translation = translation;
    for (const hidden of ['model', 'translation']) Object.defineProperty(this, hidden, { enumerable: false });
  }

  get [Symbol.toStringTag](): string {
    return this.translation.kind;
  }

  /** The id by which the front end knows it. */
  get modelId(): string {
    return this.model.id;
  }

  /** True once it was closed, here or in the page. */
  get closed(): boolean {
    return this.model.closed;
  }

  /** Removes it from every page. Whoever waits for a change gets an error; loops over its changes end. */
  close(): void {
    this.model.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Calls `handler` with the new value of `name` at each change, made in a page or here, in a task of the cell that
   * registers it. Returns a function that stops that.
   * @example n.on('value', (value) => console.log(value))
   */
  on<Name extends NameOf<State>>(name: Name, handler: Handler<[value: State[Name]]>): () => void {
    const call = handlerTask(nameIn(this, `on('${name}')`), handler);
    return listenTo(this, name)(() => call(this.translation.read(this.model, name) as State[Name]));
  }

  /** Waits for the next change of `name`, and gives the new value. @throws {Error} if the widget is closed */
  changed<Name extends NameOf<State> = 'value' & NameOf<State>>(name: Name = 'value' as Name): Coroutine<State[Name]> {
    return nextChange(this.model, listenTo(this, name), reading(this, name), nameIn(this, 'changed'));
  }

  /**
   * The values of `name`, from its next change on, until the widget is closed. What changes while the loop's body runs
   * is merged: the body gets the last value.
   * @example for await (const value of n.changes('value')) console.log(value)
   */
  changes<Name extends NameOf<State> = 'value' & NameOf<State>>(
    name: Name = 'value' as Name,
  ): AsyncGeneratorObject<State[Name]> {
    return changesOf(this.model, listenTo(this, name), reading(this, name), nameIn(this, 'changes'));
  }

  toString(): string {
    return this.translation.text(this.model);
  }

  [inspect](): string {
    return this.toString();
  }

  [display](): Record<string, unknown> {
    return {
      [VIEW]: { version_major: 2, version_minor: 0, model_id: this.modelId },
      'text/plain': `${this}\n${variable('COKERNEL_CLIENT') === 'page' ? PAGE_HINT : HINT}`,
    };
  }
}

/** @internal How to hear of a value's changes. @throws {TypeError} if there is no such name */
export function listenTo({ model, translation }: Parts, name: string): Listen {
  const traits = translation.traitsOf(name);
  const [only] = traits;
  if (only !== undefined && traits.length === 1) return (heard) => model.hear(only, heard);
  return (heard) => {
    let last = translation.read(model, name);
    const look = () => {
      const value = translation.read(model, name);
      if (same(value, last)) return;
      last = value;
      heard();
    };
    const stops = traits.map((trait) => model.hear(trait, look));
    return () => {
      for (const stop of stops) stop();
    };
  };
}

function reading<State extends object, Name extends NameOf<State>>(
  widget: Widget<State>,
  name: Name,
): () => State[Name] {
  return () => widget.translation.read(widget.model, name) as State[Name];
}

/** `slider.changed`: what messages call it, and waits in pictures. */
function nameIn({ translation }: Parts, what: string): string {
  return `${translation.kind}.${what}`;
}
