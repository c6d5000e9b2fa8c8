// The global object `jupyter`: every command of the notebook as a function, for completion to find.
// Each command is implemented in the file named after it.

import { inspect } from '#host/inspection';
import type { DiagnosticsMode, ExecutionId } from '../../events.ts';
import { briefText } from '../display/bundle.ts';
import { createDisplays, type DisplayFunctions } from '../display/display.ts';
import { image } from '../display/image.ts';
import { html, json, latex, markdown, svg, table, vega } from '../display/markup.ts';
import { createProgress, type Progress } from '../display/progress.ts';
import { showTables } from '../display/records.ts';
import { createDialogs, type Dialogs } from '../input/dialogs.ts';
import type { CellPort } from '../output/port.ts';
import { type CommConstructor, type Comms, createComms, type Enter } from './comms.ts';
import type { Install } from './install-packages.ts';
import { createKeepAlive, type KeepAlive } from './keep-alive.ts';
import { listNames, type NotebookNames } from './name-list.ts';

/** Everything a notebook can ask of Jupyter. Most members are also globals. */
export interface Jupyter extends DisplayFunctions, Dialogs {
  /** HTML to display: html('<b>x</b>'), or as the tag of a template, which escapes its values. */
  readonly html: typeof html;
  /** SVG markup, displayed as a picture. */
  readonly svg: typeof svg;
  /** Markdown, displayed as rich text. */
  readonly markdown: typeof markdown;
  /** LaTeX, displayed typeset. */
  readonly latex: typeof latex;
  /** A value as a tree to expand. */
  readonly json: typeof json;
  /** An image from bytes, a path or a URL. */
  readonly image: typeof image;
  /** A vega or vega-lite specification as a chart. */
  readonly vega: typeof vega;
  /** Rows as a table. */
  readonly table: typeof table;
  /** A bar that updates in place: for (const item of progress(items)), or progress(100) advanced by hand. */
  readonly progress: Progress;
  /** A two-way channel to widgets in the front end. */
  readonly Comm: CommConstructor;
  /** Opens a text in the front end's pager, beside the notebook. */
  page(text: string): void;
  /** Proposes the text of the next cell: below this one, or in its place with `replace`. */
  setNextInput(text: string, options?: { readonly replace?: boolean }): void;
  /**
   * Installs npm packages beside the notebook, types included, and shows how far it is. Where the folder has no
   * package.json, one is made.
   *
   * @throws {Error} with what npm said, if it failed
   * @example await jupyter.install('lodash', 'zod@4')
   */
  install: Install;
  /**
   * Keeps a server from culling the kernel as idle until a task or promise is done. Returns a function that ends this
   * earlier.
   *
   * @example jupyter.keepAlive(createTask(serve()))
   */
  keepAlive: KeepAlive;
  /** Every name that cells declared, oldest first; shown as a table with types, sizes and values. */
  names(): readonly string[];
  /** Whether arrays of objects with the same keys are shown as tables beside their text; they are from the start. */
  tables(on: boolean): void;
  /** How type errors in later cells are treated: `warn` shows them, `strict` does not run the cell, `off` is silent. */
  diagnostics(mode: DiagnosticsMode): void;
}

/** The object for user code, and what the cell process itself needs. */
export interface JupyterSide {
  readonly jupyter: Jupyter;
  readonly comms: Comms;
  /** Functions to be called when a cell ends: what they have to show or to send came too soon for them. */
  readonly behind: Set<() => void>;
  /** Resolves when asynchronous displays are out; undefined if there are none. Awaited before a cell ends. */
  settled(): Promise<void> | undefined;
  /** Whether there is anything to wait for, or to show first. */
  unsettled(): boolean;
}

/** Runs what may run user code, and passes an interrupt of that on where it was swallowed. */
type Through = <T>(call: () => T) => T;

/** What `jupyter` is made of besides the port. */
export interface JupyterParts {
  readonly through?: Through;
  /** Calls the handlers of comms. */
  readonly enter?: Enter;
  /** Those of the notebook. */
  readonly names?: NotebookNames;
  /** Makes `install`. */
  readonly install?: (shown: DisplayFunctions) => Install;
}

