// What travels to the page of a figure: the model, what is said about it, and how it looks.

import type { Packed } from '../model/codec.ts';
import type { Summary } from './summary.ts';

/** The lanes alone, all that fits on a slide, or all that fits on a screen. */
export type FigureView = 'lanes' | 'slide' | 'full';

/** Large letters are for a projector. */
export type FigureSize = 'normal' | 'large';

/** The data of a figure; `full` and `normal` are left out. */
export interface FigureData extends Packed {
  readonly summary: Summary;
  readonly view?: FigureView;
  readonly size?: FigureSize;
  /** HTML that stands above the figure, in place of the text that it has without scripts. */
  readonly above?: string;
}
