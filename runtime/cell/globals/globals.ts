// Which members of `jupyter` are globals of a notebook, and their types for the language service, which reads this
// file's declarations. A cell may redeclare any of them.

import type { Loader } from '../loader/loader.ts';
import type { Deno as DenoOfCells } from './deno.ts';
import type { Jupyter } from './jupyter.ts';

/** The members of `jupyter` that are also globals. */
export const GLOBAL_NAMES = [
  'display',
  'update',
  'clearOutput',
  'html',
  'svg',
  'markdown',
  'latex',
  'json',
  'image',
  'vega',
  'table',
  'progress',
  'input',
  'Comm',
  'prompt',
  'confirm',
  'alert',
] as const satisfies readonly (keyof Jupyter)[];

/** What a notebook's cells have as names of their own, whatever becomes of the globals. */
export const PRESET_NAMES = ['jupyter', ...GLOBAL_NAMES, 'require', '__filename', '__dirname'] as const;

/** Defines `jupyter` and its members on a global object; not enumerable, and free to be replaced. */
export function installGlobals(target: object, jupyter: Jupyter): void {
  define(target, 'jupyter', jupyter);
  for (const name of GLOBAL_NAMES) define(target, name, jupyter[name]);
}

/** Defines the names that a CommonJS module beside the notebook would have. Their types are Node's. */
export function installModuleGlobals(target: object, { require, meta }: Pick<Loader, 'require' | 'meta'>): void {
  define(target, 'require', require);
  define(target, '__filename', meta.filename);
  define(target, '__dirname', meta.dirname);
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
}

// Documented here again, because editors show the comment of the name itself. `var`, so that a cell may redeclare it.
// biome-ignore-start lint/suspicious/noVar: only var declares a property of globalThis
declare global {
  /** Everything a notebook can ask of Jupyter; every command is a member. */
  var jupyter: Jupyter;
  /**
   * Shows a value under the cell. With `displayId`, returns a handle that can replace it.
   * @example display(html('<b>bold</b>'))
   */
  var display: Jupyter['display'];
  /**
   * Replaces what was displayed under an id.
   * @example
   * display('working', { displayId: 'state' })
   * update('state', 'done')
   */
  var update: Jupyter['update'];
  /** Removes the cell's output: immediately, or with `{ wait: true }` when the next output comes. */
  var clearOutput: Jupyter['clearOutput'];
  /** HTML to display: html('<b>x</b>'), or as the tag of a template, which escapes its values. */
  var html: Jupyter['html'];
  /** SVG markup, displayed as a picture. */
  var svg: Jupyter['svg'];
  /** Markdown, displayed as rich text. */
  var markdown: Jupyter['markdown'];
  /** LaTeX, displayed typeset; as the tag of a template, backslashes need no doubling. */
  var latex: Jupyter['latex'];
  /** A value as a tree to expand. */
  var json: Jupyter['json'];
  /** An image from bytes, a path or a URL. */
  var image: Jupyter['image'];
  /** A vega or vega-lite specification as a chart. */
  var vega: Jupyter['vega'];
  /**
   * Rows as a table.
   * @example table([{ name: 'Ada', age: 36 }])
   */
  var table: Jupyter['table'];
  /**
   * A bar that updates in place.
   * @example for (const page of progress(pages, { label: 'pages' })) read(page)
   */
  var progress: Jupyter['progress'];
  /**
   * Asks for a line of text while other tasks go on running.
   * @example const name = await input('Name? ')
   */
  var input: Jupyter['input'];
  /**
   * A two-way channel to widgets in the front end.
   * @example const comm = new Comm('my-widget', { data: { value: 1 } })
   */
  var Comm: Jupyter['Comm'];
  /** Asks for a line of text and blocks until it is entered. Prefer `await input()`. */
  var prompt: Jupyter['prompt'];
  /** Asks a yes-or-no question (y or n) and blocks until it is answered. */
  var confirm: Jupyter['confirm'];
  /** Shows a text and blocks until Enter is pressed. */
  var alert: Jupyter['alert'];
  /** Of Deno, a notebook has `Deno.jupyter`. */
  var Deno: DenoOfCells;
  // Code for the page stands in cells too: `widget({ esm })`. Settings that include the DOM declare these better.
  // biome-ignore-start lint/suspicious/noExplicitAny: what a page has is not known here
  /** The page's document: only in a function that runs in the page, such as the `esm` of a widget. */
  var document: any;
  /** The page's window: only in a function that runs in the page, such as the `esm` of a widget. */
  var window: any;
  // biome-ignore-end lint/suspicious/noExplicitAny: as above
}
// biome-ignore-end lint/suspicious/noVar: as above
