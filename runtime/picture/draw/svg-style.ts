// The style of a picture that stands by itself: its colours and how they are painted, also for viewers that know no custom
// properties. Not for the player's figures, whose style is in theme.ts and figure-style.ts.

import { DARK, LIGHT, PAINT, type Palette } from './theme.ts';

function declared(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--ck-${name}:${colour}`)
    .join(';');
}

/** JupyterLab, nbconvert and VS Code state their theme on the body. On any other page the system's theme decides. */
const SAYS_LIGHT = ['body[data-jp-theme-light="true"]', 'body.vscode-light'];
const SAYS_DARK = ['body[data-jp-theme-light="false"]', 'body.vscode-dark'];

const within = (hosts: readonly string[]): string => hosts.map((host) => `${host} .ck`).join(',');

/**
 * The colours, light and dark: the reader's system chooses, for a picture outside a page has nothing else to decide by.
 * If the page has a theme and a background of its own, these take precedence.
 */
const COLOURS = [
  `.ck,${within(SAYS_LIGHT)}{${declared(LIGHT)}}`,
  `@media (prefers-color-scheme:dark){.ck{${declared(DARK)}}}`,
  `${within(SAYS_DARK)}{${declared(DARK)}}`,
  `body[data-jp-theme-light="true"] .ck{--ck-bg:var(--jp-layout-color0,${LIGHT.bg})}`,
  `body[data-jp-theme-light="false"] .ck{--ck-bg:var(--jp-layout-color0,${DARK.bg})}`,
].join('');

/** The colour stands twice: a viewer that does not know custom properties keeps the first. */
const doubled = (rules: string): string =>
  rules.replace(
    /(fill|stroke):var\(--ck-([\w-]+)\)/g,
    (whole, property: string, name: keyof Palette) => `${property}:${LIGHT[name]};${whole}`,
  );

/** The rules of a picture that is inline in a page. */
export const STYLE = COLOURS + doubled(PAINT);

/** The bars of an image are thick lines. */
const BARS =
  '.ck .bar{fill:none}.ck .bar.sus{stroke:url(#h)}.ck .bar.new{stroke:var(--ck-hollow)}.ck .bar.rdy{stroke:var(--ck-ready)}' +
  '.ck .hole{stroke:var(--ck-bg)}';

/** The rules of a picture that is an image: only those that it needs, since it knows nothing of the page. */
export function imageStyle(svg: string): string {
  const classes = new Set<string>([...svg.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')));
  const rules = (PAINT + BARS).match(/[^{}]+\{[^{}]*\}/g) ?? [];
  const kept = rules.filter((rule) => {
    const [, names = ''] = /^\.ck (?:text)?((?:\.[\w-]+)*)/.exec(rule) ?? [];
    return names.split('.').every((name) => name === '' || classes.has(name));
  });
  const paint = kept.join('').replaceAll('.ck ', '');
  const used = (palette: Palette): string =>
    Object.entries(palette)
      .filter(([name]) => `${paint}${svg}`.includes(`var(--ck-${name})`))
      .map(([name, colour]) => `--ck-${name}:${colour}`)
      .join(';');
  return `svg{${used(LIGHT)}}@media (prefers-color-scheme:dark){svg{${used(DARK)}}}${paint}`;
}
