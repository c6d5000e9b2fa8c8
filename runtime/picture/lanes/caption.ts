// Where the words above and below the lanes stand: title, legend and notes, in as many lines as the window needs.

import { textWidth, wrapped } from '../draw/svg-text.ts';

/** A line of text above or below the lanes. */
export interface Line {
  readonly y: number;
  readonly text: string;
}

/** An entry of the legend. */
export interface Entry {
  readonly x: number;
  readonly y: number;
  readonly word: string;
  /** The width of its sample. */
  readonly swatch: number;
}

/** What stands above the lanes and stays there when they scroll. */
export interface Head {
  readonly title: readonly Line[];
  readonly legend: readonly Entry[];
  /** Where the axis begins: below its labels. */
  readonly bottom: number;
}

/** The texts of a picture. */
export interface Texts {
  readonly title: string;
  readonly legend: readonly string[];
  readonly notes: readonly string[];
}

/** The free margin on both sides. */
export const MARGIN = 14;
const TITLE = { size: 14, line: 19, first: 18 } as const;
const LEGEND = { size: 11, line: 17, roomy: { swatch: 24, gap: 14 }, tight: { swatch: 19, gap: 8 } } as const;
export const NOTE = { size: 11.5, line: 17 } as const;
const MOST_LINES = 3;
/** The height of the axis' labels, where nothing stands above them. */
const AXIS = 18;
/** Between the title and a legend beside it. */
const APART = 40;

/** The title's lines, and beside or below them the legend. */
export function headOf({ title, legend }: Texts, width: number, left: number): Head {
  const lines = wrapped(title, width - 2 * MARGIN, TITLE.size, MOST_LINES).map((text, at) => ({
    text,
    y: TITLE.first + at * TITLE.line,
  }));
  const wide = (word: string): number => textWidth(word, LEGEND.size);
  const letters = legend.reduce((sum, word) => sum + wide(word), 0);
  const roomOf = ({ swatch, gap }: { readonly swatch: number; readonly gap: number }): number =>
    letters + legend.length * (swatch + gap) - gap;
  const { swatch, gap } = roomOf(LEGEND.roomy) <= width - 2 * MARGIN ? LEGEND.roomy : LEGEND.tight;
  const whole = roomOf({ swatch, gap });
  // Beside the title, if both fit into one line; otherwise below it, where the axis begins.
  const last = lines.at(-1);
  const beside = lines.length === 1 && textWidth(title, TITLE.size) + whole + APART <= width - 2 * MARGIN;
  const start = beside ? width - MARGIN - whole : left + whole <= width - MARGIN ? left : MARGIN;
  const entries: Entry[] = [];
  let [x, y] = [start, (last?.y ?? TITLE.first) + (beside ? 0 : 19)];
  for (const word of legend) {
    const end = x + swatch + wide(word);
    if (x > start && end > width - MARGIN) [x, y] = [start, y + LEGEND.line];
    entries.push({ x, y, word, swatch: swatch - 5 });
    x += swatch + wide(word) + gap;
  }
  const bottom = title === '' ? AXIS : legend.length === 0 ? y - 10 : y + 24;
  return { title: title === '' ? [] : lines, legend: entries, bottom };
}

/** The lines of each note, from a height downwards. */
export function notesBelow(notes: readonly string[], from: number, width: number): Line[][] {
  let y = from;
  return notes.map((note) => {
    const lines = wrapped(note, width - 2 * MARGIN, NOTE.size, MOST_LINES);
    return lines.map((text) => {
      const line = { text, y };
      y += NOTE.line;
      return line;
    });
  });
}
