// What stands above the lanes: the title, the legend, the axis and its grid. It stays visible when somebody scrolls
// down.

import { safe, short } from '../draw/svg-text.ts';
import type { State } from '../model/model.ts';
import { type Entry, MARGIN } from './caption.ts';
import type { Layout } from './lane-layout.ts';

/** The CSS class of each state. */
export const CLASSES: Readonly<Record<State, string>> = {
  created: 'new',
  ready: 'rdy',
  running: 'run',
  suspended: 'sus',
};

/** The states in the order of a task's life. */
export const LEGEND: readonly State[] = ['created', 'ready', 'running', 'suspended'];

/** Title, legend, and the labels of the axis. When a wide picture scrolls sideways, only the labels move along. */
export function heading({ head, left, width, axis }: Layout): string {
  const title = head.title.map(
    ({ text, y }) => `<text x="${MARGIN}" y="${y}" font-size="14" font-weight="600">${safe(text)}</text>`,
  );
  const entries = head.legend.map(swatch);
  const labels = axis.ticks.map(
    ({ x, label }) =>
      `<text class="m tick" data-x="${short(x)}" x="${short(left + x)}" y="${head.bottom - 5}">${label}</text>`,
  );
  return (
    `<rect class="bg" width="${short(width)}" height="${head.bottom}" rx="6"/>${labels.join('')}` +
    `<g class="stay">${title.join('')}${entries.join('')}</g>`
  );
}

function swatch({ x: left, y, word, swatch: width }: Entry): string {
  const x = short(left);
  const state = word as State;
  const box = (style: string): string =>
    `<rect class="${CLASSES[state]}"${style} x="${x}" y="${y - 8.5}" width="${width}" height="9" rx="2"/>`;
  const line = (at: number): string => `M${short(left + at)} ${y - 0.5}l7-7`;
  const lines = `<path class="sus" d="${line(2)}${line(width / 2)}" fill="none"/>`;
  const drawn = state === 'suspended' ? box(' style="fill:var(--ck-wait)"') + lines : box('');
  return `${drawn}<text class="m" x="${short(left + width + 5)}" y="${y}" font-size="11">${state}</text>`;
}

/** A line from each tick down the lanes. */
export function grid({ axis, left, head, bottom }: Layout): string {
  const lines = axis.ticks.map(({ x }) => `M${short(left + x)} ${head.bottom}V${short(bottom)}`).join('');
  return `<path class="grid" d="${lines}"/>`;
}
