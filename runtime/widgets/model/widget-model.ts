// One widget's state, kept the same here and in every page that shows it. The messages are those of jupyter-widgets'
// protocol 2.1. What the names mean is not known here: controls/ and any/ say it.

import { dereferenced, join, type Separated, separate } from './buffer-paths.ts';
import { MergedUpdates } from './merged-updates.ts';
import { type WidgetChannel, type WidgetMessage, widgetHost } from './widget-host.ts';

/** The version of the protocol, which the front end compares with its own. */
const PROTOCOL = '2.1.0';
const TARGET = 'jupyter.widget';

/** Hears of a change. It runs as the kernel's own code: it must not call a person's. */
export type Heard = (value: unknown) => void;

/** Hears of a message that is not about the state. */
export type HeardMessage = (content: unknown, buffers: readonly Uint8Array[]) => void;

type State = Readonly<Record<string, unknown>>;

/** What becomes of values that a page has sent. @throws {Error} if they cannot be the widget's */
export type Accept = (received: State) => State;

const models = new Map<string, Model>();
/** The model of each value that stands for one. */
const known = new WeakMap<object, Model>();

/** The state of one widget. */
export class Model {
  /** The id by which the front end knows it. */
  readonly id: string;
  readonly #state: Map<string, unknown>;
  readonly #channel: WidgetChannel;
  readonly #updates = new MergedUpdates((method, names) => this.#sendUpdate(method, names));
  readonly #heard = new Map<string, Set<Heard>>();
  readonly #messages = new Set<HeardMessage>();
  readonly #ends = new Set<() => void>();
  readonly #widget: object;
  readonly #accept: Accept;
  #closed = false;

  /** Opens it in the front end. `widget` is what stands for it in the state of others. @throws {TypeError} as JSON does */
  constructor(widget: object, state: State, accept: Accept = (received) => received) {
    serveControl();
    const { state: json, buffers, paths } = separated(state);
    this.#state = new Map(Object.entries(state));
    this.#widget = widget;
    this.#accept = accept;
    const opening = { data: { state: json, buffer_paths: paths }, metadata: { version: PROTOCOL }, buffers };
    this.#channel = widgetHost().open(TARGET, opening, {
      message: (message) => this.#take(message),
      closed: () => this.#end(),
    });
    this.id = this.#channel.id;
    models.set(this.id, this);
    known.set(widget, this);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get(name: string): unknown {
    return this.#state.get(name);
  }

  /** The names of its state. */
  names(): readonly string[] {
    return [...this.#state.keys()];
  }

  /** Changes a value, here and in the front end. @throws {TypeError} if it cannot be sent */
  set(name: string, value: unknown): void {
    this.assign({ [name]: value });
  }

  /** Changes several values. All are there before anybody hears of one. @throws {TypeError} if one cannot be sent */
  assign(values: State): void {
    separated(values);
    const changed = this.#put(values);
    if (this.#closed) return; // Otherwise a handler that sets its own widget would go on for ever.
    this.#updates.changed(changed);
    for (const name of changed) this.#tell(name);
  }

  /** The names whose values are others now. */
  #put(values: State): string[] {
    const changed = Object.keys(values).filter(
      (name) => !this.#state.has(name) || !Object.is(this.#state.get(name), values[name]),
    );
    for (const name of changed) this.#state.set(name, values[name]);
    return changed;
  }

  /** Calls `heard` at each change of the value of that name. Returns a function that stops that. */
  hear(name: string, heard: Heard): () => void {
    const all = this.#heard.get(name) ?? new Set();
    this.#heard.set(name, all.add(heard));
    return () => void all.delete(heard);
  }

  /** The same for messages that are not about the state. */
  hearMessages(heard: HeardMessage): () => void {
    this.#messages.add(heard);
    return () => void this.#messages.delete(heard);
  }

  /** Calls `end` when it is closed. */
  hearEnd(end: () => void): () => void {
    this.#ends.add(end);
    return () => void this.#ends.delete(end);
  }

  /** Sends a message that is not about the state, after all changes that were made before it. */
  send(content: unknown, buffers: readonly Uint8Array[]): void {
    if (this.#closed) throw new Error('The widget was closed, so nothing can be sent to it. Make another.');
    this.#updates.flush();
    this.#channel.send({ method: 'custom', content }, buffers);
  }

  /** Removes it from every page. */
  close(): void {
    if (this.#closed) return;
    this.#updates.flush();
    this.#channel.close();
    this.#end();
  }

  /** @internal All that a page needs to make its model. */
  whole(): Separated {
    return separated(Object.fromEntries(this.#state));
  }

  #take({ data, buffers }: WidgetMessage): void {
    if (!isRecord(data)) return;
    if (data.method === 'update' && isRecord(data.state)) this.#merge(data.state, data.buffer_paths, buffers);
    else if (data.method === 'request_state') this.#channel.send(...updateOf('update', this.whole()));
    else if (data.method === 'custom') for (const heard of [...this.#messages]) heard(data.content, buffers);
  }

  /** A page that has sent what cannot be is told what is: it waits for the echo, and takes an update after that. */
  #merge(state: Record<string, unknown>, paths: unknown, buffers: readonly Uint8Array[]): void {
    join(state, paths, buffers);
    const names = Object.keys(state).filter((name) => this.#state.has(name));
    const received = Object.fromEntries(names.map((name) => [name, dereferenced(state[name], widgetOf)]));
    const changed = this.#put(this.#accepted(received));
    this.#updates.echo(names);
    this.#updates.changed(names.filter((name) => !Object.is(this.#state.get(name), received[name])));
    for (const name of changed) this.#tell(name);
  }

  #accepted(received: State): State {
    try {
      return this.#accept(received);
    } catch {
      return {};
    }
  }

  #tell(name: string): void {
    for (const heard of [...(this.#heard.get(name) ?? [])]) heard(this.#state.get(name));
  }

  #sendUpdate(method: string, names: readonly string[]): void {
    const part = Object.fromEntries(names.map((name) => [name, this.#state.get(name)]));
    this.#channel.send(...updateOf(method, separated(part)));
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#updates.close();
    models.delete(this.id);
    for (const end of [...this.#ends]) end();
  }

  /** @internal What stands for it. */
  get widget(): object {
    return this.#widget;
  }
}

function updateOf(method: string, { state, paths, buffers }: Separated): [unknown, readonly Uint8Array[]] {
  return [{ method, state, buffer_paths: paths }, buffers];
}

function separated(state: State): Separated {
  return separate(state, (value) => known.get(value)?.id);
}

function widgetOf(id: string): object | undefined {
  return models.get(id)?.widget;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

let served = false;

/** A page that was reloaded asks for all models at once. */
function serveControl(): void {
  if (served) return;
  served = true;
  widgetHost().serve('jupyter.widget.control', (channel) => ({
    message({ data }) {
      if (isRecord(data) && data.method === 'request_states') channel.send(...allStates());
    },
    closed: () => {},
  }));
}

function allStates(): [unknown, readonly Uint8Array[]] {
  const states: Record<string, unknown> = {};
  const buffer_paths: (string | number)[][] = [];
  const all: Uint8Array[] = [];
  for (const [id, model] of models) {
    const { state, buffers, paths } = model.whole();
    states[id] = {
      model_name: state._model_name,
      model_module: state._model_module,
      model_module_version: state._model_module_version,
      state,
    };
    for (const path of paths) buffer_paths.push([id, 'state', ...path]);
    for (const buffer of buffers) all.push(buffer);
  }
  return [{ method: 'update_states', states, buffer_paths }, all];
}
