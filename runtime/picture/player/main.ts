// The player in the page: one slider that moves the lanes, the loop, the await graph and the source together. It is
// bundled as one script of its own (player.js); a page that runs no scripts keeps the static lanes.

import { FIGURE } from '../draw/figure-style.ts';
import { coloursOf, PAINT } from '../draw/theme.ts';
import { drawGraph, heightOfGraph } from '../graph/await-graph.ts';
import type { Axis } from '../lanes/axis.ts';
import type { FigureData } from '../lanes/figure-data.ts';
import { type NameOf, namesOf } from '../lanes/words.ts';
import { unpack } from '../model/codec.ts';
import type { Model } from '../model/model.ts';
import { type Element, page, partOf, put, zoomOf } from './dom.ts';
import { type Command, commandOf } from './keys.ts';
import { outputOf, outputRows } from './output-lines.ts';
import { rowsOf, statusOf, stripOf, widestQueues } from './panels.ts';
import { PARTS, SPEEDS, WHOLE } from './parts.ts';
import { onDrag } from './pointer.ts';
import { LINES, type Room, roomFor, type Wanted } from './room.ts';
import { touchedIn } from './source-lines.ts';
import { SourcePanel } from './source-panel.ts';
import { chipWidths, shownRows } from './source-rows.ts';
import { View } from './view.ts';

const ZOOM = 1.5;
/** Pictures per second for people who prefer reduced motion. */
const CALM = 2;
const PANELS = 3;
/** The height of a row of chips with the gap to the next, which the last row does not have. */
const [ROW, GAP] = [23, 1];
/** The height of a panel's title, and of what is free below its content; behind a tab there is no title. */
const [TITLE, UNTITLED] = [30, 10];

/** Starts a player in every figure of the page that has this id, at the moment `at` of the whole trace. */
async function boot(id: string, signs: string, bytes: number, at = 0): Promise<void> {
  const packed = JSON.parse(await page.ckRead(signs, bytes)) as FigureData;
  const model = unpack(packed);
  for (const figure of page.document.querySelectorAll(`figure[data-ck="${id}"]:not([data-on])`)) {
    figure.dataset.on = '';
    if (packed.above !== undefined) put(figure, packed.above, 'before');
    new Player(figure, model, packed, Math.floor(at / packed.every));
  }
}

function partsOf(figure: Element) {
  return {
    range: partOf(figure, '.ck-bar input'),
    speed: partOf(figure, '.ck-bar select'),
    button: partOf(figure, '[data-do=play]'),
    helper: partOf(figure, '[data-do=help]'),
    help: partOf(figure, '.ck-help'),
    status: partOf(figure, '.ck-status'),
    strip: partOf(figure, '.ck-strip'),
    graph: partOf(figure, '.ck-graph'),
    output: partOf(figure, '.ck-output'),
  };
}

class Player {
  private readonly figure: Element;
  private readonly model: Model;
  private readonly name: NameOf;
  readonly #last: number;
  private readonly view: View;
  private readonly parts: ReturnType<typeof partsOf>;
  private readonly source: SourcePanel;
  readonly #written = new Map<Element, string>();
  /** The size of the graph's panel. Read only when it changes, because reading it forces a layout of the page. */
  #room = { width: 0, height: 0 };
  #arranged = '';
  private readonly wanted: Wanted;
  private moment = 0;
  /** One in so many moments is here. */
  readonly #every: number;
  #playing = false;
  #frames = 0;
  /** The place on the axis during playback, also between two moments. */
  private x = 0;

