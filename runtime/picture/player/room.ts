// How high the lanes and the panels of a figure are, and whether the panels stand in columns or take turns behind tabs:
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
const [SCREEN, SLIDE] = [600, 640];
/** The bar, the status line, the line below, and what lies between them. */
const REST = 84;
/** A figure is no lower than this; where less is left for it, the page or the slide scrolls. */
const LOWEST = 360;
/** What is higher than this above a figure is not seen together with it. */
const MOST_ABOVE = 300;
const LARGE = 1.35;
const LINE = 20;
const SAID = 21;
const GAP = 8;
/** The title of a panel, its frame, and what is free below its content. */
const TITLED = 38;
/** The same behind a tab, which has the title. */
const UNTITLED = 18;
/** The row of tabs. */
const TABS = 36;
/** The row of the loop that says who runs. */
const RUNS = 23;
/** The lines of source and of output that are visible at once at least, and those of output at most. */
const LINES = { source: 3, output: 2, most: 6 } as const;
/** In a figure that is not wider than this, so many columns would hold too little. */
const NARROW = { 2: 700, 3: 860 } as const;
/** The widths of three columns, one to another: source and output, the loop, the graph. */
const [LEFT, LOOP, GRAPH] = [1.2, 0.75, 0.95];
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

/** The heights in pixels. */
export interface Room {
  readonly lanes: number;
  readonly panels: number;
  /** In two columns the loop stands above the graph, in three beside it; in one, a panel at a time shows. */
  readonly columns: 1 | 2 | 3;
}

/** The room of a figure whose lanes are `drawn` pixels high. */
export function roomFor(place: Place, wanted: Wanted, drawn: number): Room {
  const room = roomBelow(place, wanted, drawn);
  if (room.columns > 1 || !place.above) return room;
  // All panels at once are worth more than what stands above them.
  const alone = roomBelow({ ...place, above: 0 }, wanted, drawn);
  return alone.columns > 1 ? alone : room;
}

function roomBelow({ view = 'full', size, width, above = 0, slide }: Place, wanted: Wanted, drawn: number): Room {
  const shared = above > MOST_ABOVE ? 0 : above;
  const screen = Math.max(LOWEST, slide ?? (view === 'slide' ? SLIDE : SCREEN) - shared);
  const whole = screen / (size === 'large' ? LARGE : 1) - REST;
  if (view === 'lanes') return { lanes: Math.round(whole), panels: 0, columns: 2 };
  const left = Math.round(whole - drawn);
  const ways = ([2, 3] as const)
    .filter((columns) => width > NARROW[columns] && (columns === 2 || wanted.lines > 0))
    .map((columns) => ({ columns, ...inColumns(wanted, width, columns) }));
  // Either all lanes are in sight, or they and the panels have half of the room each.
  for (const most of [left, whole / 2]) {
    const way = ways.find(({ least }) => least <= most);
    if (way !== undefined) return divided(whole, Math.min(way.full, most), way.columns);
  }
  const panels = Math.min(behindTabs(wanted, width), Math.max(left - TABS, whole / 3));
  return divided(whole - TABS, panels, 1);
}

function divided(whole: number, panels: number, columns: Room['columns']): Room {
  return { lanes: Math.round(whole - panels), panels: Math.round(panels), columns };
}

/** The height of columns: the source above the output, and the loop above the graph or to its left. */
function inColumns(wanted: Wanted, width: number, columns: 2 | 3): { readonly least: number; readonly full: number } {
  const { printed, lines } = wanted;
  const room = width - SIDES - GAP * (columns - 1);
  // The left column of two is a tenth wider; without the source it holds only the output, and is narrower.
  const share = lines > 0 ? 1 / 2.1 : printed > 0 ? 1.6 / 2.6 : 1;
  const part = (of: number): number => Math.floor(room * (columns === 2 ? share : of / (LEFT + LOOP + GRAPH))) - FRAME;
  const graph = wanted.graph(part(GRAPH));
  const output = (most: number): number => (printed === 0 ? 0 : TITLED + SAID * Math.min(printed, most) + GAP);
  const source = (most: number): number => (lines === 0 ? 0 : TITLED + LINE * Math.min(lines, most));
  const loop = TITLED + loopOf(wanted, part(LOOP));
  const right = (drawn: number): number =>
    columns === 2 ? loop + GAP + TITLED + drawn : Math.max(loop, TITLED + drawn);
  return {
    least: Math.max(output(LINES.output) + source(LINES.source), right(graph.least)),
    full: Math.max(output(LINES.most) + source(Infinity), right(graph.full)),
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
