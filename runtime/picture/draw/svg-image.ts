// An SVG as an <img> element. Code hosts and untrusted notebooks remove inline SVG, style elements or both; an SVG
// without its style is black boxes. They keep an image with a data URL, and its style is inside it.

import { safe } from './svg-text.ts';

/** An image follows the system's theme unless a rule says otherwise; JupyterLab and VS Code may use another theme. */
export const STILL =
  '.ck-still{display:block;height:auto!important;margin:0!important}' +
  ':is([data-jp-theme-light=true],.vscode-light) .ck-still{color-scheme:light}' +
  ':is([data-jp-theme-light=false],.vscode-dark) .ck-still{color-scheme:dark}';

/** The image element; `said` is its text alternative. */
export function imageOf(svg: string, said: string): string {
  const { size, address } = imageData(svg);
  return `<img class="ck-still"${size} alt="${safe(said)}" src="${address}">`;
}

function imageData(svg: string): { readonly size: string; readonly address: string } {
  const [, width = '', height = ''] = /\swidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  // Percent signs take a fifth less than base64. The address is broken into lines, because no line of a stored notebook
  // should be long; between two elements, because Chromium keeps the breaks and others drop them.
  // Within the image the names of colours need not be told from those of the page, nor be words.
  const names = new Map<string, string>();
  const text = svg
    .replaceAll('"', "'")
    .replace(/--ck-([\w-]+)/g, (_, name: string) => {
      const brief = names.get(name) ?? `--${(names.size + 10).toString(36)}`;
      names.set(name, brief);
      return brief;
    })
    .replace(/[%#<>&\n]/g, (sign) => encodeURIComponent(sign));
  const address = `data:image/svg+xml,${text.replace(/.{3000}.*?(?=%3C)/g, '$&\n')}`;
  return { size: ` width="${width}" height="${height}"`, address };
}
