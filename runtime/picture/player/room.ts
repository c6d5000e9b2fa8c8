// How high the lanes and the panels of a figure are, and which panels stand in which column, or take turns behind tabs:
// all of it fits on one screen, and nothing is higher than what it holds. Computed when the figure is drawn and not from
// moment to moment, so that nothing moves during playback. Pure.

/** What the panels hold at most. */
export interface Wanted {
  /** The heights of the loop's queues in a panel of this width. */
  readonly queues: (width: number) => readonly number[];
  /** Rows of output in a panel of this width; none if nothing was printed. */
  readonly printed: (width: number) => number;
  /** Rows of source in a panel of this width, after folding; none if there is no source. */
  readonly lines: (width: number) => number;
  /** The height of the graph in a panel of this width: as it is, and drawn as small as it can be read. */
  readonly graph: (width: number) => { readonly full: number; readonly least: number };
}

/** In JupyterLab on a screen of 1366 × 768 about 600 pixels are left for an output; a slide has 700. */
const [SCREEN, SLIDE] = [600, 640];
/** The bar, the status line, the line below, and what lies between them. */
const REST = 80;
/** A figure is no lower than this; where less is left for it, the page or the slide scrolls. */
const LOWEST = 360;
/** What is higher than this above a figure is not seen together with it. */
const MOST_ABOVE = 300;
const LARGE = 1.35;
/** A row of source or of output. */
const LINE = 18;
const GAP = 8;
/** The title of a panel, its frame, and what is free below its content. */
const TITLED = 32;
/** The same behind a tab, which has the title. */
const UNTITLED = 18;
/** The row of tabs. */
const TABS = 36;
/** The row of the loop that says who runs. */
const RUNS = 22;
/** The lines of source and of output that are visible at once at least, and those of output at most. */
export const LINES = { source: 3, output: 2, most: 6 } as const;
/** The panels by their names in the page. */
type Panel = 'source' | 'output' | 'strip' | 'graph';

/** The panels of each column, from top to bottom, and the widths of the columns, one to another. */
interface Way {
  readonly stacks: readonly (readonly Panel[])[];
  readonly shares: readonly number[];
}

/** Of equals the first is taken. Source and graph want width, the loop stands where it takes least height from them. */
const TWO = [1.1, 1] as const;
const THREE = [1.2, 0.85, 0.95] as const;
const WAYS: readonly Way[] = [
  {
    stacks: [
      ['source', 'output'],
      ['strip', 'graph'],
    ],
    shares: TWO,
  },
  {
    stacks: [
      ['source', 'strip'],
      ['graph', 'output'],
    ],
    shares: TWO,
  },
  { stacks: [['source'], ['strip', 'output'], ['graph']], shares: THREE },
  { stacks: [['source', 'output'], ['strip'], ['graph']], shares: THREE },
];
const TABBED: Way = { stacks: [['source', 'output', 'strip', 'graph']], shares: [1] };
/** In a figure that is not wider than this, so many columns would hold too little. */
const NARROW = [0, 700, 700, 820];
/** The frame and the padding of a panel, and what is beside the panels. */
const FRAME = 22;
const SIDES = 28;

/**
 * How a figure looks, how wide it is, the height of what its cell shows above it, and how much of a slide is left for it if it
 * is on one.
 */
export interface Place {
  readonly view?: string | undefined;
  readonly size?: string | undefined;
  readonly width: number;
  readonly above?: number | undefined;
  readonly slide?: number | undefined;
}

/** The heights in pixels, and where the panels stand. */
export interface Room extends Way {
  readonly lanes: number;
  readonly panels: number;
  /** True if the panels take turns behind tabs. */
  readonly tabbed: boolean;
}

/** The room of a figure whose lanes are `drawn` pixels high. */
export function roomFor(place: Place, wanted: Wanted, drawn: number): Room {
  const room = roomBelow(place, wanted, drawn);
  if (!room.tabbed || !place.above) return room;
  // All panels at once are worth more than what stands above them.
  const alone = roomBelow({ ...place, above: 0 }, wanted, drawn);
  return alone.tabbed ? room : alone;
}

function roomBelow({ view = 'full', size, width, above = 0, slide }: Place, wanted: Wanted, drawn: number): Room {
  const shared = above > MOST_ABOVE ? 0 : above;
  const screen = Math.max(LOWEST, slide ?? (view === 'slide' ? SLIDE : SCREEN) - shared);
  const whole = screen / (size === 'large' ? LARGE : 1) - REST;
  const room = (panels: number, way: Way): Room => ({
    ...present(way, wanted),
    lanes: Math.round(whole - panels),
    panels: Math.round(panels),
    tabbed: false,
  });
  if (view === 'lanes') return room(0, TABBED);
  const left = Math.round(whole - drawn);
  const ways = WAYS.map((way) => present(way, wanted))
    .filter(({ shares }) => width > (NARROW[shares.length] ?? 0))
    .map((way) => ({ way, ...inColumns(wanted, width, way) }));
  // Either all lanes are in sight, or they and the panels have half of the room each.
  for (const most of [left, whole / 2]) {
    const [best] = ways.filter(({ least }) => least <= most).sort((a, b) => a.full - b.full);
    if (best !== undefined) return room(Math.min(best.full, most), best.way);
  }
  const { full } = inColumns(wanted, width, TABBED);
  const panels = Math.min(full + UNTITLED - TITLED, Math.max(left - TABS, whole / 3));
  return { ...room(panels, TABBED), lanes: Math.round(whole - TABS - panels), tabbed: true };
}

/** A way without the panels that have nothing to show, and without columns that have no panel. */
function present({ stacks, shares }: Way, { lines, printed }: Wanted): Way {
  const empty = [lines(Infinity) > 0 ? '' : 'source', printed(Infinity) > 0 ? '' : 'output'];
  const kept = stacks.map((stack) => stack.filter((panel) => !empty.includes(panel)));
  return { stacks: kept.filter(({ length }) => length > 0), shares: shares.filter((_, at) => kept[at]?.length !== 0) };
}

/** The heights of a panel: in which it can be read, and in which all of it is seen. */
interface Heights {
  readonly least: number;
  readonly full: number;
}

/** The heights of columns; one of them stands for panels of which each shows by itself. */
function inColumns(wanted: Wanted, width: number, { stacks, shares }: Way): Heights {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const room = (width - SIDES - GAP * (shares.length - 1)) / whole;
  const columns = stacks.map((stack, at) =>
    stack.map((panel) => heightsOf(panel, wanted, Math.floor(room * (shares[at] ?? 0)) - FRAME)),
  );
  const highest = (which: keyof Heights): number =>
    Math.max(
      ...columns.map((column) =>
        shares.length === 1
          ? Math.max(...column.map((heights) => heights[which]))
          : column.reduce((sum, heights) => sum + heights[which] + GAP, -GAP),
      ),
    );
  return { least: highest('least'), full: highest('full') };
}

function heightsOf(panel: Panel, wanted: Wanted, width: number): Heights {
  const rows = (all: number, most: number, least: number): Heights => ({
    least: TITLED + LINE * Math.min(all, least),
    full: TITLED + LINE * Math.min(all, most),
  });
  if (panel === 'source') return rows(wanted.lines(width), Infinity, LINES.source);
  if (panel === 'output') return rows(wanted.printed(width), LINES.most, LINES.output);
  const loop = wanted.queues(width).reduce((sum, height) => sum + height, RUNS);
  const { least, full } = panel === 'strip' ? { least: loop, full: loop } : wanted.graph(width);
  return { least: TITLED + least, full: TITLED + full };
}
