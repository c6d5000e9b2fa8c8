// The panel of the source: writes the lines once, and from moment to moment only what changes on them.

import type { NameOf } from '../lanes/words.ts';
import type { Model } from '../model/model.ts';
import { arrowsOf, GUTTER } from './arrows.ts';
import { type Element, put, zoomOf } from './dom.ts';
import {
  foldsOf,
  type Lit,
  litLines,
  type Sources,
  type Spot,
  sourceHtml,
  type Touched,
  type Way,
  waysAt,
} from './source-lines.ts';
import { hanging, keyOf } from './source-rows.ts';

/** The height of a line; all that the panel holds is in lines. */
const LINE = 18;
/** The frame of the panel, above its title. */
const FRAME = 1;

/** Shows the source, lit for one moment after another. */
export class SourcePanel {
  private readonly element: Element;
  readonly #model: Model;
  readonly #sources: Sources;
  readonly #name: NameOf;
  readonly #lines = new Map<string, Element>();
  #lit = new Map<string, string>();
  private arrows: Element | null = null;
  #drawn = '';
  /** The line to which the panel was last scrolled. */
  #seen: string | undefined;

  constructor(
    element: Element,
    model: Model,
    sources: Sources,
    touched: Touched,
    chips: ReadonlyMap<string, number>,
    name: NameOf,
  ) {
    this.element = element;
    this.#model = model;
    this.#sources = sources;
    this.#name = name;
    const files = foldsOf(sources);
    if (files.length === 0) return;
    put(element, `${sourceHtml(sources, touched)}<svg class="ck-arrows" aria-hidden="true" width="${GUTTER}"></svg>`);
    this.arrows = element.querySelector('.ck-arrows');
    for (const [at, list] of [...element.querySelectorAll('.lines')].entries()) {
      for (const [index, line] of [...list.querySelectorAll('[data-line]')].entries()) {
        const { file = '', lines = [] } = files[at] ?? {};
        const key = keyOf({ file, line: index + 1 });
        this.#lines.set(key, line);
        line.style.setProperty('--ck-hangs', String(hanging(lines[index] ?? '')));
        line.style.setProperty('--ck-chips', `${chips.get(key) ?? 0}px`);
      }
    }
  }

  /** Lights the lines of a moment. */
  show(moment: number): void {
    if (this.#lines.size === 0) return;
    const all = litLines(this.#model, moment, this.#sources, this.#name);
    const next = new Map(all.map((one) => [keyOf(one), `${one.kind}|${one.chips}`]));
    for (const key of this.#lit.keys()) if (!next.has(key)) this.#write(key, '', '');
    for (const one of all) {
      const key = keyOf(one);
      if (this.#lit.get(key) !== next.get(key)) this.#write(key, one.kind, one.chips);
    }
    this.#lit = next;
    const ways = waysAt(this.#model, moment, this.#sources);
    this.#drawArrows(ways);
    const way = ways.at(-1);
    const ends = way === undefined ? [] : [way.from, way.stops.at(-1)].filter((one) => one != null);
    const told = [...all.filter(({ kind }) => kind === 'on'), ...ends];
    const fresh = all.filter((one) => one.fresh);
    this.#keepInSight(told.length > 0 ? told : fresh.length > 0 || this.#seen !== undefined ? fresh : all.slice(0, 1));
  }

  /** Draws the arrows anew and scrolls again, after lines were unfolded. */
  refresh(moment: number): void {
    this.#drawn = '';
    this.#seen = undefined;
    const panel = this.element.closest('.ck-panel');
    panel?.style.setProperty('--ck-spare', `${this.#roomIn(panel).spare}px`);
    this.show(moment);
  }

  #write(key: string, kind: Lit['kind'], chips: string): void {
    const line = this.#lines.get(key);
    if (line === undefined) return;
    line.className = kind;
    const who = line.querySelector('.who');
    if (who !== null) put(who, chips);
  }

  #drawArrows(ways: readonly Way[]): void {
    const { arrows } = this;
    if (arrows === null || (ways.length === 0 && this.#drawn === '')) return;
    const top = this.element.getBoundingClientRect().top;
    const zoom = zoomOf(this.element);
    const middle = (spot: Spot): number => {
      const box = this.#lines.get(keyOf(spot))?.getBoundingClientRect();
      return box === undefined ? 0 : (box.top - top) / zoom + LINE / 2;
    };
    const tracks = ways.map(({ from, stops }) => ({ from: from && middle(from), stops: stops.map(middle) }));
    const svg = arrowsOf(tracks);
    if (svg === this.#drawn) return;
    this.#drawn = svg;
    put(arrows, svg);
  }

  /** Scrolls the panel to a line; never scrolls the page. */
  #keepInSight(spots: readonly Spot[]): void {
    const key = spots.map(keyOf).join();
    if (key === this.#seen || spots.length === 0) return;
    this.#seen = key;
    const panel = this.element.closest('.ck-panel');
    const boxes = spots.flatMap((one) => this.#lines.get(keyOf(one))?.getBoundingClientRect() ?? []);
    if (boxes.length === 0 || panel === null) return;
    const { title, lines } = this.#roomIn(panel);
    const { top: above } = panel.getBoundingClientRect();
    // A figure for a projector is magnified; the panel scrolls in its own pixels.
    const zoom = zoomOf(panel);
    const [top, end] = [
      Math.min(...boxes.map((box) => box.top)),
      Math.max(...boxes.map((box) => box.top + box.height)),
    ].map((y) => Math.round((y - above) / zoom - FRAME - title)) as [number, number];
    if (top < 0) panel.scrollTop += top;
    // By whole lines, and where not all of it fits, its beginning is shown.
    else if (end > lines) panel.scrollTop += Math.min(top, LINE * Math.ceil((end - lines) / LINE));
  }

  /** The height of the title, which stays in sight above the lines, of the whole lines below it, and of what is left. */
  #roomIn(panel: Element): { readonly title: number; readonly lines: number; readonly spare: number } {
    const title = panel.querySelector('.ck-title')?.clientHeight ?? 0;
    const room = panel.clientHeight - title;
    return { title, lines: room - (room % LINE), spare: room % LINE };
  }
}
