// The player in the page: one scrubber that moves the lanes, the loop, the await graph and the source together.
// Bundled by itself as one script (player.js); a page that runs none keeps the static lanes.

import { type Packed, unpack } from '../codec.ts';
import { drawGraph } from '../graph.ts';
import { drawView } from '../lanes.ts';
import type { Layout } from '../layout.ts';
import type { Model } from '../model.ts';
import { type NameOf, namesOf } from '../words.ts';
import { type Element, type PageEvent, page } from './dom.ts';
import { sourceOf, statusOf, stripOf } from './panels.ts';
import { PARTS } from './parts.ts';

/** The whole trace plays in so many seconds at speed 1. */
const WHOLE = 12;
const NARROWEST = 300;
const ZOOM = 1.5;
const MOST_ZOOM = 40;

/** Brings every figure of that id in the page to life. */
export function boot(id: string, packed: Packed): void {
  const model = unpack(packed);
  for (const figure of page.document.querySelectorAll(`figure[data-ck="${id}"]:not([data-on])`)) {
    figure.dataset.on = '';
    new Player(figure, model, packed);
  }
}

function part(figure: Element, selector: string): Element {
  const found = figure.querySelector(selector);
  if (found === null) throw new Error(`the player expected ${selector} in its figure`);
  return found;
}

class Player {
  private readonly figure: Element;
  private readonly model: Model;
  private readonly sources: Packed['sources'];
  private readonly name: NameOf;
  private readonly last: number;
  private readonly scroll: Element;
  private readonly range: Element;
  private readonly button: Element;
  private layout: Layout;
  private drawnWidth = 0;
  private moment = 0;
  private zoom = 1;
  private playing = false;
  /** Where on the axis the playing is, between two moments. */
  private x = 0;

  constructor(figure: Element, model: Model, { sources, every }: Packed) {
    this.figure = figure;
    this.model = model;
    this.sources = sources;
    this.name = namesOf(model);
    this.last = model.times.length - 1;
    this.scroll = part(figure, '.ck-scroll');
    this.scroll.insertAdjacentHTML('afterend', PARTS);
    this.range = part(figure, '.ck-bar input');
    this.button = part(figure, '[data-do=play]');
    this.range.max = String(this.last);
    figure.dataset.live = '';
    if (every > 1) {
      part(figure, '.ck-sampled').textContent = `${model.times.length * every} events: every ${every}th is shown.`;
    }
    this.layout = this.draw();
    this.listen();
  }

  /** As wide as there is room, times the zoom: text keeps its size on a phone and on a projector. */
  private draw(): Layout {
    const { scroll } = this;
    this.drawnWidth = scroll.clientWidth;
    const window = Math.max(NARROWEST, this.drawnWidth);
    const width = window * this.zoom;
    const { html, layout } = drawView(this.model, { width, window });
    this.layout = layout;
    scroll.innerHTML = `<div class="ck-view" style="width:${width}px">${html}<div class="ck-head"></div></div>`;
    const { style } = part(scroll, '.ck-head');
    style.top = `${layout.head.bottom}px`;
    style.height = `${layout.height - layout.head.bottom}px`;
    this.follow();
    this.show();
    return layout;
  }

  /** Names and title stay where they are seen. */
  private follow(): void {
    part(this.scroll, '.ck-view').style.setProperty('--ck-scrolled', `${this.scroll.scrollLeft}px`);
  }

  private show(): void {
    const { figure, model, moment, layout, name } = this;
    const x = layout.left + (this.playing ? this.x : layout.axis.x(moment));
    part(this.scroll, '.ck-head').style.transform = `translateX(${x}px)`;
    if (this.zoom > 1) this.keepInSight(x);
    this.range.value = String(moment);
    part(figure, '.ck-status').innerHTML = statusOf(model, moment, name);
    part(figure, '.ck-strip').innerHTML = stripOf(model, moment, name);
    part(figure, '.ck-graph').innerHTML = drawGraph(model, moment);
    part(figure, '.ck-source').innerHTML = sourceOf(model, moment, this.sources);
  }

  private keepInSight(x: number): void {
    const { scrollLeft, clientWidth } = this.scroll;
    if (x < scrollLeft + this.layout.left || x > scrollLeft + clientWidth - 40) {
      this.scroll.scrollLeft = x - clientWidth / 2;
    }
  }

  private go(moment: number): void {
    this.pause();
    this.moment = Math.max(0, Math.min(this.last, moment));
    this.show();
  }

  private pause(): void {
    this.playing = false;
    this.button.textContent = '▶';
    this.button.title = 'Play (space)';
  }

  private play(): void {
    if (this.moment >= this.last) this.moment = 0;
    this.playing = true;
    this.x = this.layout.axis.x(this.moment);
    this.button.textContent = '❚❚';
    this.button.title = 'Pause (space)';
    let before: number | undefined;
    const frame = (now: number): void => {
      if (!this.playing || !this.figure.isConnected) return;
      this.advance((now - (before ?? now)) / 1000);
      before = now;
      page.requestAnimationFrame(frame);
    };
    page.requestAnimationFrame(frame);
  }

  private advance(seconds: number): void {
    const { axis } = this.layout;
    const speed = Number(part(this.figure, 'select').value);
    this.x += (axis.width * speed * seconds) / WHOLE;
    while (this.moment < this.last && axis.x(this.moment + 1) <= this.x) this.moment++;
    if (this.moment >= this.last) this.pause();
    this.show();
  }

  private magnify(factor: number): void {
    this.zoom = Math.max(1, Math.min(MOST_ZOOM, this.zoom * factor));
    this.draw();
    this.keepInSight(this.layout.left + this.layout.axis.x(this.moment));
  }

  private readonly commands: Readonly<Record<string, () => void>> = {
    play: () => (this.playing ? this.pause() : this.play()),
    back: () => this.go(this.moment - 1),
    forward: () => this.go(this.moment + 1),
    first: () => this.go(0),
    last: () => this.go(this.last),
    in: () => this.magnify(ZOOM),
    out: () => this.magnify(1 / ZOOM),
  };

  private listen(): void {
    const { figure, scroll, range, commands } = this;
    range.addEventListener('input', () => this.go(Number(range.value)));
    part(figure, '.ck-bar').addEventListener('click', ({ target }) => {
      commands[target.closest('[data-do]')?.dataset.do ?? '']?.();
    });
    figure.addEventListener('keydown', (event) => onKey(event, commands, (by) => this.go(this.moment + by)));
    scroll.addEventListener('pointerdown', (event) => this.point(event));
    scroll.addEventListener('pointermove', (event) => {
      if (event.buttons === 1) this.point(event);
    });
    scroll.addEventListener('scroll', () => this.follow());
    const observer = new page.ResizeObserver(() => {
      if (scroll.clientWidth !== this.drawnWidth) this.draw();
    });
    observer.observe(figure);
  }

  private point({ clientX }: PageEvent): void {
    const x = clientX - part(this.scroll, '.ck-view').getBoundingClientRect().left - this.layout.left;
    this.go(momentAt(this.layout, x, this.last));
  }
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
