// How a trace's figure looks: which parts it has, and how large its letters are.

import type { FigureSize, FigureView } from '../lanes/figure-data.ts';

/** How a trace shows itself in a page. */
export interface Looks {
  /** `lanes`: the lanes alone; `slide`: all that fits on a slide of 960 × 700; `full` (the default): on a screen. */
  readonly view?: FigureView | undefined;
  /** `large` for a projector. */
  readonly size?: FigureSize | undefined;
}

const ALLOWED = { view: ['lanes', 'slide', 'full'], size: ['normal', 'large'] } as const;

/** Called before anything runs. @throws TypeError if there is no such view or size */
export function checkLooks(looks: Looks): void {
  for (const name of ['view', 'size'] as const) {
    const value = looks[name];
    if (value === undefined || (ALLOWED[name] as readonly string[]).includes(value)) continue;
    throw new TypeError(`${name}: ${ALLOWED[name].map((one) => `'${one}'`).join(' or ')} was expected, got '${value}'`);
  }
}
