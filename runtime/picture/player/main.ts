// The player in the page: one scrubber that moves the lanes, the loop, the await graph and the source together.
// Bundled by itself as one script (player.js); a page that runs none keeps the static lanes.

import { type Packed, unpack } from '../codec.ts';
import { drawGraph } from '../graph.ts';
import { drawView } from '../lanes.ts';
import type { Layout } from '../layout.ts';
import type { Model } from '../model.ts';
import { type NameOf, namesOf } from '../words.ts';
import { type Element, page } from './dom.ts';
import { type Command, commandOf } from './keys.ts';
import { mostAlive, statusOf, stripOf } from './panels.ts';
import { PARTS, SPEEDS } from './parts.ts';
import { onDrag } from './pointer.ts';
import { SourcePanel } from './source-panel.ts';

/** The whole trace plays in so many seconds at speed 1. */
const WHOLE = 12;
const NARROWEST = 160;
const ZOOM = 1.5;
const MOST_ZOOM = 40;
/** Who asked for less motion sees so many pictures a second. */
const CALM = 2;
const PANELS = 3;

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

function partsOf(figure: Element) {
  return {
    range: part(figure, '.ck-bar input'),
    speed: part(figure, '.ck-bar select'),
    button: part(figure, '[data-do=play]'),
    helper: part(figure, '[data-do=help]'),
    help: part(figure, '.ck-help'),
    status: part(figure, '.ck-status'),
    strip: part(figure, '.ck-strip'),
    graph: part(figure, '.ck-graph'),
  };
}

class Player {
  private readonly figure: Element;
  private readonly model: Model;
  private readonly name: NameOf;
  private readonly last: number;
  private readonly scroll: Element;
  private readonly parts: ReturnType<typeof partsOf>;
  private readonly source: SourcePanel;
  private readonly written = new Map<Element, string>();
  private layout: Layout;
  private head: Element;
  private drawnWidth = 0;
  /** Of the graph's panel: read where the width changes, for reading it makes the browser lay the page out. */
  private room = 0;
  private moment = 0;
  private zoom = 1;
  private playing = false;
  private frames = 0;
  private dragging = false;
  /** Where on the axis the playing is, between two moments. */
  private x = 0;

  constructor(figure: Element, model: Model, { sources, every }: Packed) {
    this.figure = figure;
    this.model = model;
    this.name = namesOf(model);
    this.last = model.times.length - 1;
    this.scroll = part(figure, '.ck-scroll');
    this.scroll.insertAdjacentHTML('afterend', PARTS);
    this.parts = partsOf(figure);
    this.parts.range.max = String(this.last);
    figure.dataset.live = '';
    figure.dataset.tasks = sizeOf(mostAlive(model));
    const shown = part(figure, 'div.ck-source');
    this.source = new SourcePanel(shown, model, sources, this.name);
    if (every > 1) {
      part(figure, '.ck-sampled').textContent = `${model.times.length * every} events: every ${every}th is shown.`;
    }
    this.layout = this.draw();
    this.head = part(this.scroll, '.ck-head');
    this.listen();
  }

  /** As wide as there is room, times the zoom: text keeps its size on a phone and on a projector. */
  private draw(): Layout {
    const { scroll } = this;
    this.drawnWidth = scroll.clientWidth;
    this.room = this.parts.graph.clientWidth;
    const window = Math.max(NARROWEST, this.drawnWidth);
    const width = window * this.zoom;
    const { html, layout } = drawView(this.model, { width, window });
    this.layout = layout;
    scroll.innerHTML = `<div class="ck-view" style="width:${width}px">${html}<div class="ck-head"></div></div>`;
    this.head = part(scroll, '.ck-head');
    this.head.style.top = `${layout.head.bottom}px`;
    this.head.style.height = `${layout.bottom - layout.head.bottom}px`;
    this.follow();
    this.show();
    return layout;
  }

  /** Names and title stay where they are seen. */
  private follow(): void {
    part(this.scroll, '.ck-view').style.setProperty('--ck-scrolled', `${this.scroll.scrollLeft}px`);
  }

  private show(): void {
    const { model, moment, layout, name, parts } = this;
    const x = layout.left + (this.playing && !calm() ? this.x : layout.axis.x(moment));
    this.head.style.transform = `translateX(${x}px)`;
    if (this.zoom > 1) this.keepInSight(x);
    parts.range.value = String(moment);
    const said = statusOf(model, moment, name);
    if (this.write(parts.status, said)) {
      const plain = unescaped(said.replaceAll(/<[^>]*>/g, ''));
      parts.status.title = plain;
      parts.range.setAttribute('aria-valuetext', plain);
    }
    // While it plays one panel a frame: each is then behind by two frames at most, and no frame is late for all three.
    const turn = this.playing && !calm() ? this.frames++ % PANELS : undefined;
    if (turn !== 1 && turn !== 2) this.write(parts.strip, stripOf(model, moment, name));
    if (turn !== 0 && turn !== 2) {
      this.write(parts.graph, drawGraph(model, moment, { width: this.room }));
    }
    if (turn !== 0 && turn !== 1) this.source.show(moment);
  }

