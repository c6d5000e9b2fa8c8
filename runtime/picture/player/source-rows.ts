// How many rows the lines of the source take up in a panel of some width. A long line is wrapped, and the names of the tasks
// that come to stand on a line have their place behind its code from the beginning: nothing moves when they come and go.

import { textWidth } from '../draw/svg-text.ts';
import type { NameOf } from '../lanes/words.ts';
import type { Model } from '../model/model.ts';
import { foldsOf, litLines, type Sources, type Spot, type Touched } from './source-lines.ts';

/** The font size of the source, and of the chips behind it. */
const [CODE, NAME] = [11, 10.5];
/** The frame of a chip with the gap to the next, and what lies between the code and the first. */
const [FRAME, BEFORE] = [14, 10];
/** What lies to the left and right of the code: the number of the line, its mark, and what is free. */
const BESIDE = 39;
/** The columns by which what is wrapped stands further to the right than the beginning of its line. */
const HANGS = 2;
/** The part of a row that is lost at its end, where the next word does not fit, and at its beginning. */
const LOST = 0.1;
/** So many moments of a long trace are measured. */
const MEASURED = 400;

/** A line of a file, as the key of a map. */
export function keyOf({ file, line }: Spot): string {
  return `${line} ${file}`;
}

/** The columns in which the second row of a line begins. */
export function hanging(code: string): number {
  return code.search(/\S|$/) + HANGS;
}

/** The widths of all that stands behind the code of a line at the moment when it is widest, in pixels. */
export function chipWidths(model: Model, sources: Sources, name: NameOf): ReadonlyMap<string, number> {
  const widths = new Map<string, number>();
  const { length } = model.times;
  for (let moment = 0; moment < length; moment += Math.ceil(length / MEASURED)) {
    for (const lit of litLines(model, moment, sources, name)) {
      const wide = widthOf(lit.chips);
      if (wide > (widths.get(keyOf(lit)) ?? 0)) widths.set(keyOf(lit), wide);
    }
  }
  return widths;
}

function widthOf(chips: string): number {
  const texts = chips.replace(/<[^/][^>]*>|&\w*;?/g, '').split('</span>');
  return texts.reduce(
    (sum, text) => sum + (text === '' ? 0 : textWidth(text, NAME) + FRAME),
    chips === '' ? 0 : BEFORE,
  );
}

/** How many rows are shown at first in a panel that has this width inside. */
export function shownRows(
  sources: Sources,
  touched: Touched,
  chips: ReadonlyMap<string, number>,
): (width: number) => number {
  const folds = foldsOf(sources, touched);
  return (width) =>
    folds.reduce((sum, { file, lines, away }) => {
      const hidden = (number: number): boolean => [...away].some(([from, to]) => from <= number && number <= to);
      const rows = lines.map((code, at) =>
        hidden(at + 1) ? 0 : rowsOf(code, chips.get(keyOf({ file, line: at + 1 })) ?? 0, width - BESIDE),
      );
      return rows.reduce((a, b) => a + b, sum + 1 + away.size);
    }, 0);
}

/** About as many as a browser makes of a line. */
function rowsOf(code: string, chips: number, width: number): number {
  return Math.max(1, Math.ceil((textWidth(code, CODE) * (1 + LOST) + Math.min(chips, width)) / width));
}
