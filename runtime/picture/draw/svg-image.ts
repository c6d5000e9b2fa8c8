// An SVG as an image of a page. Code hosts and untrusted notebooks remove inline SVG and style elements, or keep the one
// and remove the other, which leaves black boxes. An image with a data address stays, with its own style inside.

import { Buffer } from 'node:buffer';
import { safe } from './svg-text.ts';

/** JupyterLab's theme and VS Code's need not be the system's, which an image goes by unless told. */
export const STILL =
  'body[data-jp-theme-light="true"] .ck-still,body.vscode-light .ck-still{color-scheme:light}' +
  'body[data-jp-theme-light="false"] .ck-still,body.vscode-dark .ck-still{color-scheme:dark}';

/** The image element; `said` is for who cannot see it. */
export function imageOf(svg: string, said: string): string {
  const { size, address } = imageData(svg);
  return `<img class="ck-still"${size} alt="${safe(said)}" src="${address}">`;
}

/** A drawing, and for which windows it is, as a media query; none for all that are left. */
export interface Choice {
  readonly svg: string;
  readonly media?: string;
}

/** Of several drawings the first that is for this window, without scripts; where choosing is stripped, the last. */
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
