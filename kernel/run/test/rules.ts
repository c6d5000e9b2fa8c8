// How strictly a cell's outputs are compared, as its tags say. The tags are doctest's words, or Jupyter's if it has
// one.

import { type CodeCell, tagsOf } from '../notebook/notebook.ts';

export interface Rules {
  /** `...` is a wildcard in HTML, SVG and JSON too; there it is rarely meant as one. */
  readonly ellipsis: boolean;
  readonly normalize: boolean;
  /** What is masked before texts are compared. */
  readonly masks: readonly Mask[];
  /** Only the kinds of outputs are compared. */
  readonly kindsOnly: boolean;
  /** Nothing is compared: the cell only has to run. */
  readonly unchecked: boolean;
}

/** What the options say for the whole test. */
export interface Strictness {
  /** Only cells tagged check-output are compared. */
  readonly lax: boolean;
  /** Masks that apply to every cell. */
  readonly masks: readonly Mask[];
}

export interface Mask {
  readonly found: RegExp;
  readonly shown: string;
}

const clock = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?(?:AM|PM|am|pm))?`;
const unit = `(?:ns|µs|μs|us|ms|s|sec(?:ond)?s?|min(?:ute)?s?|h(?:our)?s?|milliseconds?|microseconds?|nanoseconds?)`;

const times: readonly Mask[] = [
  { found: new RegExp(String.raw`\b\d{4}-\d{2}-\d{2}(?:[T ]${clock}(?:Z|[+-]\d{2}:?\d{2})?)?`, 'g'), shown: '<date>' },
  { found: new RegExp(String.raw`(?<![\w:])${clock}(?![\w:])`, 'g'), shown: '<clock>' },
  {
    found: new RegExp(String.raw`(?<![\w.])\d+(?:[.,]\d+)?(?:e[+-]?\d+)?\s?${unit}(?![\w])`, 'g'),
    shown: '<duration>',
  },
];

const addresses: readonly Mask[] = [
  { found: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, shown: '<uuid>' },
  { found: /\b0x[0-9a-f]+\b/gi, shown: '<address>' },
  { found: /(?<=\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\]):)\d{1,5}\b/g, shown: '<port>' },
];

const numbers: readonly Mask[] = [{ found: /(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, shown: '<number>' }];

const byTag: Readonly<Record<string, readonly Mask[]>> = {
  volatile: [...times, ...addresses],
  'volatile:times': times,
  'volatile:addresses': addresses,
  'volatile:numbers': numbers,
};

/** The rules for a cell: what its tags say, nbval's included, and what applies to all cells. */
export function rulesOf(cell: CodeCell, { lax, masks }: Strictness = { lax: false, masks: [] }): Rules {
  const tags = tagsOf(cell);
  const checked = tags.includes('check-output') || tags.includes('nbval-check-output');
  return {
    ellipsis: tags.includes('ellipsis'),
    normalize: tags.includes('normalize'),
    masks: [...masks, ...tags.flatMap((tag) => (Object.hasOwn(byTag, tag) ? (byTag[tag] ?? []) : []))],
    kindsOnly: tags.includes('volatile:output'),
    unchecked: tags.includes('nbval-ignore-output') || (lax && !checked),
  };
}
