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

/**
 * The colours in light and dark, for a page of a browser of today. JupyterLab, nbconvert and VS Code state their theme on the
 * body; on any other page the system's theme decides. Stands below rules with `all`, which would drop the scheme.
 */
export const coloursOf = (names: readonly string[] = Object.keys(LIGHT)): string => {
  const colours: Readonly<Record<string, string>> = LIGHT;
  const dark: Readonly<Record<string, string>> = DARK;
  const both = names.map((name) => {
    const pair = `light-dark(${colours[name]},${dark[name]})`;
    // JupyterLab's own ground, where there is one.
    return `--ck-${name}:${name === 'bg' ? `var(--jp-layout-color0,${pair})` : pair}`;
  });
  return (
    `.ck{color-scheme:light dark;${both.join(';')}}` +
    ':is([data-jp-theme-light=true],.vscode-light) .ck{color-scheme:light}:is([data-jp-theme-light=false],.vscode-dark) .ck{color-scheme:dark}'
  );
};

/** How what is drawn is painted. */
export const PAINT = [
  '.ck text{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--ck-text)}',
  '.ck .bg{fill:var(--ck-bg)}',
  '.ck .box{fill:var(--ck-bg);stroke:var(--ck-line)}',
  '.ck text.m{fill:var(--ck-muted)}',
  '.ck .grid{stroke:var(--ck-line);fill:none}',
  '.ck .tick{font-size:11px;text-anchor:middle}',
  '.ck .run{fill:var(--ck-run);stroke:var(--ck-run)}',
  '.ck .sus{stroke:var(--ck-wait-edge)}',
  '.ck .rdy{fill:var(--ck-ready);stroke:var(--ck-ready-edge)}',
  '.ck .new{fill:var(--ck-bg);stroke:var(--ck-hollow)}',
  '.ck .lost{fill:none;stroke:var(--ck-failed);stroke-dasharray:4 3}',
  '.ck .hb{fill:var(--ck-wait)}.ck .hl{stroke:var(--ck-hatch)}',
  '.ck .halo{paint-order:stroke;stroke:var(--ck-wait);stroke-width:4px;stroke-linejoin:round}',
  '.ck .name{paint-order:stroke;stroke:var(--ck-bg);stroke-width:4px;stroke-linejoin:round}',
  // The player moves these along, so that they stay visible when somebody scrolls to the right.
  '.ck .stay{transform:translateX(var(--ck-scrolled,0))}',
  '.ck .base{fill:none;stroke:var(--ck-line)}',
  '.ck text.onrun{fill:var(--ck-on-run)}',
  '.ck .spawn{fill:none;stroke:var(--ck-wait-edge)}',
  '.ck .end{stroke-width:2;stroke-linecap:round;stroke-linejoin:round}',
  // An ending: its mark is stroked, its words are filled.
  '.ck .done{stroke:var(--ck-done);fill:none}.ck text.done{fill:var(--ck-done);stroke:none}',
  '.ck .failed{stroke:var(--ck-failed);fill:none}.ck text.failed{fill:var(--ck-failed);stroke:none}',
  '.ck .cancelled{stroke:var(--ck-cancelled);fill:none}.ck text.cancelled{fill:var(--ck-cancelled);stroke:none}',
  '.ck .says{fill:var(--ck-text);stroke:var(--ck-bg);stroke-width:.8}',
  '.ck .block{fill:var(--ck-failed);stroke:none}.ck .head{fill:var(--ck-cancelled);stroke:none}',
].join('');
