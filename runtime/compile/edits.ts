// Edits of a source text: insertions, replacements and moves. They are written down in the order in which they come, and
// carried out together when the text is asked for: the source is then cut once, at all the places that they name.

interface Edit {
  readonly kind: 'appendLeft' | 'prependLeft' | 'appendRight' | 'update' | 'remove' | 'move';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Of a move: where to. */
  readonly place: number;
}

/** Stands for no piece. */
export const NONE = -1;

/** The pieces of an edited source. They have their numbers by their order in the source. */
export interface Pieces {
  /** Where each begins; behind the last one, the length of the source. */
  readonly starts: Uint32Array;
  /** What stands in the place of each; undefined where that is the source itself. */
  readonly contents: readonly (string | undefined)[];
  /** What was inserted before each one's beginning, and moves with it. */
  readonly intros: readonly string[];
  /** What was inserted behind each one's end, and moves with it. */
  readonly outros: readonly string[];
  /** The first in the edited text, and behind each the next; NONE at the end. */
  readonly first: number;
  readonly next: Int32Array;
  /** What stands before and behind all of them. */
  readonly intro: string;
  readonly outro: string;
}

/**
 * A source and its edits. Offsets are those of the source, in UTF-16 units. Left and right say with which side of its place
 * an insertion moves.
 */
export class Edits {
  private readonly source: string;
  private readonly edits: Edit[] = [];
  private before = '';
  private behind = '';

  constructor(source: string) {
    this.source = source;
  }

  /** Inserts behind what is left of a place, and behind what was inserted there. */
  appendLeft(place: number, text: string): void {
    this.add('appendLeft', place, place, text);
  }

  /** Inserts behind what is left of a place, before what was inserted there. */
  prependLeft(place: number, text: string): void {
    this.add('prependLeft', place, place, text);
  }

  /** Inserts before what is right of a place, and behind what was inserted there. */
  appendRight(place: number, text: string): void {
    this.add('appendRight', place, place, text);
  }

  /** Replaces a range; what was inserted before and behind it stays. */
  update(start: number, end: number, text: string): void {
    this.add('update', start, end, text);
  }

  /** Removes a range with all that was inserted into it. */
  remove(start: number, end: number): void {
    this.add('remove', start, end, '');
  }

  /** Moves a range to a place outside of it, before what is right of that place. */
  move(start: number, end: number, place: number): void {
    this.add('move', start, end, '', place);
  }

  /** Inserts before everything. */
  prepend(text: string): void {
    this.before = text + this.before;
  }

  /** Inserts behind everything. */
  append(text: string): void {
    this.behind += text;
  }

  /** The edited text. */
  toString(): string {
    const pieces = this.pieces();
    return pieces.intro + this.joined(pieces, pieces.first, NONE) + pieces.outro;
  }

  /** What a range of the source has become. */
  slice(start: number, end: number): string {
    const pieces = this.pieces(start, end);
    const first = indexOf(pieces.starts, start, 0);
    return this.joined(pieces, first, pieces.next[indexOf(pieces.starts, end, first) - 1] as number);
  }

  /** Carries the edits out. The source is cut at `further` places too. */
  pieces(...further: number[]): Pieces {
    const { edits, source } = this;
    const starts = cutsOf(edits, [0, source.length, ...further]);
    const count = starts.length - 1;
    const contents: (string | undefined)[] = new Array(count).fill(undefined);
    const intros: string[] = new Array(count).fill('');
    const outros: string[] = new Array(count).fill('');
    const list = new List(count);
    let intro = this.before;
    let outro = this.behind;
    let near = 0;
    for (const { kind, start, end, text, place } of edits) {
      const first = indexOf(starts, start, near);
      near = indexOf(starts, end, first);
      const last = near - 1;
      switch (kind) {
        case 'appendLeft':
          if (last === NONE) intro += text;
          else outros[last] += text;
          break;
        case 'prependLeft':
          if (last === NONE) intro = text + intro;
          else outros[last] = text + outros[last];
          break;
        case 'appendRight':
          if (first === count) outro += text;
          else intros[first] += text;
          break;
        case 'move':
          list.move(first, last, indexOf(starts, place, first));
          break;
        default: {
          const removed = kind === 'remove';
          for (let piece = first; piece <= last; piece++) {
            contents[piece] = piece === first ? text : '';
            if (removed || piece !== first) intros[piece] = '';
            if (removed || piece !== last) outros[piece] = '';
          }
        }
      }
    }
    return { starts, contents, intros, outros, first: list.first, next: list.next, intro, outro };
  }

  private add(kind: Edit['kind'], start: number, end: number, text: string, place = start): void {
    this.edits.push({ kind, start, end, text, place });
  }

  /** The pieces from one to another, which is left out. */
  private joined({ starts, contents, intros, outros, next }: Pieces, from: number, to: number): string {
    let text = '';
    for (let piece = from; piece !== to && piece !== NONE; piece = next[piece] as number) {
      text += intros[piece];
      text += contents[piece] ?? this.source.slice(starts[piece], starts[piece + 1]);
      text += outros[piece];
    }
    return text;
  }
}

/** The pieces in the order of the edited text. */
class List {
  first: number;
  readonly next: Int32Array;
  /** Made with the first move: most texts have none. */
  private previous: Int32Array | undefined;
  private last: number;

  constructor(count: number) {
    this.first = count === 0 ? NONE : 0;
    this.last = count - 1;
    this.next = new Int32Array(count);
    for (let piece = 0; piece < count; piece++) this.next[piece] = piece + 1;
    if (count > 0) this.next[count - 1] = NONE;
  }

  /** Moves the pieces between two, inclusive, before another; behind all where there is no such piece. */
  move(first: number, last: number, before: number): void {
    const { next } = this;
    this.previous ??= next.map((_, piece) => piece - 1);
    const { previous } = this;
    this.link(previous, previous[first] as number, next[last] as number);
    const right = before < next.length ? before : NONE;
    const left = right === NONE ? this.last : (previous[right] as number);
    this.link(previous, left, first);
    this.link(previous, last, right);
  }

  private link(previous: Int32Array, left: number, right: number): void {
    if (left === NONE) this.first = right;
    else this.next[left] = right;
    if (right === NONE) this.last = left;
    else previous[right] = left;
  }
}

/** The places at which the source is cut, each once, in order. */
function cutsOf(edits: readonly Edit[], further: readonly number[]): Uint32Array {
  const cuts = new Uint32Array(3 * edits.length + further.length);
  cuts.set(further);
  let at = further.length;
  for (const { start, end, place } of edits) {
    cuts[at++] = start;
    cuts[at++] = end;
    cuts[at++] = place;
  }
  cuts.sort();
  let count = 1;
  for (let next = 1; next < cuts.length; next++)
    if (cuts[next] !== cuts[count - 1]) cuts[count++] = cuts[next] as number;
  return cuts.subarray(0, count);
}

/** Where a number stands among sorted ones; it is one of them, and often near the place `near`. */
function indexOf(sorted: Uint32Array, number: number, near: number): number {
  if (sorted[near] === number) return near;
  if (sorted[near + 1] === number) return near + 1;
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
