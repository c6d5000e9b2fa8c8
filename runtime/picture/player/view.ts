// The lanes as the player shows them: as wide as the window times the zoom, with the cursor over them, and scrolled so
// that the cursor is visible.

import type { Layout } from '../lanes/lane-layout.ts';
import { drawView } from '../lanes/lanes.ts';
import type { Summary } from '../lanes/summary.ts';
import { count } from '../lanes/words.ts';
import type { Model } from '../model/model.ts';
import { type Element, partOf, put, zoomOf } from './dom.ts';

const NARROWEST = 160;
const MOST_ZOOM = 40;
/** What is below the last lane, where no line of words is. */
const LEAST_BELOW = 12;

/** The scrolled box with the lanes in it. */
export class View {
  layout: Layout;
  /** True while the pointer is down: then the picture must not jump away under it. */
  held = false;
  private readonly scroll: Element;
  private readonly model: Model;
  readonly #summary: Summary;
  readonly #last: number;
  private head: Element;
  #zoom = 1;
  #drawnWidth = 0;

  constructor(scroll: Element, model: Model, summary: Summary) {
    this.scroll = scroll;
    this.model = model;
    this.#summary = summary;
    this.#last = model.times.length - 1;
    this.layout = this.draw();
    this.head = partOf(scroll, '.ck-head');
    scroll.addEventListener('scroll', () => this.follow());
  }

  /** Draws the lanes anew for the present width, so that text keeps its size on a phone and on a projector. */
  draw(): Layout {
    const { scroll } = this;
    this.#drawnWidth = scroll.clientWidth;
    const window = Math.max(NARROWEST, this.#drawnWidth);
    const width = window * this.#zoom;
    const { html, layout } = drawView(this.model, this.#summary, { width, window });
    this.layout = layout;
    put(
      scroll,
      `<div class="ck-view" style="width:${width}px">${html}<div class="ck-head"></div><div class="ck-more"></div></div>`,
    );
    this.head = partOf(scroll, '.ck-head');
    this.head.style.top = `${layout.head.bottom}px`;
    this.head.style.height = `${layout.bottom - layout.head.bottom}px`;
    this.follow();
    return layout;
  }

  /** The width of the figure, in pixels. */
  get width(): number {
    return this.#drawnWidth;
  }

  /** True if the width has changed and is not zero: in a hidden tab there is no width, and nothing is drawn. */
  get stale(): boolean {
    return this.scroll.clientWidth > 0 && this.scroll.clientWidth !== this.#drawnWidth;
  }

  /** Changes the zoom by a factor, or fits the whole trace into the window, and draws. */
  magnify(by: number | 'whole'): void {
    this.#zoom = by === 'whole' ? 1 : Math.max(1, Math.min(MOST_ZOOM, this.#zoom * by));
    this.draw();
  }

  /** Puts the cursor at a place on the axis. */
  point(axis: number): void {
    const x = this.layout.left + axis;
    this.head.style.transform = `translateX(${x}px)`;
    if (this.#zoom > 1) this.#keepInSight(x);
  }

  /** The last moment to the left of a place in the window. */
  momentAt(clientX: number): number {
    const view = partOf(this.scroll, '.ck-view');
    const x = (clientX - view.getBoundingClientRect().left) / zoomOf(view) - this.layout.left;
    let [low, high] = [0, this.#last];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.layout.axis.x(middle) <= x) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Moves names and title along with the scrolling, so that they stay visible, and says how many lanes are below. */
  follow(): void {
    const { scroll, layout } = this;
    partOf(scroll, '.ck-view').style.setProperty('--ck-scrolled', `${scroll.scrollLeft}px`);
    const end = scroll.scrollTop + scroll.clientHeight;
    const lanes = layout.rows.filter(({ y }) => y + layout.size.bar / 2 > end).length;
    const more = partOf(scroll, '.ck-more');
    more.hidden = layout.height - end < LEAST_BELOW;
    more.textContent = `▾ ${lanes > 0 ? count(lanes, 'more lane') : 'more'}`;
  }

  #keepInSight(x: number): void {
    const { scroll, layout } = this;
    const [low, high] = [scroll.scrollLeft + layout.left, scroll.scrollLeft + scroll.clientWidth - 40];
    if (x >= low && x <= high) return;
    if (this.held) scroll.scrollLeft += x < low ? x - low : x - high;
    else scroll.scrollLeft = x - scroll.clientWidth / 2;
  }
}
