// The script of a live page, as `cokernel run --html --live` writes it: makes each cell of the executed page one that can
// be edited and run. Without it the page is complete and can be read.

import { randomId } from '#host/random-id';
import { MAIL_PATH } from '../../../runtime/cell/web/mail.ts';
import { sharedMemory } from '../../../runtime/cell/web/shared-words.ts';
import type { Keep } from '../../run/page/kept-files.ts';
import { LIVE_ID } from '../../run/page/safe-markup.ts';
import { once } from '../once.ts';
import type { PageWorker } from '../worker-child.ts';
import type { Editor } from './editor.ts';
import { button, LiveCell } from './page-cell.ts';
import { fetchMarkdown } from './page-markdown.ts';
import { createPageSession } from './page-session.ts';
import type { PageWidgets } from './page-widgets.ts';

/** What the page says of itself, in an element of the id `live`. */
interface Settings {
  /** Specifier → address, relative to the page. */
  readonly modules: Readonly<Record<string, string>>;
  /** The notebook, relative to the page. */
  readonly notebook: string;
  /** The address of the service worker, relative to the page. */
  readonly serviceWorker: string;
  /** The notebook in the site's JupyterLite, relative to the page; absent where there is none. */
  readonly lite?: string;
}

/** A service worker that takes longer is not waited for: the next visit has it. */
const REGISTERED_MS = 2_000;

const settings = JSON.parse(document.querySelector(`body > #${LIVE_ID}`)?.textContent ?? '{}') as Settings;
const beside = (name: string) => new URL(name, import.meta.url);

await isolate();

/** What a worker is started with. */
const fetched = once(async () => ({ parser: await WebAssembly.compileStreaming(fetch(beside('oxc.wasm'))) }));

const state = document.createElement('span');
state.setAttribute('role', 'status');
const all = button('Run all', 'Run every cell of this page');
const stop = button('Stop', 'Stop what runs');
const restart = button('Restart', 'Forget all variables');
const bar = document.createElement('nav');
bar.className = 'page-bar';
bar.setAttribute('aria-label', 'Cells of this page');
const download = document.createElement('a');
download.href = settings.notebook;
download.download = '';
download.textContent = 'Notebook';
download.title = 'Download this page as a notebook for JupyterLab';
bar.append(state, all, stop, restart, download);
if (settings.lite !== undefined) {
  const lab = document.createElement('a');
  lab.href = settings.lite;
  lab.textContent = 'JupyterLite';
  lab.title = 'Open this page as a notebook in JupyterLite, in this browser';
  bar.append(lab);
}
document.body.append(bar);
const say = (text: string) => {
  state.textContent = text;
};
say('Ready');
stop.disabled = true;

const key = `cokernel edits ${location.pathname}`;

const session = createPageSession({
  newWorker: () => new Worker(beside('worker.js'), { type: 'module' }) as unknown as PageWorker,
  fetched,
  start: () => ({
    memory: crossOriginIsolated ? sharedMemory() : undefined,
    mail: mailAddress(),
    variables: { COKERNEL_CLIENT: 'page' },
    notebook: location.href,
    modules: settings.modules,
  }),
  comm: (event, buffers) => withWidgets((widgets) => widgets.take(event, buffers)),
  commDone: (execution) => withWidgets((widgets) => widgets.done(execution)),
  lost: () => loadedWidgets && withWidgets((widgets) => widgets.lost()),
  leave: (to, mail) => navigator.serviceWorker?.controller?.postMessage({ to, mail }),
  changed(busy) {
    stop.disabled = !busy;
    // What was said of a failure stays until the next run.
    if (busy) say('Running');
    else if (state.textContent === 'Running') say('Ready');
  },
  log: (line) => console.info(line),
});
const cells = [...document.querySelectorAll<HTMLElement>('body > main > section.cell')]
  .filter((element) => element.querySelector('.input code, pre.source'))
  .map((element, at) => {
    const cell: LiveCell = new LiveCell(element, {
      run: (above) => void runCells(above ? cells.slice(0, at + 1) : [cell]),
      stop() {
        isStopped = true;
        session.stop(cell);
      },
      edited(source) {
        keepEdit(cell, source);
      },
      widget: async (id, box) => (await widgets()).show(id, box),
      editor: async () => {
        try {
          return (await import('./editor.ts')).Editor as typeof Editor;
        } catch (error) {
          say(`The editor could not be loaded: ${wordsOf(error)}`);
          return undefined;
        }
      },
      next: () => cells[at + 1]?.focus(),
    });
    return cell;
  });
/** Each cell by what it came with: a new release may have other cells before it. Those that are alike are counted. */
const names = namesOf(cells.map(({ original }) => original));
const edits = readEdits();
for (const [at, cell] of cells.entries()) {
  const edit = edits[names[at] ?? ''];
  if (edit !== undefined) cell.restore(edit);
}

/** Whether Stop was pressed since cells were last run. */
let isStopped = false;

/** The widgets, once a cell has made one; what is to be done with them, in order. */
let loadedWidgets: Promise<PageWidgets> | undefined;

