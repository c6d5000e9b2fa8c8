// How high the lanes and the panels of a figure are: all of it fits on one screen, and nothing is higher than what it
// holds. Computed when the figure is drawn and not from moment to moment, so that nothing moves during playback. Pure.

/** What the panels hold at most. */
export interface Wanted {
  /** Tasks that are alive at once. */
  readonly alive: number;
  /** Lines of output. */
  readonly printed: number;
  /** Lines of source, after folding. */
  readonly lines: number;
}

/** In JupyterLab on a screen of 1366 × 768 about 600 pixels are left for an output; a slide has 700. */
const SCREENS: Readonly<Record<string, number>> = { full: 596, slide: 640, lanes: 596 };
/** The bar, the status line, the line below, and what lies between them. */
const REST = 82;
/** What a slide holds besides: the link to the text below the figure, and the deck's own arrows. */
const SLIDE_REST = 14;
/** On a slide with a lot above the figure it is no lower than this. */
const LOWEST = 300;
const LARGE = 1.35;
const LINE = 20;
const TITLED = 44;
const LOOP = [103, 149] as const;
const LEAST = 150;

/** How a figure looks, and how much of a slide is left for it if it is on one. */
export interface Place {
  readonly view?: string | undefined;
  readonly size?: string | undefined;
  readonly slide?: number | undefined;
}

/** The heights in pixels. */
export function roomFor(
  { view = 'full', size, slide }: Place,
  { alive, printed, lines }: Wanted,
  drawn: number,
): { readonly lanes: number; readonly panels: number } {
  const screen = slide === undefined ? (SCREENS[view] ?? 596) : Math.max(LOWEST, slide - SLIDE_REST);
  const whole = screen / (size === 'large' ? LARGE : 1) - REST;
  if (view === 'lanes') return { lanes: Math.round(whole), panels: 0 };
  const left = TITLED + LINE * lines + (printed === 0 ? 0 : TITLED + LINE * Math.min(printed, 6));
  const right = LOOP[alive <= 7 ? 0 : 1] + TITLED + (alive <= 4 ? 130 : alive <= 7 ? 190 : 280);
  const panels = Math.max(LEAST, Math.min(Math.max(left, right), Math.max(whole - drawn, whole * 0.5)));
  return { lanes: Math.round(whole - panels), panels: Math.round(panels) };
}
