// The await graph at one moment as SVG: task → coroutine → coroutine → what it waits for → who holds that. A ring is
// red and labelled as a deadlock. nodes.ts decides what is drawn, box-layout.ts where.

import { fitted, fittedName, safe, short, textWidth } from '../draw/svg-text.ts';
import { count } from '../lanes/words.ts';
import type { Model, State } from '../model/model.ts';
import { type Arrow, type Box, LINE, placeGraph, SMALL, SMALLEST, TITLE } from './box-layout.ts';
import { type Graph, graphAt } from './nodes.ts';

/** How the graph is drawn. */
export interface GraphOptions {
  /** The available width in pixels; default 560. If that is too little, the picture is wider. */
  readonly width?: number;
  /** The available height in pixels. A picture that is larger than its room is drawn smaller, as long as it can be read. */
  readonly height?: number;
}

/** The picture of who waits for whom. */
export function drawGraph(
  model: Model,
  moment: number,
  { width: room = 560, height: most = 0 }: GraphOptions = {},
): string {
  const graph = graphAt(model, moment);
  const { boxes, arrows, width, height } = placeGraph(graph, room, most > 0 ? most : Infinity);
  const says = saysOf(graph);
  const wide = Math.max(width, 240);
  const tall = height + (says === '' ? 0 : 18);
  const scale = most > 0 ? Math.max(SMALLEST, Math.min(1, room / wide, most / tall)) : 1;
  return (
    `<svg class="ck" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${tall}" width="${short(wide * scale)}" height="${short(tall * scale)}" role="img">` +
    `<title>Who waits for whom</title><desc>${safe(inWords(graph))}</desc>${arrows.map(drawnArrow).join('')}${boxes.map(drawn).join('')}` +
    `<text class="m" x="8" y="${height + 8}" font-size="11">${says}</text></svg>`
  );
}

/** So many moments of a long trace are measured. */
const MEASURED = 200;

/**
 * The height of the picture at the moment when it is highest: as it is laid out, and drawn as small as it can be read, which
 * is infinite if it is too wide even so.
 */
export function heightOfGraph(model: Model, width: number): { readonly full: number; readonly least: number } {
  const every = Math.max(1, Math.ceil(model.times.length / MEASURED));
  let [full, least] = [0, 0];
  for (let moment = 0; moment < model.times.length; moment += every) {
    const graph = graphAt(model, moment);
    full = Math.max(full, placeGraph(graph, width).height);
    const small = placeGraph(graph, width, 1);
    least = Math.max(least, small.width * SMALLEST > width ? Infinity : small.height * SMALLEST);
  }
  return { full, least };
}

function saysOf({ nodes, hidden }: Graph): string {
  if (nodes.length === 0) return 'no task is alive at this moment';
  return hidden > 0 ? `and ${count(hidden, 'more task')}` : '';
}

/** The graph in words, for people who cannot see it. */
function inWords({ nodes, edges }: Graph): string {
  const titles = new Map(nodes.map(({ id, title, stuck }) => [id, stuck ? `${title} (deadlock)` : title]));
  const said = edges.map(({ from, to }) => {
    const verb = from.startsWith('thing ') ? 'is held by' : 'waits for';
    return `${titles.get(from)} ${verb} ${titles.get(to)}`;
  });
  return said.length === 0 ? 'Nobody waits for anybody.' : `${said.join('; ')}.`;
}

const SWATCHES: Readonly<Record<State, string>> = { created: 'new', ready: 'rdy', running: 'run', suspended: 'sus' };
const LARGE = 12;

function drawn({ node, x, y, width, height }: Box): string {
  const { title, lines, state, stuck, tasks } = node;
  const edge = stuck ? ' style="stroke:var(--ck-failed);stroke-width:2"' : '';
  const indent = state === undefined ? 12 : 27;
  const text = lines.map((line, at) => {
    const kind = line === 'deadlock' ? 'failed' : 'm';
    const said = safe(fittedLine(line, width - 20));
    return `<text class="${kind}" x="${short(x + 12)}" y="${short(y + TITLE + LINE * (at + 1))}" font-size="${SMALL}">${said}</text>`;
  });
  // A box that stands for several tasks has a second one behind it.
  const behind =
    tasks > 1 ? `<rect class="box" x="${x + 4}" y="${y + 4}" width="${width}" height="${height}" rx="6"/>` : '';
  const fill = state === 'suspended' ? ' style="fill:var(--ck-wait)"' : '';
  const swatch =
    state === undefined
      ? ''
      : `<rect class="${SWATCHES[state]}"${fill} x="${x + 10}" y="${y + 8}" width="11" height="10" rx="2"/>`;
  return (
    `<g><title>${safe([title, ...lines].join('\n'))}</title>${behind}` +
    `<rect class="box" x="${x}" y="${short(y)}" width="${width}" height="${height}" rx="${state === undefined ? 14 : 6}"${edge}/>${swatch}` +
    `<text x="${short(x + indent)}" y="${short(y + TITLE)}" font-size="${LARGE}" font-weight="600">${safe(fittedName(title, width - indent - 8, LARGE))}</text>${text.join('')}</g>`
  );
}

/** A line of a box: the number of a line of source is never cut, and what is left of a sleep is in the loop's queue too. */
function fittedLine(line: string, width: number): string {
  const [begin = '', end] = line.split(/ · (?=in |line \d+$)/);
  if (end === undefined || textWidth(line, SMALL) <= width) return fittedName(line, width, SMALL);
  if (end.startsWith('in ')) return fittedName(begin, width, SMALL);
  return `${fitted(begin, width - textWidth(` · ${end}`, SMALL), SMALL)} · ${end}`;
}

const TIP = 7;

/** Between two columns an arrow is a curve; through a column it is a straight line, in a row that is free of boxes. */
function drawnArrow({ points, stuck }: Arrow): string {
  const colour = stuck ? 'var(--ck-failed)' : 'var(--ck-wait-edge)';
  const [[x0, y0] = [0, 0]] = points;
  const [xn, yn] = points.at(-1) ?? [0, 0];
  const [xb] = points.at(-2) ?? [0, 0];
  const loops = points.length === 2 && x0 === xn;
  const back = loops || xn < xb ? 1 : -1;
  let path = `M${short(x0)} ${short(y0)}`;
  for (let at = 1; at < points.length; at++) {
    const [x1, y1] = points[at - 1] ?? [0, 0];
    const [x2, y2] = points[at] ?? [0, 0];
    const end = at === points.length - 1 ? x2 + back * (TIP - 1) : x2;
    const bend = loops ? x1 + 26 : (x1 + end) / 2;
    path +=
      at % 2 === 1
        ? `C${short(bend)} ${short(y1)} ${short(bend)} ${short(y2)} ${short(end)} ${short(y2)}`
        : `H${short(x2)}`;
  }
  return (
    `<path class="${stuck ? 'failed' : 'spawn'}" d="${path}" stroke-width="1.6" fill="none"/>` +
    `<path d="M${short(xn)} ${short(yn)}l${back * TIP} -4v8z" style="fill:${colour}"/>`
  );
}
