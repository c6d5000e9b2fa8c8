// What the player adds below the lanes. It is made in the page and not stored as HTML: code hosts and untrusted
// notebooks run no scripts, and would show the words of buttons that do nothing.

import { KEYS_HELP } from './keys.ts';

/** The speeds; 1 is selected at first. */
export const SPEEDS = ['0.1', '0.25', '0.5', '1', '2', '4', '8'] as const;
/** Seconds that the whole trace takes to play at speed 1. */
export const WHOLE = 12;

const button = (does: string, sign: string, says: string): string =>
  `<button type="button" data-do="${does}" title="${says}" aria-label="${says}">${sign}</button>`;

const speeds = SPEEDS.map(
  (speed) => `<option value="${speed}"${speed === '1' ? ' selected' : ''}>whole in ${WHOLE / Number(speed)} s</option>`,
);

const BAR =
  '<div class="ck-bar" role="toolbar" aria-label="Player">' +
  button('first', '⇤', 'To the beginning (Home)') +
  button('back', '◂', 'One event back (left arrow; with shift ten)') +
  button('play', '▶', 'Play (space)') +
  button('forward', '▸', 'One event forward (right arrow; with shift ten)') +
  '<input type="range" min="0" value="0" step="1" aria-label="Event" title="Drag to move through the trace">' +
  `<select aria-label="How long the whole takes" title="How long the whole trace takes to play (&lt; slower, &gt; faster)">${speeds.join('')}</select>` +
  button('out', '−', 'Zoom out (−)') +
  button('in', '+', 'Zoom in (+)') +
  button('stop', '⊙', 'Stop here in the debugger when it runs again (s)') +
  '<button type="button" data-do="help" title="Keys (?)" aria-label="Keys" aria-expanded="false">?</button>' +
  '<span class="ck-sampled"></span></div>';

const HELP = `<div class="ck-help" hidden>${KEYS_HELP.map(([keys, does]) => `<span><span class="key">${keys.replace('<', '&lt;').replace('>', '&gt;')}</span> ${does}</span>`).join('')}</div>`;

const panel = (kind: string, title: string): string =>
  `<div class="ck-panel" data-panel="${kind}" role="region" tabindex="0" aria-label="${title}"><span class="ck-title" role="heading" aria-level="3">${title}</span><div class="ck-${kind}"></div></div>`;

const PANELS = [
  ['source', 'Source'],
  ['output', 'Output'],
  ['strip', 'Loop'],
  ['graph', 'Who waits for whom'],
] as const;

/** In a narrow figure one panel shows at a time. */
const TABS = PANELS.map(
  ([kind, title], at) =>
    `<button type="button" data-tab="${kind}" aria-pressed="${at === 0}" title="${title} (click)">${title.replace(' for whom', '')}</button>`,
);

/** The bar, the status line and the panels, as HTML. No part is a <section>: a deck of slides would take it for one. */
export const PARTS =
  `${BAR}${HELP}<div class="ck-status" role="status"></div><div class="ck-tabs">${TABS.join('')}</div>` +
  `<div class="ck-panels">${'<div class="ck-column"></div>'.repeat(3)}${PANELS.map(([kind, title]) => panel(kind, title)).join('')}</div>`;
