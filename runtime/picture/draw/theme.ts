// The colours and fonts of all pictures, light and dark. States also differ by their filling and endings by their
// shape, so that nothing depends on colour alone; colour-blind people can tell blue, amber, vermilion, green and purple
// apart. Every text has a contrast of at least 4.5 to its background (test/picture/theme.test.ts computes it).

/** A palette: names of custom properties, and their colours. */
export type Palette = Readonly<Record<keyof typeof LIGHT, string>>;

export const LIGHT = {
  bg: '#ffffff',
  panel: '#f5f7fa',
  text: '#1c232d',
  muted: '#566070',
  line: '#d5dbe3',
  run: '#0b5cad',
  'on-run': '#ffffff',
  wait: '#eaeef4',
  hatch: '#b3bfce',
  'wait-edge': '#8794a6',
  ready: '#fbe3a6',
  'ready-edge': '#996300',
  hollow: '#566070',
  done: '#0a6e52',
  failed: '#b93a04',
  cancelled: '#7a1fd6',
} as const;

export const DARK: Palette = {
  bg: '#111418',
  panel: '#1b2027',
  text: '#e9edf2',
  muted: '#a3afbd',
  line: '#343c47',
  run: '#66b3ff',
  'on-run': '#06182b',
  wait: '#252c36',
  hatch: '#4b5868',
  'wait-edge': '#7e8da0',
  ready: '#6d5210',
  'ready-edge': '#f2c14e',
  hollow: '#a3afbd',
  done: '#4fd1a1',
  failed: '#ff8f66',
  cancelled: '#f1b8f2',
};

function declared(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--ck-${name}:${colour}`)
    .join(';');
}

/** JupyterLab, nbconvert and VS Code state their theme on the body. On any other page the system's theme decides. */
const SAYS_LIGHT = ['body[data-jp-theme-light="true"]', 'body.vscode-light'];
const SAYS_DARK = ['body[data-jp-theme-light="false"]', 'body.vscode-dark'];

const within = (hosts: readonly string[]): string => hosts.map((host) => `${host} .ck`).join(',');

const MONO = 'ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace';

/** The colour stands twice: a viewer that does not know custom properties keeps the first. */
function paint(property: 'fill' | 'stroke', name: keyof Palette): string {
  return `${property}:${LIGHT[name]};${property}:var(--ck-${name})`;
}

const FALLBACK = /(fill|stroke):#\w+;(?=\1:var)/g;

const both = (name: keyof Palette): string => `${paint('fill', name)};${paint('stroke', name)}`;

/** The rules of an ending: its mark is stroked, its words are filled. */
const ending = (name: 'done' | 'failed' | 'cancelled'): string =>
  `.ck .${name}{${paint('stroke', name)};fill:none}.ck text.${name}{${paint('fill', name)};stroke:none}`;

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

/** Some of the colours for what a notebook stores: the same, as short as a browser of today takes it. */
export const coloursOf = (names: readonly (keyof Palette)[]): string => {
  const both = names.map((name) => `--ck-${name}:light-dark(${LIGHT[name]},${DARK[name]})`);
  return (
    `.ck{color-scheme:light dark;${both.join(';')}}[data-jp-theme-light] .ck{--ck-bg:var(--jp-layout-color0)}` +
    ':is([data-jp-theme-light=true],.vscode-light) .ck{color-scheme:light}:is([data-jp-theme-light=false],.vscode-dark) .ck{color-scheme:dark}'
  );
};

const PAINT = [
  `.ck text{font-family:${MONO};${paint('fill', 'text')}}`,
  `.ck .bg{${paint('fill', 'bg')}}`,
  `.ck .box{${paint('fill', 'bg')};${paint('stroke', 'line')}}`,
  `.ck text.m{${paint('fill', 'muted')}}`,
  `.ck .grid{${paint('stroke', 'line')};fill:none}`,
  '.ck .tick{font-size:11px;text-anchor:middle}',
  `.ck .run{${both('run')}}`,
  `.ck .sus{${paint('stroke', 'wait-edge')}}`,
  `.ck .rdy{${paint('fill', 'ready')};${paint('stroke', 'ready-edge')}}`,
  `.ck .new{${paint('fill', 'bg')};${paint('stroke', 'hollow')}}`,
  `.ck .lost{fill:none;${paint('stroke', 'failed')};stroke-dasharray:4 3}`,
  `.ck .hb{${paint('fill', 'wait')}}.ck .hl{${paint('stroke', 'hatch')}}`,
  `.ck .halo{paint-order:stroke;${paint('stroke', 'wait')};stroke-width:4px;stroke-linejoin:round}`,
  `.ck .name{paint-order:stroke;${paint('stroke', 'bg')};stroke-width:4px;stroke-linejoin:round}`,
  // The player moves these along, so that they stay visible when somebody scrolls to the right.
  '.ck .stay{transform:translateX(var(--ck-scrolled,0))}',
  `.ck .base{fill:none;${paint('stroke', 'line')}}`,
  `.ck text.onrun{${paint('fill', 'on-run')}}`,
  `.ck .spawn{fill:none;${paint('stroke', 'wait-edge')}}`,
  '.ck .end{stroke-width:2;stroke-linecap:round;stroke-linejoin:round}',
  ending('done'),
  ending('failed'),
  ending('cancelled'),
  `.ck .says{${paint('fill', 'text')};${paint('stroke', 'bg')};stroke-width:.8}`,
  `.ck .block{${paint('fill', 'failed')};stroke:none}.ck .head{${paint('fill', 'cancelled')};stroke:none}`,
].join('');

/** The bars of an image are thick lines. */
const BARS = [
  `.ck .bar{fill:none}.ck .bar.sus{stroke:url(#h)}.ck .bar.new{${paint('stroke', 'hollow')}}.ck .bar.rdy{${paint('stroke', 'ready')}}`,
  `.ck .hole{${paint('stroke', 'bg')}}`,
].join('');

/** The rules of a picture that is inline in a page. */
export const STYLE = COLOURS + PAINT;

/** The same for a page that runs scripts: whatever does knows custom properties. */
export const PAGE_STYLE = STYLE.replace(FALLBACK, '');

/** The rules of a picture that is an image: only those that it needs, since it knows nothing of the page. */
export function imageStyle(svg: string): string {
  const classes = new Set<string>([...svg.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')));
  const rules = (PAINT + BARS).match(/[^{}]+\{[^{}]*\}/g) ?? [];
  const kept = rules.filter((rule) => {
    const [, names = ''] = /^\.ck (?:text)?((?:\.[\w-]+)*)/.exec(rule) ?? [];
    return names.split('.').every((name) => name === '' || classes.has(name));
  });
  const paint = kept.join('').replace(FALLBACK, '').replaceAll('.ck ', '');
  const used = (palette: Palette): string =>
    Object.entries(palette)
      .filter(([name]) => `${paint}${svg}`.includes(`var(--ck-${name})`))
      .map(([name, colour]) => `--ck-${name}:${colour}`)
      .join(';');
  return `svg{${used(LIGHT)}}@media (prefers-color-scheme:dark){svg{${used(DARK)}}}${paint}`;
}
