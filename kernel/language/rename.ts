// In a cell, `const x = f(x)` reads the x of an earlier cell. TypeScript would report a use before the declaration, so
// such uses get another name of the same length, which keeps every offset in the cell.

import type { Source } from '../compile/read-cell.ts';

export interface Renamed {
  readonly text: string;
  /** Name → the name of its earlier version in `text`. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Letters for click consonants: valid in names, one UTF-16 unit long, and unlikely in anybody's code. */
export const LETTERS = ['ǀ', 'ǁ', 'ǂ', 'ǃ', 'ʘ', 'ʭ', 'ʬ', 'ʫ'];

/** Renames uses of `earlier` names that stand before the end of the cell's own declaration of the same name. */
export function rename({ text, earlyReads, mentions }: Source, earlier: (name: string) => boolean): Renamed {
  const aliases = new Map<string, string>();
  const taken = new Set(mentions);
  const edits: (readonly [at: number, alias: string])[] = [];
  for (const [name, reads] of earlyReads) {
    if (!earlier(name)) continue;
    const alias = LETTERS.map((letter) => letter + name.slice(1)).find((one) => !taken.has(one));
    if (alias === undefined) continue;
    taken.add(alias);
    aliases.set(name, alias);
    for (const at of reads) edits.push([at, alias]);
  }
  return { text: replaced(text, edits), aliases };
}

function replaced(text: string, edits: (readonly [at: number, alias: string])[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const [at, alias] of edits.sort(([a], [b]) => a - b)) {
    pieces.push(text.slice(from, at), alias);
    from = at + alias.length;
  }
  return pieces.join('') + text.slice(from);
}

/** Puts the person's names back into a text of the server's. */
export function restore(text: string, aliases: ReadonlyMap<string, string>): string {
  let restored = text;
  for (const [name, alias] of aliases) restored = restored.replaceAll(alias, name);
  return restored;
}
