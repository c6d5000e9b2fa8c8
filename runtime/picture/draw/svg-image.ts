// An SVG as an <img> element. Code hosts and untrusted notebooks remove inline SVG, style elements or both; an SVG
// without its style is black boxes. They keep an image with a data URL, and its style is inside it.

import { Buffer } from 'node:buffer';
import { safe } from './svg-text.ts';

/** An image follows the system's theme unless a rule says otherwise; JupyterLab and VS Code may use another theme. */
export const STILL =
  'body[data-jp-theme-light="true"] .ck-still,body.vscode-light .ck-still{color-scheme:light}' +
  'body[data-jp-theme-light="false"] .ck-still,body.vscode-dark .ck-still{color-scheme:dark}';

/** The image element; `said` is its text alternative. */
export function imageOf(svg: string, said: string): string {
  const { size, address } = imageData(svg);
  return `<img class="ck-still"${size} alt="${safe(said)}" src="${address}">`;
}

/** A drawing, and the media query of the windows that it is for; without one it is for all remaining windows. */
export interface Choice {
  readonly svg: string;
  readonly media?: string;
}

/** Shows the first drawing whose query matches the window, without scripts. If a host strips <picture>, the last. */
export function pictureOf(choices: readonly Choice[], said: string): string {
  const last = imageOf(choices.at(-1)?.svg ?? '', said);
  if (choices.length < 2) return last;
  const sources = choices.slice(0, -1).map(({ svg, media = 'all' }) => {
    const { size, address } = imageData(svg);
    return `<source media="${media}"${size} srcset="${address}">`;
  });
  return `<picture>${sources.join('')}${last}</picture>`;
}

function imageData(svg: string): { readonly size: string; readonly address: string } {
  const [, width = '', height = ''] = /\swidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return { size: ` width="${width}" height="${height}"`, address };
}
