// A text that a cell gives to eval or Function: its uses of the notebook's names are written as a cell's are.

import type { ScopedText } from '../events.ts';
import { parseText } from '../parser.ts';
import { Edits } from './edits.ts';
import { usesIn } from './free-names.ts';
import { blockNames } from './scopes.ts';
import { SUFFIX, TEXT_CELL } from './suffix.ts';
import { mentioned, writerOf, writeUses } from './uses.ts';

/** Compiles a text around which the names in `bound` are bound. Undefined where it does not parse: eval will say so. */
export function scopeText(text: string, bound: string): ScopedText | undefined {
  if (text.includes(SUFFIX)) return undefined;
  // Only what does not parse: eval in a method may say super, and says itself what else is wrong.
  const { program, errors } = parseText('text.js', text, { lang: 'js', sourceType: 'module', astType: 'ts' });
  if (errors.length > 0) return undefined;
  const around = new Set(bound.split(' '));
  const uses = usesIn(program.body, blockNames(program.body, true), (name) => around.has(name));
  const edits = new Edits(text);
  const ended = writeUses(writerOf(edits), uses, { cell: TEXT_CELL, lexical: new Map() });
  for (const { end } of ended) edits.prependLeft(end, SUFFIX);
  const { free, written } = mentioned(uses);
  return { code: edits.toString(), used: free, written };
}