  constructor(
    figure: Element,
    model: Model,
    { sources, every, summary, above, view = 'full', size = 'normal' }: FigureData,
    at: number,
  ) {
    this.figure = figure;
    this.model = model;
    this.name = namesOf(model);
    this.#last = model.times.length - 1;
    this.#every = every;
    const scroll = partOf(figure, '.ck-scroll');
    figure.insertAdjacentHTML('afterbegin', `<style>${PAINT}${FIGURE}${coloursOf()}</style>`);
    scroll.insertAdjacentHTML('afterend', PARTS);
    this.parts = partsOf(figure);
    this.parts.range.max = String(this.#last);
    figure.dataset.live = '';
    Object.assign(figure.dataset, { view, size, tab: 'source' });
    const touched = touchedIn(model);
    const chips = chipWidths(model, sources, this.name);
    if (Object.keys(sources).length === 0) figure.dataset.tab = 'strip';
    this.source = new SourcePanel(partOf(figure, 'div.ck-source'), model, sources, touched, chips, this.name);
    const widest = widestQueues(model);
    this.wanted = {
      queues: (width) => widest.map((queue) => ROW * rowsOf(queue, width) - GAP),
      // The comparison of a prediction has them all.
      printed: above === undefined ? remembered(outputRows(model, this.name)) : () => 0,
      lines: remembered(shownRows(sources, touched, chips)),
      graph: remembered((width) => heightOfGraph(model, width)),
    };
    figure.dataset.cancels = model.cancels.length > 0 ? 'yes' : 'no';
    figure.dataset.printed = this.wanted.printed(Infinity) > 0 ? 'yes' : 'no';
    if (every > 1) {
      partOf(figure, '.ck-sampled').textContent = `${model.times.length * every} events: one in ${every} is shown.`;
    }
    this.view = new View(scroll, model, summary);
    this.moment = at > 0 ? Math.min(at, this.#last) : firstStep(model);
    this.#redrawn();
    this.#listen(scroll);
  }

  /** Called when the width of the lanes has changed, because then the panels' width has too. */
  #redrawn(): void {
    const { figure, wanted, view } = this;
    const slide = leftOnSlide(figure);
    const { width } = view;
    const above = aboveIn(figure);
    const { panels, lanes, tabbed, stacks, shares } = roomFor(
      { ...figure.dataset, width, above, slide },
      wanted,
      view.layout.height,
    );
    const set = (name: string, value: string | number): void => figure.style.setProperty(`--ck-${name}`, String(value));
    set('lanes', `${lanes}px`);
    set('panels', `${panels}px`);
    set('shares', shares.map((share) => `minmax(0,${share}fr)`).join(' '));
    figure.dataset.tabbed = tabbed ? 'yes' : 'no';
    this.#arrange(stacks);
    view.follow();
    const { graph, strip, output } = this.parts;
    const { source, most } = LINES;
    set('lines', Math.min(source, wanted.lines(width)));
    set('printed', Math.min(most, wanted.printed(output.clientWidth || width)));
    set('graph', `${wanted.graph(graph.clientWidth || width).least}px`);
    const queues = wanted.queues(strip.clientWidth || width).map((height) => `${height}px`);
    set('queues', queues.join(' '));
    const panel = graph.closest('.ck-panel')?.clientHeight ?? 0;
    this.#room = { width: graph.clientWidth, height: panel - (tabbed ? UNTITLED : TITLE) };
    this.#show();
    this.source.refresh(this.moment);
    // The deck centred the slide when the figure was only an image; at a change of the window it does so again.
    if (slide !== undefined) page.dispatchEvent(new page.Event('resize'));
  }

  /** Puts each panel into its column; those that have nothing to show stay outside. */
  #arrange(stacks: Room['stacks']): void {
    const order = stacks.join('|');
    if (order === this.#arranged) return;
    this.#arranged = order;
    const { figure } = this;
    for (const [at, column] of [...figure.querySelectorAll('.ck-column')].entries()) {
      column.append(...(stacks[at] ?? []).map((panel) => partOf(figure, `[data-panel=${panel}]`)));
    }
    // What is moved is no longer scrolled.
    this.parts.output.scrollTop = 1e6;
  }

  #show(): void {
    const { model, moment, view, name, parts } = this;
    const runs = this.#playing && !calm();
    view.point(runs ? this.x : view.layout.axis.x(moment));
    const now = runs ? timeAt(model, view.layout.axis, moment, this.x) : undefined;
    parts.range.value = String(moment);
    if (this.#write(parts.status, statusOf(model, moment, name, now))) {
      const plain = parts.status.textContent ?? '';
      parts.status.title = plain;
      parts.range.setAttribute('aria-valuetext', plain);
    }
    if (this.#write(parts.output, outputOf(model, moment, name))) parts.output.scrollTop = 1e6;
    // During playback each frame updates one panel: none lags by more than two frames, and no frame draws all three.
    const only = this.#playing && !calm() ? this.#frames++ % PANELS : undefined;
    if (only !== 1 && only !== 2) this.#write(parts.strip, stripOf(model, moment, name, now));
    if (only !== 0 && only !== 2) {
      this.#write(parts.graph, drawGraph(model, moment, this.#room));
    }
    if (only !== 0 && only !== 1) this.source.show(moment);
  }

  /** Writes HTML only if it changed: writing costs more than making it. Returns true if it did. */
  #write(element: Element, html: string): boolean {
    if (this.#written.get(element) === html) return false;
    this.#written.set(element, html);
    put(element, html);
    return true;
  }

  #go(moment: number): void {
    this.#pause();
    this.moment = Math.max(0, Math.min(this.#last, moment));
    this.#show();
  }

  #pause(): void {
    if (!this.#playing) return;
    this.#playing = false;
    this.#sayState(false);
    this.#show();
  }

  /** During playback screen readers stay silent; otherwise they would never finish. */
  #sayState(playing: boolean): void {
    const { button, status } = this.parts;
    const says = playing ? 'Pause (space)' : 'Play (space)';
    button.textContent = playing ? '❚❚' : '▶';
    button.title = says;
    button.setAttribute('aria-label', says);
    status.setAttribute('aria-live', playing ? 'off' : 'polite');
  }

  #play(): void {
    if (this.moment >= this.#last) this.moment = 0;
    this.#playing = true;
    this.x = this.view.layout.axis.x(this.moment);
    this.#sayState(true);
    let before: number | undefined;
    const frame = (now: number): void => {
      if (!this.#playing) return;
      if (!this.figure.isConnected) {
        this.#pause();
        return;
      }
      const seconds = (now - (before ?? now)) / 1000;
      if (before === undefined || !calm() || seconds >= 1 / CALM) {
        this.#advance(seconds);
        before = now;
      }
      page.requestAnimationFrame(frame);
    };
    page.requestAnimationFrame(frame);
  }

  #advance(seconds: number): void {
    const { axis } = this.view.layout;
    this.x += (axis.width * Number(this.parts.speed.value) * seconds) / WHOLE;
    while (this.moment < this.#last && axis.x(this.moment + 1) <= this.x) this.moment++;
    if (this.moment >= this.#last) this.#pause();
    else this.#show();
  }

  #magnify(by: number | 'whole'): void {
    const { view } = this;
    const part = this.x / view.layout.axis.width;
    view.magnify(by);
    this.x = part * view.layout.axis.width;
    this.#redrawn();
  }

  #changeSpeed(by: number): void {
    const { speed } = this.parts;
    const at = SPEEDS.indexOf(speed.value as (typeof SPEEDS)[number]);
    speed.value = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))] ?? '1';
  }

  /** In a narrow figure: the panel that shows. */
  #turnTo(tab: string): void {
    this.figure.dataset.tab = tab;
    for (const one of this.figure.querySelectorAll('[data-tab]')) {
      if (one !== this.figure) one.setAttribute('aria-pressed', String(one.dataset.tab === tab));
    }
    this.#redrawn();
  }

  #stop(): void {
    this.#pause();
    const say = (sentence: string): void => void this.#write(this.parts.status, sentence);
    page.ckStopHere?.(this.figure.dataset.kernel ?? '', this.moment * this.#every, say);
  }

  #toggleHelp(): void {
    const { help, helper } = this.parts;
    help.hidden = !help.hidden;
    helper.setAttribute('aria-expanded', String(!help.hidden));
  }

  private readonly commands: Readonly<Record<Command, () => void>> = {
    play: () => (this.#playing ? this.#pause() : this.#play()),
    back: () => this.#go(this.moment - 1),
    forward: () => this.#go(this.moment + 1),
    back10: () => this.#go(this.moment - 10),
    forward10: () => this.#go(this.moment + 10),
    first: () => this.#go(0),
    last: () => this.#go(this.#last),
    in: () => this.#magnify(ZOOM),
    out: () => this.#magnify(1 / ZOOM),
    fit: () => this.#magnify('whole'),
    slower: () => this.#changeSpeed(-1),
    faster: () => this.#changeSpeed(1),
    stop: () => this.#stop(),
    help: () => this.#toggleHelp(),
  };

  #listen(scroll: Element): void {
    const { figure, commands, view } = this;
    const { range } = this.parts;
    range.addEventListener('input', () => this.#go(Number(range.value)));
    partOf(figure, '.ck-bar').addEventListener('click', ({ target }) => {
      commands[target.closest('[data-do]')?.dataset.do as Command]?.();
    });
    partOf(figure, '.ck-tabs').addEventListener('click', ({ target }) => {
      const { tab } = target.closest('[data-tab]')?.dataset ?? {};
      if (tab !== undefined) this.#turnTo(tab);
    });
    partOf(figure, 'div.ck-source').addEventListener('click', ({ target }) => {
      const list = target.closest('[data-unfold]')?.closest('.lines');
      if (list) list.className = 'lines open';
      if (list) this.source.refresh(this.moment);
    });
    figure.addEventListener('keydown', (event) => {
      const command = commandOf(event);
      if (command === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      commands[command]();
    });
    onDrag(scroll, {
      to: (clientX) => this.#go(view.momentAt(clientX)),
      held: (yes) => {
        view.held = yes;
      },
    });
    const observer = new page.ResizeObserver(() => {
      if (!view.stale) return;
      view.draw();
      this.#redrawn();
    });
    observer.observe(figure);
  }
}

/** The height of what stands above a figure in the output of its cell: what was printed, the comparison of a prediction. */
function aboveIn(figure: Element): number {
  const output = '.jp-OutputArea-child,.output';
  let first = figure.closest(output);
  for (let one = first; one?.closest(output) === one && one !== null; one = one.previousElementSibling) first = one;
  const top = (first ?? figure.previousElementSibling)?.getBoundingClientRect().top;
  return top === undefined ? 0 : Math.max(0, figure.getBoundingClientRect().top - top);
}

/** The height that a slide leaves for a figure, in the slide's own pixels; undefined if it is on none. */
function leftOnSlide(figure: Element): number | undefined {
  const [deck, slide] = [figure.closest('.reveal .slides'), figure.closest('.reveal section')];
  if (deck === null || slide === null) return undefined;
  const others = slide.getBoundingClientRect().height - figure.getBoundingClientRect().height;
  return deck.clientHeight - others / zoomOf(slide);
}

/** The function, asked once for each number: zooming draws again and again at one width. */
function remembered<Result>(of: (number: number) => Result): (number: number) => Result {
  const known = new Map<number, Result>();
  return (number) => {
    const result = known.get(number) ?? of(number);
    known.set(number, result);
    return result;
  };
}

/** The moment at which the first step begins: at moment 0 there is nothing to see. */
function firstStep({ lanes }: Model): number {
  const begins = lanes.flatMap(({ stretches }) => stretches.find(({ state }) => state === 'running')?.from ?? []);
  return begins.length === 0 ? 0 : begins.reduce((a, b) => Math.min(a, b));
}

/** The time at a place on the axis, which lies between a moment and the next. */
function timeAt({ times }: Model, { x }: Axis, moment: number, place: number): number {
  const [from = 0, to = from] = [times[moment], times[moment + 1]];
  const [left, right] = [x(moment), x(moment + 1)];
  const part = right > left ? Math.min(1, Math.max(0, (place - left) / (right - left))) : 0;
  return from + part * (to - from);
}

function calm(): boolean {
  return page.matchMedia('(prefers-reduced-motion:reduce)').matches;
}

page.ckPlayer = { boot };
