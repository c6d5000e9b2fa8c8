// The player in the page: one scrubber that moves the lanes, the loop, the await graph and the source together.
// Bundled by itself as one script (player.js); a page that runs none keeps the static lanes.

import { type Packed, unpack } from '../codec.ts';
import { drawGraph } from '../graph.ts';
import { drawLanes } from '../lanes.ts';
import type { Layout } from '../layout.ts';
import type { Model } from '../model.ts';
import { namesOf } from '../words.ts';
import { type Element, type PageEvent, page } from './dom.ts';
import { sourceOf, statusOf, stripOf } from './panels.ts';

/** The whole trace plays in so many seconds at speed 1. */
const WHOLE = 12;
const NARROWEST = 340;
/** The line of the moment begins below the title; figure.ts says the same. */
const HEAD = 50;
const ZOOM = 1.5;
const MOST_ZOOM = 40;

interface State {
  moment: number;
  zoom: number;
  playing: boolean;
  /** Where on the axis the playing is, between two moments. */
  x: number;
}

/** Brings every figure of that id in the page to life. */
export function boot(id: string, packed: Packed): void {
  const model = unpack(packed);
  for (const figure of page.document.querySelectorAll(`figure[data-ck="${id}"]:not([data-on])`)) {
    figure.dataset.on = '';
    start(figure, model, packed);
  }
}

function part(figure: Element, selector: string): Element {
  const found = figure.querySelector(selector);
  if (found === null) throw new Error(`the player expected ${selector} in its figure`);
  return found;
}

function start(figure: Element, model: Model, { sources, every }: Packed): void {
  const name = namesOf(model);
  const last = model.times.length - 1;
  const scroll = part(figure, '.ck-scroll');
  const range = part(figure, '.ck-bar input');
  const button = part(figure, '[data-do=play]');
  const state: State = { moment: 0, zoom: 1, playing: false, x: 0 };
  let layout: Layout;
  let drawnWidth = 0;

  function draw(): void {
    drawnWidth = scroll.clientWidth;
    const width = Math.max(NARROWEST, drawnWidth) * state.zoom;
    const made = drawLanes(model, { width });
    layout = made.layout;
    scroll.innerHTML = `${made.svg}<div class="ck-head"></div>`;
    const svg = part(scroll, 'svg');
    svg.style.width = `${width}px`;
    svg.style.minWidth = '0';
    part(scroll, '.ck-head').style.height = `${layout.height - HEAD}px`;
    show();
  }

  function show(): void {
    const { moment } = state;
    const x = layout.left + (state.playing ? state.x : layout.axis.x(moment));
    part(scroll, '.ck-head').style.transform = `translateX(${x}px)`;
    if (state.zoom > 1) keepInSight(x);
    range.value = String(moment);
    part(figure, '.ck-status').innerHTML = statusOf(model, moment, name);
    part(figure, '.ck-strip').innerHTML = stripOf(model, moment, name);
    part(figure, '.ck-graph').innerHTML = drawGraph(model, moment);
    const source = part(figure, '.ck-source');
    source.innerHTML = sourceOf(model, moment, sources);
  }

  function keepInSight(x: number): void {
    const [from, width] = [scroll.scrollLeft, scroll.clientWidth];
    if (x < from + layout.left || x > from + width - 40) scroll.scrollLeft = x - width / 2;
  }

  function go(moment: number): void {
    pause();
    state.moment = Math.max(0, Math.min(last, moment));
    show();
  }

  function pause(): void {
    state.playing = false;
    button.textContent = '▶';
    button.title = 'Play (space)';
  }

  function play(): void {
    if (state.moment >= last) state.moment = 0;
    state.playing = true;
    state.x = layout.axis.x(state.moment);
    button.textContent = '❚❚';
    button.title = 'Pause (space)';
    let before: number | undefined;
    const step = (now: number): void => {
      if (!state.playing || !figure.isConnected) return;
      const speed = Number(part(figure, 'select').value);
      state.x += (layout.axis.width * speed * (now - (before ?? now))) / 1000 / WHOLE;
      before = now;
      while (state.moment < last && layout.axis.x(state.moment + 1) <= state.x) state.moment++;
      if (state.moment >= last) pause();
      show();
      page.requestAnimationFrame(step);
    };
    page.requestAnimationFrame(step);
  }

  function zoom(factor: number): void {
    state.zoom = Math.max(1, Math.min(MOST_ZOOM, state.zoom * factor));
    draw();
    keepInSight(layout.left + layout.axis.x(state.moment));
  }

  const commands: Record<string, () => void> = {
    play: () => (state.playing ? pause() : play()),
    back: () => go(state.moment - 1),
    forward: () => go(state.moment + 1),
    first: () => go(0),
    last: () => go(last),
    in: () => zoom(ZOOM),
    out: () => zoom(1 / ZOOM),
  };

  function pointed({ clientX }: PageEvent): void {
    const x = clientX - part(scroll, 'svg').getBoundingClientRect().left - layout.left;
    go(momentAt(layout, x, last));
  }

  scroll.addEventListener('scroll', () =>
    part(scroll, 'svg').style.setProperty('--ck-scrolled', `${scroll.scrollLeft}px`),
  );
  range.max = String(last);
  range.addEventListener('input', () => go(Number(range.value)));
  part(figure, '.ck-bar').addEventListener('click', ({ target }) =>
    commands[target.closest('[data-do]')?.dataset.do ?? '']?.(),
  );
  figure.addEventListener('keydown', (event) => onKey(event, commands, (by) => go(state.moment + by)));
  scroll.addEventListener('pointerdown', pointed);
  scroll.addEventListener('pointermove', (event) => {
    if (event.buttons === 1) pointed(event);
  });
  figure.dataset.live = '';
  if (every > 1)
    part(figure, '.ck-sampled').textContent = `${model.times.length * every} events: every ${every}th is shown.`;
  draw();
  new page.ResizeObserver(() => {
    if (scroll.clientWidth !== drawnWidth) draw();
  }).observe(figure);
}

/** The last moment that lies left of a place on the axis. */
function momentAt({ axis }: Layout, x: number, last: number): number {
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (axis.x(middle) <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

const KEYS: Readonly<Record<string, string>> = {
  ' ': 'play',
  Home: 'first',
  End: 'last',
  '+': 'in',
  '=': 'in',
  '-': 'out',
};

/** JupyterLab has commands on the same keys: they are ours while the figure has the focus. */
function onKey(event: PageEvent, commands: Readonly<Record<string, () => void>>, move: (by: number) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('select') !== null) return;
  const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const command = commands[KEYS[event.key] ?? ''];
  if (direction === undefined && command === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (direction !== undefined) move(direction * (event.shiftKey ? 10 : 1));
  else command?.();
}
