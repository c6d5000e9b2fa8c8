// Which members of `jupyter` are globals of a notebook, and their types for the language service, which reads this
// file's declarations. Each may be declared anew by a cell.

import type { Jupyter } from './jupyter.ts';

/** The members that are globals by themselves. */
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

/** Defines `jupyter` and its members on a global object; hidden from enumeration, and free to be replaced. */
export function installGlobals(target: object, jupyter: Jupyter): void {
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
  };
  define('jupyter', jupyter);
  for (const name of GLOBAL_NAMES) define(name, jupyter[name]);
}
