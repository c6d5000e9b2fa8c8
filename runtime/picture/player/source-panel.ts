// The panel of the source: writes the lines once, and from moment to moment only what changes on them.

import type { NameOf } from '../lanes/words.ts';
import type { Model } from '../model/model.ts';
import { arrowsOf, GUTTER } from './arrows.ts';
import type { Element } from './dom.ts';
import { filesOf, type Lit, litLines, type Sources, type Spot, sourceHtml, type Way, waysAt } from './source-lines.ts';

/** Shows the source, lit for one moment after another. */
export class SourcePanel {
  private readonly element: Element;
  private readonly model: Model;
  private readonly sources: Sources;
  private readonly name: NameOf;
  private readonly lines = new Map<string, Element>();
  private lit = new Map<string, string>();
  private arrows: Element | null = null;
  private drawn = '';
  /** The line to which the panel was last scrolled. */
  private seen: string | undefined;

  constructor(element: Element, model: Model, sources: Sources, name: NameOf) {
    this.element = element;
    this.model = model;
    this.sources = sources;
    this.name = name;
    const files = filesOf(sources);
    if (files.length === 0) return;
    element.innerHTML = `${sourceHtml(sources)}<svg class="ck-arrows" aria-hidden="true" width="${GUTTER}"></svg>`;
    this.arrows = element.querySelector('.ck-arrows');
    for (const [at, list] of [...element.querySelectorAll('ol')].entries()) {
      for (const [index, line] of [...list.querySelectorAll('li')].entries()) {
        this.lines.set(`${index + 1} ${files[at]}`, line);
      }
    }
  }

  /** Lights the lines of a moment. */
  show(moment: number): void {
    if (this.lines.size === 0) return;
    const all = litLines(this.model, moment, this.sources, this.name);
    const next = new Map(all.map((one) => [keyOf(one), `${one.kind}|${one.chips}`]));
    for (const key of this.lit.keys()) if (!next.has(key)) this.write(key, '', '');
    for (const one of all) {
      const key = keyOf(one);
      if (this.lit.get(key) !== next.get(key)) this.write(key, one.kind, one.chips);
    }
    this.lit = next;
    const ways = waysAt(this.model, moment, this.sources);
    this.drawArrows(ways);
    const first = this.seen === undefined ? all[0] : undefined;
    this.keepInSight(all.find(({ kind }) => kind === 'on') ?? ways.at(-1)?.stops.at(-1) ?? first);
  }

  private write(key: string, kind: Lit['kind'], chips: string): void {
    const line = this.lines.get(key);
    if (line === undefined) return;
    line.className = kind;
    const who = line.querySelector('.who');
    if (who !== null) who.innerHTML = chips;
  }

  private drawArrows(ways: readonly Way[]): void {
    const { arrows } = this;
    if (arrows === null || (ways.length === 0 && this.drawn === '')) return;
    const top = this.element.getBoundingClientRect().top;
    const middle = (spot: Spot): number => {
      const box = this.lines.get(keyOf(spot))?.getBoundingClientRect();
      return box === undefined ? 0 : box.top - top + box.height / 2;
    };
    const tracks = ways.map(({ from, stops }) => ({ from: from && middle(from), stops: stops.map(middle) }));
    const svg = arrowsOf(tracks);
    if (svg === this.drawn) return;
    this.drawn = svg;
    arrows.innerHTML = svg;
  }

  /** Scrolls the panel to a line; never scrolls the page. */
  private keepInSight(one: Spot | undefined): void {
    const key = one && keyOf(one);
    if (key === this.seen || key === undefined) return;
    this.seen = key;
    const line = this.lines.get(key);
    const panel = this.element.closest('section');
    if (!line || panel === null) return;
    const [box, frame] = [line.getBoundingClientRect(), panel.getBoundingClientRect()];
    const above = box.top - frame.top - 30;
    const below = box.top + box.height - (frame.top + panel.clientHeight) + 8;
    // After a jump a third of the panel stays free for the next lines; from line to line it scrolls only as needed.
    const ahead = below > 2 * box.height ? panel.clientHeight / 3 : 0;
    if (above < 0) panel.scrollTop += above;
    else if (below > 0) panel.scrollTop += below + ahead;
  }
}

function keyOf({ file, line }: Spot): string {
  return `${line} ${file}`;
}
