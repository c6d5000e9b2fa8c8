// How high the lanes and the panels of a figure are, and whether the panels stand side by side or take turns behind tabs:
// all of it fits on one screen, and nothing is higher than what it holds. Computed when the figure is drawn and not from
// moment to moment, so that nothing moves during playback. Pure.

/** What the panels hold at most. */
export interface Wanted {
  /** The heights of the loop's queues in a panel of this width. */
  readonly queues: (width: number) => readonly number[];
  /** Lines of output. */
  readonly printed: number;
  /** Lines of source, after folding. */
  readonly lines: number;
  /** The height of the graph in a panel of this width: as it is, and drawn as small as it can be read. */
  readonly graph: (width: number) => { readonly full: number; readonly least: number };
}

/** In JupyterLab on a screen of 1366 × 768 about 600 pixels are left for an output; a slide has 700. */
const [SCREEN, SLIDE] = [596, 640];
/** The bar, the status line, the line below, and what lies between them. */
const REST = 82;
/** A figure is no lower than this; where less is left for it, the page or the slide scrolls. */
const LOWEST = 360;
const LARGE = 1.35;
const LINE = 20;
const SAID = 21;
const GAP = 8;
/** The title of a panel, its frame, and what is free below its content. */
const TITLED = 44;
/** The same behind a tab, which has the title. */
const UNTITLED = 18;
/** The row of tabs. */
const TABS = 36;
/** The row of the loop that says who runs. */
const RUNS = 13;
/** The lines of source that are visible at once at least, and those of output at most. */
const LINES = { least: 3, most: 6 } as const;
/** Narrower than this, panels side by side would hold too little. */
const NARROW = 700;
/** The frame and the padding of a panel, and what is beside the panels. */
const FRAME = 22;
const SIDES = 28;

/**
 * How a figure looks, how wide it is, the height of what was said above it, and how much of a slide is left for it if it
 * is on one.
 */
export interface Place {
  readonly view?: string | undefined;
  readonly size?: string | undefined;
  readonly width: number;
  readonly above?: number | undefined;
  readonly slide?: number | undefined;
}

/** The heights in pixels. */
export interface Room {
  readonly lanes: number;
  readonly panels: number;
  /** True if one panel shows at a time. */
  readonly tabs: boolean;
}

/** The room of a figure whose lanes are `drawn` pixels high. */
export function roomFor({ view = 'full', size, width, above = 0, slide }: Place, wanted: Wanted, drawn: number): Room {
  const screen = Math.max(LOWEST, slide ?? (view === 'slide' ? SLIDE : SCREEN) - above);
  const whole = screen / (size === 'large' ? LARGE : 1) - REST;
  if (view === 'lanes') return { lanes: Math.round(whole), panels: 0, tabs: false };
  const { least, full } = sideBySide(wanted, width);
  const left = Math.round(whole - drawn);
  const columns = width > NARROW && (left >= least || least <= whole / 2);
  if (columns) return shared(whole, Math.max(least, Math.min(full, Math.max(left, whole / 2))), false);
  const panels = Math.min(behindTabs(wanted, width), Math.max(left - TABS, whole / 3));
  return shared(whole - TABS, panels, true);
}

function shared(whole: number, panels: number, tabs: boolean): Room {
  return { lanes: Math.round(whole - panels), panels: Math.round(panels), tabs };
}

/** The height of two columns: the source above the output, and the loop above the graph. */
function sideBySide(wanted: Wanted, width: number): { readonly least: number; readonly full: number } {
  const { printed, lines } = wanted;
  // The left column is a tenth wider; without the source it holds only the output, and is narrower.
  const share = lines > 0 ? 1 / 2.1 : printed > 0 ? 1.6 / 2.6 : 1;
  const right = Math.floor((width - SIDES - GAP) * share) - FRAME;
  const graph = wanted.graph(right);
  const output = printed === 0 ? 0 : TITLED + SAID * Math.min(printed, LINES.most);
  const source = (most: number): number => (lines === 0 ? 0 : TITLED + LINE * Math.min(lines, most) + GAP);
  const loop = TITLED + loopOf(wanted, right) + GAP + TITLED;
  return {
    least: Math.max(output + source(LINES.least), loop + graph.least),
    full: Math.max(output + source(Infinity), loop + graph.full),
  };
}

/** The height of the panel that holds most. */
function behindTabs(wanted: Wanted, width: number): number {
  const { printed, lines, graph } = wanted;
  const inner = width - SIDES - FRAME;
  const said = SAID * Math.min(printed, LINES.most);
  return UNTITLED + Math.max(said, LINE * lines, loopOf(wanted, inner), graph(inner).full);
}

function loopOf({ queues }: Wanted, width: number): number {
  return queues(width).reduce((sum, height) => sum + height, RUNS);
}
