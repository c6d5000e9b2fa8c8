// The table of watch(), as HTML with its own colours and a button for each task, and as text. It stays the same until
// something in it changes, so that nothing is sent while nothing happens.

import { padEnd } from '../../width.ts';
import { FRAME } from '../draw/figure-style.ts';
import { STYLE } from '../draw/svg-style.ts';
import { safe } from '../draw/svg-text.ts';
import { formatSeconds } from '../lanes/axis.ts';
import { count } from '../lanes/words.ts';
import type { State } from '../model/model.ts';
import { cancelAttributes } from './cancel.ts';

const display: unique symbol = Symbol.for('Jupyter.display') as never;

/** One task as it is shown. */
export interface Row {
  readonly task: number;
  readonly name: string;
  readonly state: State;
  readonly on: string;
  readonly where: string;
  readonly seconds: number;
  readonly cancellable: boolean;
}

/** What the table needs besides its rows. */
export interface TableContext {
  /** The watch to which its buttons belong. */
  readonly id: string;
  /** How many tasks are in each state, including those without a row. */
  readonly counts: Readonly<Record<State, number>>;
  /** True if it will not be updated again. */
  readonly final: boolean;
  /** The comm that its buttons open. */
  readonly target: string;
}

/** A table that shows itself; two tables with the same key look the same. */
export interface LiveTable {
  readonly key: string;
  toString(): string;
  [display](): Record<string, string>;
}

const HEAD = ['task', 'state', 'waits for', 'where', 'for'] as const;
const CHIPS = { running: 'on', ready: 'next', created: 'new', suspended: '' } as const;

export function tableOf(rows: readonly Row[], more: number, context: TableContext): LiveTable {
  const texts = rows.map(({ name, state, on, where, seconds }) => [
    short(name),
    state,
    short(on),
    short(where),
    roughly(seconds),
  ]);
  const summary = summaryOf(rows.length + more, context);
  const text = (): string => textTable(texts, summary, more);
  return {
    key: JSON.stringify([texts, summary]),
    toString: text,
    [display]: () => ({ 'text/html': htmlTable(rows, texts, summary, more, context), 'text/plain': text() }),
  };
}

const STATES: readonly State[] = ['running', 'ready', 'created', 'suspended'];

/** `12 tasks: 1 running, 11 suspended`. */
function summaryOf(tasks: number, { counts, final }: TableContext): string {
  const parts = STATES.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  const said = count(tasks, 'task');
  if (final) return `${said} when watching ended`;
  return parts.length === 0 ? said : `${said}: ${parts.join(', ')}`;
}

/** Rounded down to tenths below ten seconds, then to whole seconds, so that the table does not change more often. */
function roughly(seconds: number): string {
  if (seconds < 0.1) return '';
  return formatSeconds(seconds < 10 ? Math.floor(seconds * 10) / 10 : Math.floor(seconds));
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function textTable(texts: readonly (readonly string[])[], summary: string, more: number): string {
  const lines = [HEAD as readonly string[], ...texts];
  const widths = HEAD.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const written = lines.map((line) =>
    line
      .map((text, at) => padEnd(text, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    summary,
    ...(texts.length === 0 ? [] : written),
    ...(more > 0 ? [`and ${count(more, 'more task')}`] : []),
  ].join('\n');
}

/** JupyterLab and the like. A page made by nbconvert and VS Code cannot reach the kernel, so they show no buttons. */
const LIVE = ':is(.jp-NotebookPanel,.jp-LinkedOutputView,.jp-LabShell)';

const RULES = [
  '.ck-watch{overflow-x:auto}',
  '.ck-watch .rows{display:grid;grid-template-columns:repeat(6,auto);width:max-content;min-width:min(100%,640px);margin:4px 0;font-size:12.5px;font-variant-numeric:tabular-nums}',
  '.ck-watch .row{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:center;column-gap:18px;min-height:28px;border-bottom:1px solid var(--ck-line);white-space:nowrap}',
  // The buttons stay visible if the table is wider than the window.
  '.ck-watch .row>:last-child{position:sticky;right:0;background:var(--ck-bg)}',
  '.ck-watch .row:first-child{color:var(--ck-muted);font-weight:600}',
  '.ck-watch .c{font-family:ui-monospace,Menlo,Consolas,monospace}',
  '.ck-watch button{font:inherit;font-size:12px;color:var(--ck-cancelled);background:none;border:1px solid currentColor;border-radius:5px;padding:0 8px;cursor:pointer}',
  `.ck-watch button[disabled]{cursor:default;border-color:transparent}.ck-watch button{display:none}${LIVE} .ck-watch button{display:inline-block}`,
  '.ck-watch button:focus-visible{outline:2px solid var(--ck-run)}',
].join('\n');

function htmlTable(
  rows: readonly Row[],
  texts: readonly (readonly string[])[],
  summary: string,
  more: number,
  { id, final, target }: TableContext,
): string {
  const lines = rows.map((row, at) => {
    const [name = '', state = '', on = '', where = '', time = ''] = texts[at] ?? [];
    const button =
      final || !row.cancellable
        ? ''
        : `<button data-task="${row.task}" aria-label="Cancel ${safe(name)}">cancel</button>`;
    const chip = `<span class="chip ${CHIPS[row.state]}">${state}</span>`;
    const cells = [
      `<span class="c" role="cell">${safe(name)}</span><span role="cell">${chip}</span>`,
      `<span class="c" role="cell">${safe(on)}</span><span class="c" role="cell">${safe(where)}</span>`,
      `<span role="cell">${time}</span><span role="cell">${button}</span>`,
    ];
    return `<div class="row" role="row">${cells.join('')}</div>`;
  });
  const rest = more > 0 ? `<div class="none">and ${count(more, 'more task')}</div>` : '';
  const heads = HEAD.map((word) => `<span role="columnheader">${word}</span>`).join('');
  const head = `<div class="row" role="row">${heads}<span></span></div>`;
  const table = rows.length === 0 ? '' : `<div class="rows" role="table">${head}\n${lines.join('\n')}\n</div>`;
  const attributes = final ? [] : Object.entries(cancelAttributes(target, id));
  const handler = attributes.map(([name, script]) => ` ${name}="${safe(script)}"`).join('');
  return `<div class="ck ck-figure ck-watch"${handler}><style>${STYLE}\n${FRAME}\n${RULES}</style>\n<div class="none">${summary}</div>${table}${rest}</div>`;
}
