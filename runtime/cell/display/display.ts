// display, update and clearOutput: what user code shows besides a cell's result. What a value looks like is in render.ts.

import { types } from '#host/inspection';
import type { ExecutionId } from '../../events.ts';
import type { CellPort } from '../output/port.ts';
import { briefText, checkedBundle, checkJson, type Rendered } from './bundle.ts';
import { plainText } from './plain.ts';
import { render } from './render.ts';

/** How a value is displayed. */
export interface DisplayOptions {
  /** The value is a MIME bundle, such as `{ 'text/html': '<b>x</b>' }`, which is sent unchanged. */
  readonly raw?: boolean;
  /** A name under which `update` can replace it later. */
  readonly displayId?: string;
  /** Jupyter's metadata of the output, by MIME type. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A display that can be replaced. */
export interface DisplayHandle {
  readonly displayId: string;
  /** Replaces what is shown, wherever it is shown. */
  update(value: unknown, options?: Omit<DisplayOptions, 'displayId'>): void;
}

export interface DisplayFunctions {
  /**
   * Shows a value under the cell the way a result is shown.
   *
   * @returns if `displayId` is given, a handle that can replace the display
   * @throws {TypeError} if `raw` is true and the value is not a MIME bundle
   * @example display(html('<b>bold</b>'))
   */
  display(value: unknown, options: DisplayOptions & { readonly displayId: string }): DisplayHandle;
  display(value: unknown, options?: DisplayOptions): void;
  /**
   * Replaces what was displayed under an id.
   *
   * @throws {Error} if nothing was displayed under that id
   * @example
   * display('working', { displayId: 'state' })
   * update('state', 'done')
   */
  update(displayId: string, value: unknown, options?: Omit<DisplayOptions, 'displayId'>): void;
  /** Removes the cell's output: immediately, or with `wait` when the next output comes, which avoids flicker. */
  clearOutput(options?: { readonly wait?: boolean }): void;
}

/** The functions for one port, and the displays still being made. */
export interface Displays extends DisplayFunctions {
  /** Resolves when asynchronous displays (`Symbol.for('Jupyter.display')` returned a promise) are out; undefined if there are none. */
  settled(): Promise<void> | undefined;
}

interface Target {
  readonly execution: ExecutionId;
  readonly displayId?: string;
  readonly update: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Makes the functions that show values through `port`. */
export function createDisplays(port: CellPort): Displays {
  const known = new Set<string>();
  const pending = new Set<Promise<void>>();

  function show(
    value: unknown,
    { raw, metadata = {} }: DisplayOptions,
    to: Omit<Target, 'metadata' | 'execution'>,
  ): void {
    checkJson(metadata, `${to.update ? 'update' : 'display'}: metadata`);
    const target = { ...to, execution: port.execution(), metadata };
    const made = raw ? { data: checkedBundle(value, 'display(…, { raw: true })'), metadata: {} } : render(value);
    if (!types.isPromise(made)) {
      send(made, target);
      return;
    }
    const sent: Promise<void> = made
      .then((rendered) => send(rendered, target))
      .finally(() => {
        pending.delete(sent);
      });
    pending.add(sent);
  }

  function send(rendered: Rendered, { metadata, execution, displayId, update }: Target): void {
    const { data, failure } = rendered;
    if ('failure' in rendered) {
      const text = `display: the value's own display method failed, so it is shown as text: ${plainText(failure)}\n`;
      port.send({ type: 'stream', execution, name: 'stderr', text });
    }
    const all = { ...rendered.metadata, ...metadata };
    port.send({
      type: 'display',
      execution,
      data,
      metadata: all,
      ...(displayId !== undefined && { displayId }),
      update,
    });
  }

  function checkedId(displayId: unknown, caller: string): string {
    if (typeof displayId === 'string' && displayId !== '') return displayId;
    throw new TypeError(
      `${caller}: a display id was expected, a string that is not empty, got ${briefText(displayId)}.`,
    );
  }

  function update(displayId: string, value: unknown, options: Omit<DisplayOptions, 'displayId'> = {}): void {
    if (!known.has(checkedId(displayId, 'update'))) {
      const ids = [...known].slice(-5).map((id) => `'${id}'`);
      const found = ids.length > 0 ? ` Known are ${ids.join(', ')}.` : '';
      throw new Error(
        `update: nothing was displayed under the id '${displayId}'.${found} First call display(value, { displayId: '${displayId}' }).`,
      );
    }
    show(value, options, { displayId, update: true });
  }

  function display(value: unknown, options: DisplayOptions & { readonly displayId: string }): DisplayHandle;
  function display(value: unknown, options?: DisplayOptions): void;
  function display(value: unknown, options: DisplayOptions = {}): DisplayHandle | undefined {
    if (options.displayId === undefined) {
      show(value, options, { update: false });
      return undefined;
    }
    const displayId = checkedId(options.displayId, 'display');
    known.add(displayId);
    show(value, options, { displayId, update: false });
    return { displayId, update: (next, how) => update(displayId, next, how) };
  }

  return {
    display,
    update,
    clearOutput({ wait = false } = {}) {
      port.send({ type: 'clear', execution: port.execution(), wait });
    },
    settled: () => (pending.size === 0 ? undefined : Promise.all(pending).then(() => {})),
  };
}