/** Makes `jupyter` for a port. */
export function createJupyter(
  port: CellPort,
  {
    through = (call) => call(),
    enter,
    names = { all: () => [], read: () => undefined },
    install = () => async () => {},
  }: JupyterParts = {},
): JupyterSide {
  const { settled, ...functions } = createDisplays(port);
  const shown: DisplayFunctions = {
    ...functions,
    display: ((...given: Parameters<DisplayFunctions['display']>) =>
      through(() => functions.display(...given))) as DisplayFunctions['display'],
    update: (...given) => through(() => functions.update(...given)),
  };
  const behind = new Set<() => void>();
  const comms = createComms(port, enter);
  const payload = (given: Readonly<Record<string, unknown>>): void => {
    const execution: ExecutionId = port.execution();
    port.send({ type: 'payload', execution, payload: given });
  };
  const members: Jupyter = {
    ...shown,
    ...{ html, svg, markdown, latex, json, image, vega, table },
    progress: createProgress(shown, behind),
    Comm: comms.Comm,
    ...createDialogs(port),
    page(text) {
      if (typeof text !== 'string') throw new TypeError(`page: a string was expected, got ${briefText(text)}.`);
      payload({ source: 'page', data: { 'text/plain': text }, start: 0 });
    },
    setNextInput(text, { replace = false } = {}) {
      if (typeof text !== 'string') throw new TypeError(`setNextInput: a string was expected, got ${briefText(text)}.`);
      payload({ source: 'set_next_input', text, replace });
    },
    install: install(shown),
    keepAlive: createKeepAlive(port),
    names: () => listNames(names),
    tables(on) {
      if (typeof on !== 'boolean') throw new TypeError(`tables: true or false was expected, got ${briefText(on)}.`);
      showTables(on);
    },
    diagnostics(mode) {
      if (!MODES.includes(mode)) {
        throw new TypeError(`diagnostics: one of ${MODES.join(', ')} was expected, got ${briefText(mode)}.`);
      }
      port.send({ type: 'diagnostics', execution: port.execution(), mode });
    },
  };
  const jupyter = Object.defineProperties(members, {
    [Symbol.toStringTag]: { value: 'jupyter' },
    [inspect.custom]: { value: () => summary(members) },
  });
  return {
    jupyter,
    comms,
    behind,
    settled() {
      for (const show of behind) show();
      return settled();
    },
    unsettled: () => behind.size > 0 || settled() !== undefined,
  };
}

const MODES: readonly DiagnosticsMode[] = ['warn', 'strict', 'off'];

const USAGE: Readonly<Record<string, string>> = {
  display: 'display(value, { raw, displayId })   show a value under the cell',
  update: 'update(displayId, value)             replace what was displayed under an id',
  clearOutput: 'clearOutput({ wait })                remove the output of the cell',
  html: "html('<b>x</b>')                     HTML, also as the tag of a template",
  svg: "svg('<svg>…</svg>')                  a drawing",
  markdown: "markdown('# Title')                  rich text",
  latex: 'latex`\\frac{1}{2}`                   a formula',
  json: 'json(value)                          a tree to expand',
  image: "image('photo.png')                   a picture from bytes, a path or a URL",
  vega: 'vega(spec)                           a chart',
  table: 'table(rows)                          a table',
  progress: 'for (const x of progress(items))     a bar that updates in place',
  Comm: 'new Comm(target)                     a channel to a widget',
  input: "await input('Name? ')                ask, while other tasks go on",
  prompt: "prompt('Name?')                      ask, and block; also confirm and alert",
  page: 'jupyter.page(text)                   show a text in the pager',
  setNextInput: 'jupyter.setNextInput(text)           propose the next cell',
  install: "await jupyter.install('lodash')      npm packages, beside the notebook",
  keepAlive: 'jupyter.keepAlive(task)              not culled as idle until it is done',
  names: 'jupyter.names()                      what cells declared: types, sizes, values',
  tables: 'jupyter.tables(false)                show arrays of objects as text only',
  diagnostics: "jupyter.diagnostics('strict')        type errors: warn, strict or off",
};

function summary(members: Jupyter): string {
  return [
    'jupyter: what a notebook can ask of Jupyter',
    ...Object.keys(members).flatMap((name) => USAGE[name] ?? []),
  ].join('\n  ');
}
