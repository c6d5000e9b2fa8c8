// Where the boxes of the await graph lie, in the columns that columns.ts assigns. An arrow that passes through a column
// has a row of its own there, so that no arrow crosses a box.

import { textWidth } from '../draw/svg-text.ts';
import { columnsOf } from './columns.ts';
import type { Edge, Graph, Node } from './nodes.ts';

/** A box with its place. */
export interface Box {
  readonly node: Node;
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An arrow as the points on its way, to the right or to the left; curves and straight lines alternate between them. */
export interface Arrow {
  readonly stuck: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** The whole graph with its places. */
export interface Placed {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly width: number;
  readonly height: number;
}

export const LINE = 15;
/** The font size of the lines. */
export const SMALL = 11;
export const TITLE = 17;
const PADDING = 7;
const GAP_Y = 8;
const MARGIN = 6;
const GAP_X = { most: 52, least: 20 } as const;
const BOX = { most: 216, least: 114 } as const;
/** The widest box of what is packed, where several lines stand in one. */
const PACKED = 288;
const THING = { most: 160, least: 114 } as const;
/** The height that an arrow takes up in a column that it passes through. */
const PASSAGE = 12;

interface Slot {
  readonly column: number;
  readonly node?: Node;
  /** The arrow that passes through here. */
  readonly passing?: Edge;
  y: number;
  /** The mean height of its neighbours in the column to the left. */
  pull: number;
}

/** Below this scale nobody could read a picture that is drawn smaller than it is laid out. */
export const SMALLEST = 0.7;

/**
 * Places the boxes and arrows for a panel of this width. What would be higher than `most` is packed: single boxes beside
 * one another, several lines in one. If that does not do, it is laid out wider, for a picture that is drawn smaller. If it
 * is too wide even so, tasks point at one another, and what is held has no box of its own.
 */
export function placeGraph(graph: Graph, room: number, most = Infinity): Placed {
  const placed = placeWhole(graph, room, most);
  const fits = most === Infinity || placed.width * SMALLEST <= room;
  return fits ? placed : placeWhole(tasksAlone(graph), room, most);
}

function placeWhole(graph: Graph, room: number, most: number): Placed {
  const columns = columnsOf(graph.nodes, graph.edges);
  let placed = placeIn(graph, columns, room);
  for (const wide of [room, room / SMALLEST]) if (placed.height > most) placed = packed(graph, columns, wide);
  return placed;
}

/** The graph without locks and the like that somebody holds: who waits for one points at its holder. */
function tasksAlone(graph: Graph): Graph {
  const held = new Set(
    graph.nodes.filter(({ id, state }) => state === undefined && graph.edges.some(({ from }) => from === id)),
  );
  const ids = new Set([...held].map(({ id }) => id));
  const edges = graph.edges.flatMap((edge) => {
    if (ids.has(edge.from)) return [];
    if (!ids.has(edge.to)) return [edge];
    const holders = graph.edges.filter(({ from }) => from === edge.to);
    return holders.map(({ to, stuck }) => ({ ...edge, to, stuck: edge.stuck && stuck }));
  });
  return { ...graph, nodes: graph.nodes.filter((node) => !held.has(node)), edges };
}

function packed(graph: Graph, columns: ReadonlyMap<string, number>, room: number): Placed {
  // Lines are joined in the columns in which the boxes will stand: in others there may be more room for them.
  const beside = spread(graph, columns, room);
  const { boxes } = placeIn(graph, beside, room, PACKED);
  const compact = { ...graph, nodes: graph.nodes.map((node) => joined(node, boxes)) };
  return placeIn(compact, beside, room, PACKED);
}

/** The box with as many of its lines in one as there is room for. */
function joined(node: Node, boxes: readonly Box[]): Node {
  const room = (boxes.find((box) => box.node.id === node.id)?.width ?? 0) - 20;
  const lines: string[] = [];
  for (const line of node.lines) {
    const both = `${lines.at(-1)} ${line}`;
    if (lines.length > 0 && line !== 'deadlock' && textWidth(both, SMALL) <= room) lines[lines.length - 1] = both;
    else lines.push(line);
  }
  return { ...node, lines };
}

/** Tasks that neither wait for another nor are waited for may stand in any column: each goes to the lowest. */
function spread({ nodes, edges }: Graph, columns: ReadonlyMap<string, number>, room: number): Map<string, number> {
  const fits = Math.floor((room - 2 * MARGIN + GAP_X.least) / (BOX.least + GAP_X.least));
  const single = new Set(nodes.filter(({ id }) => !edges.some(({ from, to }) => from === id || to === id)));
  const heights = Array.from({ length: Math.max(fits, ...columns.values(), 1) }, () => 0);
  const kept = new Map(columns);
  const stand = (node: Node, column: number): void => {
    heights[column] = (heights[column] ?? 0) + heightOf(node) + GAP_Y;
    kept.set(node.id, column);
  };
  for (const node of nodes) if (!single.has(node)) stand(node, columns.get(node.id) ?? 0);
  for (const node of single) stand(node, heights.indexOf(Math.min(...heights)));
  return kept;
}

function placeIn(
  { nodes, edges }: Graph,
  columns: ReadonlyMap<string, number>,
  room: number,
  widest: number = BOX.most,
): Placed {
  const slots = slotsOf(nodes, edges, columns);
  const count = Math.max(0, ...slots.map(({ column }) => column)) + 1;
  const stacks = Array.from({ length: count }, (_, at) => slots.filter(({ column }) => column === at));
  for (const stack of stacks) stackUp(stack, edges, slots);
  const wide = widthsOf(stacks, room, widest);
  const boxes = slots.flatMap(({ node, column, y }): Box[] => {
    const lies = wide.columns[column];
    return node && lies ? [{ node, column, x: lies.x, y, width: lies.width, height: heightOf(node) }] : [];
  });
  const bottom = Math.max(0, ...slots.map((slot) => slot.y + (slot.node ? heightOf(slot.node) : PASSAGE)));
  const arrows = edges.flatMap((edge) => arrowOf(edge, boxes, slots, wide.columns));
  return { boxes, arrows, width: wide.width, height: bottom + MARGIN };
}

function heightOf({ lines }: Node): number {
  return TITLE + LINE * lines.length + PADDING;
}

/** A slot for each box, and one in each column between the two ends of an arrow. */
function slotsOf(nodes: readonly Node[], edges: readonly Edge[], columns: ReadonlyMap<string, number>): Slot[] {
  const slots: Slot[] = nodes.map((node) => ({ column: columns.get(node.id) ?? 0, node, y: 0, pull: 0 }));
  for (const edge of edges) {
    const [a, b] = [columns.get(edge.from) ?? 0, columns.get(edge.to) ?? 0];
    // An arrow within one column needs no slot: it bends through the gap to its right.
    for (let column = Math.min(a, b) + 1; column < Math.max(a, b); column++) {
      slots.push({ column, passing: edge, y: 0, pull: 0 });
    }
  }
  return slots;
}

/** Orders a column by the heights of the neighbours to its left, so that few arrows cross. */
function stackUp(stack: Slot[], edges: readonly Edge[], slots: readonly Slot[]): void {
  for (const slot of stack) slot.pull = pullOf(slot, edges, slots);
  stack.sort((a, b) => a.pull - b.pull);
  let y = MARGIN;
  for (const slot of stack) {
    slot.y = y;
    y += (slot.node ? heightOf(slot.node) : PASSAGE) + GAP_Y;
  }
}

function pullOf({ node, passing, column }: Slot, edges: readonly Edge[], slots: readonly Slot[]): number {
  const touching = passing ? [passing] : edges.filter(({ from, to }) => from === node?.id || to === node?.id);
  if (touching.length === 0) return Infinity;
  const left = slots.filter(
    (slot) =>
      slot.column === column - 1 &&
      touching.some((edge) => slot.passing === edge || slot.node?.id === edge.from || slot.node?.id === edge.to),
  );
  return left.length === 0 ? 0 : left.reduce((sum, { y }) => sum + y, 0) / left.length;
}

interface Lies {
  readonly x: number;
  readonly width: number;
}

/** Columns shrink to fit the room, down to a least width; if that does not fit, the panel scrolls. */
function widthsOf(
  stacks: readonly Slot[][],
  room: number,
  widest: number,
): { readonly columns: readonly Lies[]; readonly width: number } {
  const kinds = stacks.map((stack) =>
    stack.some(({ node }) => node?.state !== undefined) ? { ...BOX, most: widest } : THING,
  );
  const need = (size: 'most' | 'least'): number =>
    kinds.reduce((sum, kind) => sum + kind[size], 0) + GAP_X[size] * (kinds.length - 1) + 2 * MARGIN;
  const [least, most] = [need('least'), need('most')];
  const part = most === least ? 1 : Math.max(0, Math.min(1, (room - least) / (most - least)));
  const sized = ({ least: low, most: high }: { readonly least: number; readonly most: number }): number =>
    Math.floor(low + (high - low) * part);
  let x = MARGIN;
  const columns = kinds.map((kind) => {
    const lies = { x, width: sized(kind) };
    x += lies.width + sized(GAP_X);
    return lies;
  });
  return { columns, width: x - sized(GAP_X) + MARGIN };
}

function arrowOf(edge: Edge, boxes: readonly Box[], slots: readonly Slot[], columns: readonly Lies[]): Arrow[] {
  const from = boxes.find(({ node }) => node.id === edge.from);
  const to = boxes.find(({ node }) => node.id === edge.to);
  if (from === undefined || to === undefined) return [];
  const onward = to.column > from.column;
  const start = from.y + startOf(from.node);
  // Two arrows between the same boxes, one in each direction, end at different heights.
  const end = to.y + 13 + (onward ? 0 : 7);
  const right = ({ column }: { readonly column: number }): number => {
    const lies = columns[column];
    return lies === undefined ? 0 : lies.x + lies.width;
  };
  const left = ({ column }: { readonly column: number }): number => columns[column]?.x ?? 0;
  if (to.column === from.column) {
    return [
      {
        stuck: edge.stuck,
        points: [
          [right(from), start],
          [right(to), end],
        ],
      },
    ];
  }
  const passed = slots
    .filter(({ passing }) => passing === edge)
    .sort((a, b) => (onward ? a.column - b.column : b.column - a.column))
    .flatMap((slot): [number, number][] => {
      const y = slot.y + PASSAGE / 2;
      return onward
        ? [
            [left(slot), y],
            [right(slot), y],
          ]
        : [
            [right(slot), y],
            [left(slot), y],
          ];
    });
  const ends: [[number, number], [number, number]] = onward
    ? [
        [right(from), start],
        [left(to), end],
      ]
    : [
        [left(from), start],
        [right(to), end],
      ];
  return [{ stuck: edge.stuck, points: [ends[0], ...passed, ends[1]] }];
}

/** An arrow begins beside the line that names the wait: in a task the last one, in what is held the first. */
function startOf({ state, lines, stuck }: Node): number {
  if (state === undefined) return TITLE + LINE * 0.75;
  return TITLE + LINE * (lines.length - (stuck ? 1 : 0) - 0.25);
}
