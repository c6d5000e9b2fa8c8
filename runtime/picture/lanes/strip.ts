// The loop as one row below the axis: the length of its ready queue, below it its steps one after another; and the
// numbers of its passes. One thread means that the steps of all lanes fit into one row without touching.

import { safe, short, textWidth } from '../draw/svg-text.ts';
import type { Model } from '../model/model.ts';
import { MARGIN } from './caption.ts';
import { barsOf, type Layout } from './lane-layout.ts';
import { count } from './words.ts';

/** The heights of the queue and of the steps. */
const [QUEUE, STEPS] = [11, 7];
const PASS_FONT = 9.5;
/** How far a number may reach beyond the end of the axis. */
const BEYOND = 20;
/** Steps closer together than this are drawn as one. */
const APART = 0.4;

/** The strip: the queue above the steps; empty if there is no lane. */
export function loopStrip(layout: Layout): string {
  const { strip: y, model } = layout;
  if (y === undefined) return '';
  const queue = queueOf(model);
  const most = queue.reduce((a, b) => Math.max(a, b), 0);
  const title = `<title>${safe(`The loop: steps of all tasks, one at a time. At most ${count(most, 'task')} in the ready queue.`)}</title>`;
  const base = y + 1;
  return (
    `<g class="loop">${title}<path class="rdy" stroke-width=".8" d="${area(layout, queue, most, base, QUEUE)}"/>` +
    `<path class="base" d="M${short(layout.left)} ${short(base)}h${short(layout.axis.width)}"/>` +
    `<path class="run" stroke-width=".4" d="${steps(layout, base, STEPS)}"/></g>`
  );
}

/** The labels in front of the queue and the steps, or above them. */
export function loopName({ strip: y, size }: Layout): string {
  if (y === undefined) return '';
  const word = (text: string, line: number, font: number): string =>
    `<text class="name m" x="${MARGIN}" y="${short(line)}" font-size="${font}">${text}</text>`;
  if (size.stacked) return word('ready queue, and steps', y - QUEUE - 4, 11);
  return word('ready queue', y - 2, PASS_FONT) + word('steps', y + STEPS + 2, PASS_FONT);
}

/** How many tasks are in the ready queue from each moment on. */
function queueOf({ lanes, times }: Model): Int32Array {
  const queue = new Int32Array(times.length + 1);
  for (const { stretches } of lanes) {
    for (const { state, from, to } of stretches) {
      if (state !== 'ready' && state !== 'created') continue;
      queue[from] = (queue[from] ?? 0) + 1;
      queue[to] = (queue[to] ?? 0) - 1;
    }
  }
  for (let at = 1; at < queue.length; at++) queue[at] = (queue[at] ?? 0) + (queue[at - 1] ?? 0);
  return queue;
}

/** The queue's length as an area above a base line; within one unit of the axis its greatest length is drawn. */
function area({ axis, left }: Layout, queue: Int32Array, most: number, base: number, height: number): string {
  if (most === 0) return '';
  const last = queue.length - 2;
  let path = `M${short(left)} ${short(base)}`;
  let now = 0;
  const to = (x: number, value: number): void => {
    if (value !== now) path += `H${short(left + x)}V${short(base - (height * value) / most)}`;
    now = value;
  };
  for (let at = 0; at <= last; ) {
    const here = axis.x(at);
    let longest = queue[at] ?? 0;
    let next = at + 1;
    for (; next <= last && axis.x(next) - here < 1; next++) longest = Math.max(longest, queue[next] ?? 0);
    to(here, longest);
    to(Math.min(axis.x(Math.min(next, last)), here + 1), queue[next - 1] ?? 0);
    at = next;
  }
  return `${path}H${short(left + axis.x(last))}V${short(base)}z`;
}

function steps(layout: Layout, top: number, height: number): string {
  const all = layout.rows
    .flatMap(({ lane }) => (lane === undefined ? [] : barsOf(layout, lane)))
    .filter(({ stretch }) => stretch.state === 'running')
    .sort((a, b) => a.x - b.x);
  let path = '';
  for (let at = 0; at < all.length; ) {
    const from = all[at]?.x ?? 0;
    let to = from;
    for (; at < all.length && ((all[at]?.x ?? 0) - to < APART || to === from); at++) {
      const { x = 0, width = 0 } = all[at] ?? {};
      to = Math.max(to, x + width);
    }
    path += `M${short(from)} ${short(top)}h${short(to - from)}v${short(height)}h${short(from - to)}z`;
  }
  return path;
}

/** The numbers of the loop's passes, as far as there is room. */
export function passes({ model, axis, left, bottom, size }: Layout): string {
  if (!size.words || model.lanes.length === 0) return '';
  let [taken, before] = [-1, -1];
  const texts: string[] = [];
  for (const [moment, pass] of model.iterations.entries()) {
    if (pass === before) continue;
    before = pass;
    const x = axis.x(moment);
    const label = texts.length === 0 ? `pass ${pass}` : String(pass);
    const wide = textWidth(label, PASS_FONT);
    if (x < taken || x + wide > axis.width + BEYOND) continue;
    taken = x + wide + 8;
    texts.push(
      `<text class="m" x="${short(left + x)}" y="${short(bottom + 10)}" font-size="${PASS_FONT}">${label}</text>`,
    );
  }
  return texts.join('');
}
