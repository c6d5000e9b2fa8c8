// An SVG as an image of a page. Code hosts and untrusted notebooks remove inline SVG and style elements, or keep the one
// and remove the other, which leaves black boxes. An image with a data address stays, with its own style inside.

import { Buffer } from 'node:buffer';
import { safe } from './markup.ts';

/** JupyterLab's theme and VS Code's need not be the system's, which an image goes by unless told. */
export const STILL =
  'body[data-jp-theme-light="true"] .ck-still,body.vscode-light .ck-still{color-scheme:light}' +
  'body[data-jp-theme-light="false"] .ck-still,body.vscode-dark .ck-still{color-scheme:dark}';

/** The image element; `said` is for who cannot see it. */
export function imageOf(svg: string, said: string): string {
  const [, width = '', height = ''] = /\swidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return `<img class="ck-still" width="${width}" height="${height}" alt="${safe(said)}" src="${address}">`;
}
