// How many rows and columns of a grid have room in one text, and may be looked at in a moment.

import { columns as widthOf } from '../../width.ts';
import { LIMITS } from './limits.ts';

/** The texts of a row by column, and how long it took to look at it, in values. */
export interface Row {
  readonly cells: Map<string, string>;
  readonly cost: number;
}

/** What has been taken so far. */
export interface Room {
  /** Takes a row, and from its cells the columns that a line has no room for; false if there is no room for the row. */
  take(row: Row): boolean;
  rows(): number;
  columnsLeft(): number;
}

/** A line is no wider, so that a few of them have room. */
const LINE = 10_000;
/** Lines that are no rows: the head, the rules, what is left out. */
const OTHERS = 5;
/** The borders of a cell. */
const BORDERS = 3;
/** The column of indices. */
const INDEX = 20;

export function createRoom(): Room {
  const widths = new Map<string, number>();
  const left = new Set<string>();
  let line = INDEX;
  let budget: number = LIMITS.nodes;
  let count = 0;

  /** How wide a line gets with these cells; those that make it too wide are taken out. */
  function widen(cells: Row['cells'], wider: Map<string, number>): number {
    let width = line;
    for (const [name, text] of cells) {
      const known = widths.get(name);
      const own = Math.max(known ?? widthOf(name) + BORDERS, widthOf(text) + BORDERS);
      if (known === undefined && width + own > LINE) {
        left.add(name);
        cells.delete(name);
        continue;
      }
      wider.set(name, own);
      width += own - (known ?? 0);
    }
    return width;
  }

  return {
    take({ cells, cost }) {
      const wider = new Map<string, number>();
      const width = widen(cells, wider);
      budget -= cost;
      if (count > 0 && (budget < 0 || (count + 1 + OTHERS) * width > LIMITS.text)) return false;
      for (const [name, own] of wider) widths.set(name, own);
      line = width;
      count++;
      return true;
    },
    rows: () => count,
    columnsLeft: () => left.size,
  };
}