function widgets(): Promise<PageWidgets> {
  loadedWidgets ??= (async () => {
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = beside('page-widgets.css').href;
    document.head.append(style);
    const { createPageWidgets } = (await import('./page-widgets.ts')) as typeof import('./page-widgets.ts');
    return createPageWidgets((message, buffers) => session.comm(message, buffers));
  })();
  return loadedWidgets;
}

function withWidgets(work: (widgets: PageWidgets) => void): void {
  widgets()
    .then(work)
    .catch((error: unknown) => say(`Widgets cannot be shown: ${wordsOf(error)}`));
}

async function runCells(which: readonly LiveCell[]): Promise<void> {
  for (const cell of which) cell.mark('running');
  let failed = 0;
  let unrun = false;
  isStopped = false;
  await Promise.all(
    which.map(async (cell) => {
      try {
        const { count, status } = await session.run(cell, cell.source);
        cell.mark(status === 'ok' ? 'done' : status === 'error' ? 'failed' : 'stale', count);
        if (status === 'error') failed = count;
        unrun ||= status === 'unrun';
      } catch (error) {
        cell.mark('stale');
        say(`What runs the cells could not be loaded: ${wordsOf(error)}`);
      }
    }),
  );
  if (unrun && failed > 0) say(`Cell [${failed}] ${isStopped ? 'was stopped' : 'failed'}; those after it were not run`);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

all.onclick = () => void runCells(cells);
stop.onclick = () => {
  isStopped = true;
  session.interrupt();
};
restart.onclick = () => {
  session.restart();
  for (const cell of cells) cell.mark('stale');
};
document.body.classList.add('live');

/** Milliseconds after which what is needed later is fetched too: the first press of Run waits for nothing of it. */
const LATER_MS = 5_000;

// By idle time, so that the first press of Run finds all that it needs; not where the reader saves data.
if (!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData) {
  const idle = globalThis.requestIdleCallback ?? ((call: () => void) => setTimeout(call, 1_000));
  idle(() => void session.warm().catch(() => {}));
  setTimeout(() => idle(() => void fetchRest()), LATER_MS);
}

/** What may be needed later, and without the network: all scripts of the site, and the pages to which this one leads. */
async function fetchRest(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href]')];
  const pages = links.filter(({ origin, pathname }) => origin === location.origin && /\.html$|\/$/.test(pathname));
  const keep = [...new Set([location.href, ...pages.map(({ href }) => href)].map((href) => href.replace(/#.*/, '')))];
  await Promise.allSettled([fetchMarkdown(), import('./editor.ts')]);
  // Last, for it fetches what it does not have yet.
  navigator.serviceWorker?.controller?.postMessage({ keep } satisfies Keep);
}

/**
 * Registers the service worker, which keeps the page for offline use and isolates it from other pages: only then loops can
 * be stopped without ending the worker. The first visit is loaded anew once, for the browser decides that at the start.
 */
async function isolate(): Promise<void> {
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined || settings.serviceWorker === undefined) return;
  // A browser or a host that allows none: the page works without.
  const registered = serviceWorker.register(settings.serviceWorker).then(
    () => serviceWorker.ready,
    () => undefined,
  );
  if (crossOriginIsolated || !canReload()) return;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, REGISTERED_MS, undefined));
  if ((await Promise.race([registered, late])) === undefined) return;
  if (!canReload('yes')) return;
  // A browser may bring this document back instead of asking for another: it would wait for ever.
  addEventListener('pageshow', (event) => (event as PageTransitionEvent).persisted && location.reload());
  location.reload();
  await new Promise(() => {});
}

/** Whether the page was not loaded anew yet; `now`: it is, from now on. Without storage it would be loaded for ever. */
function canReload(now?: 'yes'): boolean {
  // An origin may have several sites, each with a service worker of its own.
  const tried = `cokernel isolated ${new URL(settings.serviceWorker, location.href).pathname}`;
  try {
    if (sessionStorage.getItem(tried) !== null) return false;
    if (now !== undefined) sessionStorage.setItem(tried, now);
    return true;
  } catch {
    return false;
  }
}

/** A box of mail for a worker; only a service worker that answers this page can give out what is in it. */
function mailAddress(): string | undefined {
  if (crossOriginIsolated || !navigator.serviceWorker?.controller) return undefined;
  return new URL(`${MAIL_PATH}?to=${randomId()}`, location.href).href;
}

/** The edited cells, by their names. */
type Edits = Readonly<Record<string, string>>;

function namesOf(sources: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return sources.map((source) => {
    const nth = (seen.get(source) ?? 0) + 1;
    seen.set(source, nth);
    return `${nth} ${source}`;
  });
}

function readEdits(): Edits {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Edits;
  } catch {
    return {};
  }
}

/** Keeps the text of a cell; undefined: it is again what the page came with. */
function keepEdit(cell: LiveCell, source: string | undefined): void {
  const name = names[cells.indexOf(cell)] ?? '';
  // Read anew: the page may be open twice.
  const { [name]: _, ...others } = readEdits();
  const all: Edits = source === undefined ? others : { ...others, [name]: source };
  try {
    if (Object.keys(all).length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(all));
  } catch {
    say('Your changes cannot be kept: the browser allows this page no storage.');
  }
}
