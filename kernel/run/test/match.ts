// Compares a text with the expected one: `...` matches anything, and the cell's rules say which differences do not
// count.

import { stripVTControlCharacters } from 'node:util';
import type { Rules } from './rules.ts';

/** `wildcards`: whether `...` in the stored text matches anything. */
export function textMatches(stored: string, fresh: string, rules: Rules, wildcards = true): boolean {
  const [expected, found] = [plain(stored, rules), plain(fresh, rules)];
  return expected === found || (wildcards && expected.includes('...') && wildcardMatches(expected, found));
}

/** The text without colours, which are never compared, and with the rules' masks applied. */
function plain(text: string, { normalize, masks }: Rules): string {
  let result = stripVTControlCharacters(text).replaceAll('\r\n', '\n');
  for (const { found, shown } of masks) result = result.replace(found, shown);
  return normalize ? result.replace(/\s+/g, ' ').trim() : result;
}

/** Finds each piece at its first place: if any match exists, this one does. No regular expression, so no blow-up. */
function wildcardMatches(expected: string, found: string): boolean {
  const pieces = expected.split('...');
  const first = pieces[0] as string;
  const last = pieces.at(-1) as string;
  if (!found.startsWith(first) || !found.endsWith(last)) return false;
  let from = first.length;
  const end = found.length - last.length;
  if (from > end) return false;
  for (const piece of pieces.slice(1, -1)) {
    const at = found.indexOf(piece, from);
    if (at < 0 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}
