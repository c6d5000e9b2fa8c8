// What a live page has beside the executed one: its policy, its script, its settings, and the rules of its buttons.

import { LIVE_ID } from './safe-markup.ts';

/** Where the parts of a live page are, relative to it. */
export interface LivePage {
  /** The folder of the page's script, `live-1a2b3c/`. */
  readonly folder: string;
  /** Specifier → address of each local module that the notebook imports. */
  readonly modules: Readonly<Record<string, string>>;
  /** The address of the notebook itself. */
  readonly notebook: string;
  /** The service worker. */
  readonly serviceWorker: string;
  /** The notebook in a JupyterLite that the site has; undefined where it has none. */
  readonly lite?: string | undefined;
}

/**
 * The Content-Security-Policy of a page. Scripts come from the site alone: what a cell displays, or a stranger's output, runs
 * none, and makes no frame, for a cell could find a page to put into it.
 */
export const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  'img-src * data: blob:',
  'media-src * data: blob:',
  'font-src * data:',
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The settings, which no script reads as JavaScript, and the script. */
export function scripts({ folder, ...rest }: LivePage): string {
  const settings = JSON.stringify(rest).replaceAll('<', '\\u003c');
  return (
    `<script type="application/json" id="${LIVE_ID}">${settings}</script>\n` +
    `<script type="module" src="${folder}page.js"></script>\n`
  );
}

/** The rules of what the script adds. */
export const liveStyle = `
body.live { padding-bottom: 4rem; } :root:has(> .live) { scroll-padding-bottom: 4.5rem; }
.live .input { display: flow-root; }
.live .input > pre { cursor: text; padding-right: 3rem; white-space: pre-wrap; overflow-wrap: anywhere; } .live pre.output { max-height: 32rem; overflow-y: auto; } .live .input > pre:focus-visible { outline: 2px solid var(--blue); outline-offset: -2px; }
.bar { display: flex; gap: .4rem; padding: .3rem .5rem .4rem; border-top: 1px solid var(--line); }
.bar button, .page-bar button { font: inherit; font-size: .8125rem; line-height: 1.2; padding: .3rem .7rem; min-height: 1.75rem;
  color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 5px; cursor: pointer; }
.bar button:first-child { color: var(--ground); background: var(--blue); border-color: var(--blue); font-weight: 600; }
.running .bar button:first-child { background: var(--red); border-color: var(--red); }
.bar button:hover, .page-bar button:hover:enabled { filter: brightness(.95); } .page-bar button:disabled { opacity: .45; cursor: default; }
.bar button:focus-visible, .page-bar button:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.running > .input { border-color: var(--blue); } .failed > .input { border-color: var(--red); }
.page-bar { position: fixed; right: 1rem; bottom: 1rem; display: flex; align-items: center; gap: .4rem; padding: .4rem .6rem; z-index: 2;
  background: var(--box); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 2px 10px #0003; font-size: .8125rem; max-width: calc(100vw - 2rem); flex-wrap: wrap; }
.page-bar a { color: var(--blue); padding: 0 .3rem; }
.page-bar [role=status] { color: var(--faint); min-width: 4rem; }
.cm-editor { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .875rem; background: none; }
.cm-editor.cm-focused { outline: 2px solid var(--blue); outline-offset: -2px; border-radius: 6px; } .cm-editor .cm-scroller { font: inherit; line-height: 1.45; }
.cm-editor .cm-content { padding: .6rem .4rem; caret-color: var(--text); } .cm-editor .cm-cursor { border-color: var(--text); }
.stored > summary { margin: .35rem .8rem; color: var(--faint); font-size: .8125rem; cursor: pointer; }
.question { margin: .3rem .8rem; } .question label { display: flex; flex-wrap: wrap; gap: .5rem; align-items: baseline; font-family: ui-monospace, monospace; font-size: .875rem; white-space: pre-wrap; }
.question input { font: inherit; flex: 1; min-width: 8rem; padding: .2rem .4rem; color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 4px; }
@media (max-width: 600px) { .count ~ .cm-editor { padding-top: .65rem; } .page-bar { left: 0; right: 0; bottom: 0; max-width: none; border-radius: 0; border-width: 1px 0 0; flex-wrap: nowrap; justify-content: space-between; } .page-bar [role=status] { min-width: 0; } }
@media (max-width: 440px) { .page-bar { flex-wrap: wrap; justify-content: flex-start; } .bar button, .page-bar button { padding: .3rem .5rem; white-space: nowrap; }
  .page-bar [role=status] { position: absolute; clip-path: inset(50%); } }
@media print { .bar, .page-bar { display: none; } .live pre.output { max-height: none; } }
`;
