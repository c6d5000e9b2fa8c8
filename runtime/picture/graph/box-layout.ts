// Where the boxes of the await graph lie, in the columns that columns.ts gives them. An arrow that passes a column has a
// row of its own there, so that none runs through a box.

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

/** An arrow as the points that it passes, from left to right or back; curves lie between pairs of them. */
export interface Arrow {
  readonly stuck: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** The whole picture. */
export interface Placed {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly width: number;
  readonly height: number;
}

export const LINE = 15;
export const TITLE = 17;
const PADDING = 9;
const GAP_Y = 12;
const MARGIN = 8;
const GAP_X = { most: 52, least: 25 } as const;
const BOX = { most: 216, least: 118 } as const;
const THING = { most: 160, least: 118 } as const;
/** The room that an arrow takes in a column it passes. */
const PASSAGE = 12;

interface Slot {
  readonly column: number;
  readonly node?: Node;
  /** Of the arrow that passes here. */
  readonly passing?: Edge;
  y: number;
  /** Where its neighbours to the left lie. */
  pull: number;
}

/** Places the boxes, for a panel so many pixels wide. */
export function placeGraph({ nodes, edges }: Graph, room: number): Placed {
  const columns = columnsOf(nodes, edges);
  const slots = slotsOf(nodes, edges, columns);
  const count = Math.max(0, ...slots.map(({ column }) => column)) + 1;
  const stacks = Array.from({ length: count }, (_, at) => slots.filter(({ column }) => column === at));
  for (const stack of stacks) stackUp(stack, edges, slots);
  const wide = widthsOf(stacks, room);
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

/** The boxes, and a passage in each column between the ends of an arrow. */
function slotsOf(nodes: readonly Node[], edges: readonly Edge[], columns: ReadonlyMap<string, number>): Slot[] {
  const slots: Slot[] = nodes.map((node) => ({ column: columns.get(node.id) ?? 0, node, y: 0, pull: 0 }));
  for (const edge of edges) {
    const [a, b] = [columns.get(edge.from) ?? 0, columns.get(edge.to) ?? 0];
    // One that stays in its column goes round by the next one's gap.
    for (let column = Math.min(a, b) + 1; column < Math.max(a, b); column++) {
      slots.push({ column, passing: edge, y: 0, pull: 0 });
    }
  }
  return slots;
}

/** In the order of what lies left of them, so that few arrows cross. */
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

/** As wide as there is room for; more columns than that are scrolled to. */
function widthsOf(
  stacks: readonly Slot[][],
  room: number,
): { readonly columns: readonly Lies[]; readonly width: number } {
  const kinds = stacks.map((stack) => (stack.some(({ node }) => node?.state !== undefined) ? BOX : THING));
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
  // Two arrows between the same boxes, there and back, end apart.
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

/** An arrow begins at the line of the wait: the last one of a task, the first of what is held. */
function startOf({ state, lines, stuck }: Node): number {
  if (state === undefined) return TITLE + LINE * 0.75;
  return TITLE + LINE * (lines.length - (stuck ? 1 : 0) - 0.25);
}