  /** Only what changed: writing it costs more than making it. True where it did. */
  private write(element: Element, html: string): boolean {
    if (this.written.get(element) === html) return false;
    this.written.set(element, html);
    element.innerHTML = html;
    return true;
  }

  private keepInSight(x: number): void {
    const { scroll, layout } = this;
    const [low, high] = [scroll.scrollLeft + layout.left, scroll.scrollLeft + scroll.clientWidth - 40];
    if (x >= low && x <= high) return;
    // Under the pointer the picture must not jump away.
    if (this.dragging) scroll.scrollLeft += x < low ? x - low : x - high;
    else scroll.scrollLeft = x - scroll.clientWidth / 2;
  }

  private go(moment: number): void {
    this.pause();
    this.moment = Math.max(0, Math.min(this.last, moment));
    this.show();
  }

  private pause(): void {
    if (!this.playing) return;
    this.playing = false;
    this.sayState(false);
    this.show();
  }

  /** Between two frames nothing is read out, or it would never end. */
  private sayState(playing: boolean): void {
    const { button, status } = this.parts;
    const says = playing ? 'Pause (space)' : 'Play (space)';
    button.textContent = playing ? '❚❚' : '▶';
    button.title = says;
    button.setAttribute('aria-label', says);
    status.setAttribute('aria-live', playing ? 'off' : 'polite');
  }

  private play(): void {
    if (this.moment >= this.last) this.moment = 0;
    this.playing = true;
    this.x = this.layout.axis.x(this.moment);
    this.sayState(true);
    let before: number | undefined;
    const frame = (now: number): void => {
      if (!this.playing) return;
      if (!this.figure.isConnected) {
        this.pause();
        return;
      }
      const seconds = (now - (before ?? now)) / 1000;
      if (before === undefined || !calm() || seconds >= 1 / CALM) {
        this.advance(seconds);
        before = now;
      }
      page.requestAnimationFrame(frame);
    };
    page.requestAnimationFrame(frame);
  }

  private advance(seconds: number): void {
    const { axis } = this.layout;
    this.x += (axis.width * Number(this.parts.speed.value) * seconds) / WHOLE;
    while (this.moment < this.last && axis.x(this.moment + 1) <= this.x) this.moment++;
    if (this.moment >= this.last) this.pause();
    else this.show();
  }

  private magnify(zoom: number): void {
    this.zoom = Math.max(1, Math.min(MOST_ZOOM, zoom));
    const { axis } = this.layout;
    const part = this.x / axis.width;
    this.draw();
    this.x = part * this.layout.axis.width;
    this.keepInSight(this.layout.left + this.layout.axis.x(this.moment));
  }

  private changeSpeed(by: number): void {
    const { speed } = this.parts;
    const at = SPEEDS.indexOf(speed.value as (typeof SPEEDS)[number]);
    speed.value = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))] ?? '1';
  }

  private toggleHelp(): void {
    const { help, helper } = this.parts;
    help.hidden = !help.hidden;
    helper.setAttribute('aria-expanded', String(!help.hidden));
  }

  private readonly commands: Readonly<Record<Command, () => void>> = {
    play: () => (this.playing ? this.pause() : this.play()),
    back: () => this.go(this.moment - 1),
    forward: () => this.go(this.moment + 1),
    back10: () => this.go(this.moment - 10),
    forward10: () => this.go(this.moment + 10),
    first: () => this.go(0),
    last: () => this.go(this.last),
    in: () => this.magnify(this.zoom * ZOOM),
    out: () => this.magnify(this.zoom / ZOOM),
    fit: () => this.magnify(1),
    slower: () => this.changeSpeed(-1),
    faster: () => this.changeSpeed(1),
    help: () => this.toggleHelp(),
  };

  private listen(): void {
    const { figure, scroll, commands } = this;
    const { range } = this.parts;
    range.addEventListener('input', () => this.go(Number(range.value)));
    part(figure, '.ck-bar').addEventListener('click', ({ target }) => {
      commands[target.closest('[data-do]')?.dataset.do as Command]?.();
    });
    figure.addEventListener('keydown', (event) => {
      const command = commandOf(event);
      if (command === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      commands[command]();
    });
    onDrag(scroll, {
      to: (clientX) => this.point(clientX),
      held: (yes) => {
        this.dragging = yes;
      },
    });
    scroll.addEventListener('scroll', () => this.follow());
    const observer = new page.ResizeObserver(() => {
      // Nothing is drawn for where it is hidden: a tab behind another has no width.
      if (scroll.clientWidth > 0 && scroll.clientWidth !== this.drawnWidth) this.draw();
    });
    observer.observe(figure);
  }

  private point(clientX: number): void {
    const x = clientX - part(this.scroll, '.ck-view').getBoundingClientRect().left - this.layout.left;
    this.go(momentAt(this.layout, x, this.last));
  }
}

function calm(): boolean {
  return page.matchMedia('(prefers-reduced-motion:reduce)').matches;
}

function unescaped(html: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, sign: string) => signs[sign] ?? '');
}

/** How tall the panels are, so that they need not change while it plays. */
function sizeOf(alive: number): string {
  return alive <= 3 ? 'few' : alive <= 7 ? 'some' : 'many';
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
