// Text and numbers for SVG and HTML: escaped, shortened, and the width of text in a monospaced font.

import { escapeHtml } from '../../escape.ts';
import { columns } from '../../width.ts';

/** Text for an element or a quoted attribute, in XML and HTML alike; characters that XML forbids become �. */
export function safe(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  return escapeHtml(text.toWellFormed().replace(forbidden, '\ufffd'));
}

/** Text for an element of HTML: quotes and `>` stand there for themselves, which a notebook stores in fewer bytes. */
export function safeText(text: string): string {
  return safe(text).replace(/&(?:#39|quot|gt);/g, (sign) => (sign === '&gt;' ? '>' : sign === '&quot;' ? '"' : "'"));
}

/** A coordinate, rounded to a tenth. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Width of one column of a monospaced font, in em. */
const COLUMN = 0.602;

/** The width of text at a font size. */
export function textWidth(text: string, size: number): number {
  return columns(text) * COLUMN * size;
}

/** Text in one line of at most this width; it ends in an ellipsis if it was cut. */
export function fitted(text: string, width: number, size: number): string {
  const line = text.replace(/\s+/g, ' ');
  if (textWidth(line, size) <= width) return line;
  const most = Math.floor(width / (COLUMN * size)) - 1;
  let kept = '';
  for (const character of line) {
    if (columns(kept + character) > most) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A name in one line of at most this width, cut in the middle: names often differ only at their end. */
export function fittedName(name: string, width: number, size: number): string {
  const line = name.replace(/\s+/g, ' ');
  if (textWidth(line, size) <= width) return line;
  const most = Math.floor(width / (COLUMN * size)) - 1;
  const characters = [...line];
  const tail: string[] = [];
  while (columns(characters.at(-1) ?? '') + columns(tail.join('')) <= most / 2) tail.unshift(characters.pop() ?? '');
  let kept = '';
  for (const character of characters) {
    if (columns(kept + character) + columns(tail.join('')) > most) break;
    kept += character;
  }
  return `${kept.trimEnd()}…${tail.join('').trimStart()}`;
}

/** Text in at most `most` lines of that width, broken between words; it ends in an ellipsis if it was cut. */
export function wrapped(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text.replace(/\s+/g, ' ').trim();
  while (rest !== '' && lines.length + 1 < most && textWidth(rest, size) > width) {
    const words = rest.split(' ');
    let taken = 1;
    while (taken < words.length && textWidth(words.slice(0, taken + 1).join(' '), size) <= width) taken++;
    lines.push(fitted(words.slice(0, taken).join(' '), width, size));
    rest = words.slice(taken).join(' ');
  }
  return rest === '' ? lines : [...lines, fitted(rest, width, size)];
}

/** A short id that depends only on the text. Ids must differ between the pictures of one page. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
