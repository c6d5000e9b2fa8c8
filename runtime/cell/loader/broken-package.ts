// A syntax error in a file of a package names that file: Node's own error says where only for some, and a cell that
// imports the package has no line to blame.

import { readFileSync } from 'node:fs';
import { parseText } from '../../parser.ts';
import { isCommonJs, refusal } from './commonjs.ts';
import type { Node } from './import-graph.ts';
import { faultOf } from './module-text.ts';

/** The error in the words for a file of one's own, if V8 refused the file that Node loaded last; else itself. */
export function brokenPackage(error: unknown, latest: Node | undefined): unknown {
  if (!(error instanceof SyntaxError) || latest === undefined || latest.local) return error;
  const { path } = latest;
  if (!/\.[cm]?js$/.test(path)) return error;
  const required = isCommonJs(path, undefined);
  // A package may also throw a SyntaxError of its own, as JSON.parse does.
  if (required && refusal(path)?.message !== error.message) return error;
  const source = readFileSync(path, 'utf8');
  const place = placeOf(path, source, required ? 'commonjs' : 'module');
  if (!required && place === undefined) return error;
  return faultOf(path, source, Object.assign(new SyntaxError(error.message), place));
}

/** The line and column, as our own parser sees them, which may differ from V8's. */
function placeOf(
  path: string,
  source: string,
  sourceType: 'commonjs' | 'module',
): { readonly line: number; readonly column: number } | undefined {
  const start = parseText(path, source, { sourceType }).errors[0]?.labels[0]?.start;
  if (start === undefined) return undefined;
  const lines = source.slice(0, start).split('\n');
  return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
}
