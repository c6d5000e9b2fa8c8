// Turns text with ANSI colours into HTML: tracebacks and terminal output of programs. Other sequences are removed.

import { withoutControls } from '#host/terminal-text';
import { escapeHtml } from '../../../runtime/escape.ts';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

interface Style {
  readonly classes: ReadonlySet<string>;
  readonly colours: ReadonlyMap<'color' | 'background-color', string>;
}

const PLAIN: Style = { classes: new Set(), colours: new Map() };

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a sequence
const SEQUENCE = /\x1b\[([\d;]*)m/;

/** The text as HTML; its colours become classes such as `ansi-fg-red`. */
export function ansiToHtml(text: string): string {
  // Every second piece is the inside of a colour sequence.
  const pieces = overwritten(text).split(SEQUENCE);
  let style = PLAIN;
  let html = '';
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 1) style = after(style, piece.split(';').map(Number));
    else html += span(escapeHtml(withoutControls(piece)), style);
  }
  return html;
}

/** Applies carriage returns, as a terminal does for progress bars: the text before one is overwritten. */
function overwritten(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/^.*\r(?=[^\n])/gm, '')
    .replaceAll('\r', '');
}

function span(text: string, { classes, colours }: Style): string {
  if (text === '' || (classes.size === 0 && colours.size === 0)) return text;
  const named = classes.size > 0 ? ` class="${[...classes].join(' ')}"` : '';
  const coloured =
    colours.size > 0 ? ` style="${[...colours].map(([name, value]) => `${name}:${value}`).join(';')}"` : '';
  return `<span${named}${coloured}>${text}</span>`;
}

const weights = new Map([
  [1, 'bold'],
  [2, 'dim'],
  [3, 'italic'],
  [4, 'underline'],
]);

/** The style after a sequence of codes. https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
function after({ classes, colours }: Style, codes: readonly number[]): Style {
  let names = new Set(classes);
  let values = new Map(colours);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] as number;
    const weight = weights.get(code);
    if (code === 0) [names, values] = [new Set(), new Map()];
    else if (weight) names.add(`ansi-${weight}`);
    else if (code === 22) names = without(names, /bold|dim/);
    else if (code === 23) names = without(names, /italic/);
    else if (code === 24) names = without(names, /underline/);
    else if (code === 38 || code === 48) {
      const [colour, used] = extended(codes.slice(index + 1));
      if (colour) values.set(code === 38 ? 'color' : 'background-color', colour);
      index += used;
    } else if (code === 39 || code === 49) {
      names = without(names, code === 39 ? /^ansi-fg/ : /^ansi-bg/);
      values.delete(code === 39 ? 'color' : 'background-color');
    } else names = withColour(names, code);
  }
  return { classes: names, colours: values };
}

function withColour(names: Set<string>, code: number): Set<string> {
  const [base, kind] =
    (
      [
        [30, 'fg'],
        [40, 'bg'],
        [90, 'fg'],
        [100, 'bg'],
      ] as const
    ).find(([from]) => code >= from && code < from + 8) ?? [];
  if (base === undefined) return names;
  return without(names, new RegExp(`^ansi-${kind}`)).add(`ansi-${kind}-${NAMES[code - base]}`);
}

function without(names: ReadonlySet<string>, pattern: RegExp): Set<string> {
  return new Set([...names].filter((name) => !pattern.test(name)));
}

/** 256 colours (5;n) and true colours (2;r;g;b): the colour and how many codes it took. */
function extended([kind, ...values]: readonly number[]): readonly [string | undefined, number] {
  if (kind === 2)
    return [
      `rgb(${values
        .slice(0, 3)
        .map((value) => value & 255)
        .join(',')})`,
      4,
    ];
  if (kind !== 5) return [undefined, 0];
  const index = (values[0] ?? 0) & 255;
  if (index < 16) return [undefined, 2];
  if (index > 231)
    return [
      `rgb(${Array(3)
        .fill(8 + 10 * (index - 232))
        .join(',')})`,
      2,
    ];
  const level = (value: number) => (value === 0 ? 0 : 55 + 40 * value);
  const [red, green, blue] = [Math.floor((index - 16) / 36), Math.floor((index - 16) / 6) % 6, (index - 16) % 6];
  return [`rgb(${level(red)},${level(green)},${level(blue)})`, 2];
}
