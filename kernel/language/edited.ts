// The cell being edited, or being checked, as the server sees it: the person's text, unchanged where it does not parse,
// with at most a few declarations before it on its first line. Maps places between the two texts.

import type { Source } from '../compile/read-cell.ts';
import { readCell } from './cell-source.ts';
import { type Documents, PREFIX } from './documents.ts';
import { lineStarts, offsetOfPosition, type Position, positionOfOffset, type Range } from './position.ts';
import type { Notebook } from './ran-cells.ts';
import { rename, restore } from './rename.ts';

export interface Edited {
  /** `textDocument` of a request. */
  readonly textDocument: { readonly uri: string };
  /** Undefined where the cell parses neither with nor without a name at the cursor. */
  readonly source: Source | undefined;
  position(offset: number): Position;
  /** The offset in the cell; places outside it are its start or end. */
  offset(position: Position): number;
  /** A text of the server's, with the person's names. */
  words(text: string): string;
}

/** The documents of one purpose, without and with JSX. A check has its own, or it would change a completion's text. */
export type DocumentPair = readonly [ts: string, tsx: string];

export const EDITED: DocumentPair = [`${PREFIX}edited.ts`, `${PREFIX}edited.tsx`];
export const CHECKED: DocumentPair = [`${PREFIX}checked.ts`, `${PREFIX}checked.tsx`];

/** A name that nobody uses; at the cursor it makes `a.` parse. */
export const DUMMY = 'ʗ';

/**
 * Shows the server a cell, in one of two documents. `cursor` (UTF-16) is where a name may still be missing; `builtIn`
 * knows the names that TypeScript's libraries declare.
 */
export async function present(
  code: string,
  cursor: number | undefined,
  names: DocumentPair,
  documents: Documents,
  notebook: Notebook,
  builtIn: (name: string) => boolean,
): Promise<Edited> {
  const whole = await readCell(code);
  const source =
    whole ?? (cursor === undefined ? undefined : await readCell(code.slice(0, cursor) + DUMMY + code.slice(cursor)));
  const renamed = source && rename(source, notebook.has);
  let text = renamed?.text ?? code;
  if (source && !whole) text = text.replace(DUMMY, '');
  const aliases = renamed?.aliases ?? new Map<string, string>();
  const before = [
    ...(source ? hidden(source, notebook, builtIn).map((name) => notebook.alias(name, name)) : []),
    ...[...aliases].map(([name, alias]) => notebook.alias(name, alias)),
  ].join(' ');
  text = before + text;
  const shift = before.length + (source?.shift ?? 0);
  const name = names[(source?.language ?? guess(code)) === 'ts' ? 0 : 1];
  documents.put(name, text);
  const starts = lineStarts(text);
  return {
    textDocument: { uri: documents.uri(name) },
    source,
    position: (offset) => positionOfOffset(starts, offset + shift),
    offset: (position) => Math.min(Math.max(offsetOfPosition(text, position, starts) - shift, 0), code.length),
    words: (text) => restore(text, aliases),
  };
}

/** Both ends of a range, as offsets in the cell. */
export function offsets(edited: Edited, range: Range): { readonly start: number; readonly end: number } {
  return { start: edited.offset(range.start), end: edited.offset(range.end) };
}

/** Earlier cells' names that a built-in of the same name would hide; they must be declared in the cell's own file. */
function hidden(source: Source, notebook: Notebook, builtIn: (name: string) => boolean): string[] {
  const own = new Set(source.declarations.map(({ name }) => name));
  return [...source.mentions].filter((name) => notebook.has(name) && !own.has(name) && builtIn(name));
}

/**
 * The language of a text that parses as neither: JSX if it has the end of an element, or a tag where a value may stand.
 */
function guess(code: string): 'ts' | 'tsx' {
  return /<\/|\/>|(?:[(=?:,&|>{}]|return|^)[ \t]*<[A-Za-z][\w.]*(?:\s+[\w-]+|\s*$|>)/m.test(code) &&
    !/<[A-Z]\w*(?:,| extends)/.test(code)
    ? 'tsx'
    : 'ts';
}
