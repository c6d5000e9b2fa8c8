// A live page beside a page that runs Python by Pyodide: from the press of Run to the output, and what is sent until
// then, by one host, in one Chromium. Each round has contexts of its own, so nothing is cached before it.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { readNotebook } from '../../kernel/run/notebook/read.ts';
import { writeLive } from '../../kernel/run/page/live-site.ts';
import { pageOf } from '../../kernel/run/page/page.ts';
import { browserPath } from '../browser/browser-path.ts';
import { notebookOf } from '../browser/live-site.ts';
import { folder } from './peers.ts';
import { openSlowHost, type SlowHost } from './slow-host.ts';
import { Results, type Row, table } from './table.ts';

const OURS = 'live page';
const PEER = 'Pyodide';
const PAGES = { [OURS]: '/site/live.html', [PEER]: '/site/pyodide.html' };
const CELLS = ['1 + 1', '2 + 2'];
/** Bits per second of a slow network. */
const SLOW = 10e6;

const ROWS: readonly Row[] = [
  { title: 'from the press of Run to the output, at 10 Mbit/s', key: 'cold', unit: 's', target: { limit: 1.5 } },
  { title: "… with the page's own thread 4 × slower", key: 'slower', unit: 's', target: { peer: PEER } },
  { title: '… where all is in the cache', key: 'cached', unit: 's', target: { limit: 0.5 } },
  { title: '… where the page is at rest', key: 'ready', unit: 'ms', target: { limit: 0.5 } },
  { title: '… of the second cell', key: 'next', unit: 'ms', target: { peer: PEER } },
  { title: 'sent until the first output, by gzip', key: 'sent', unit: 'MB', target: { limit: 0.9 } },
];

/** Measures, and returns the table as Markdown. */
export async function benchPages(quick: boolean): Promise<string> {
  const head = '### Live pages, in Chromium';
  if (browserPath === undefined) return `${head}\n\nNot measured: there is no Chromium.`;
  const site = join(folder, 'pages');
  await makePages(site);
  const pyodide = dirname(fileURLToPath(import.meta.resolve('pyodide')));
  const host = await openSlowHost({ '/site/': site, '/pyodide/': pyodide });
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
  const results = new Results();
  for (let round = 0; round < (quick ? 1 : 7); round++) {
    for (const label of [OURS, PEER] as const) await measure(browser, host, label, results);
  }
  await browser.close();
  await host.close();
  return `${head}\n\n${table(results, ROWS, [OURS, PEER], OURS)}`;
}

/** Writes a live page, and one of the same shape whose cells Pyodide runs in a worker. Both load it by idle time. */
async function makePages(site: string): Promise<void> {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  const notebook = readNotebook(notebookOf(CELLS));
  const path = join(site, 'live.ipynb');
  const live = await writeLive(site, { notebook, path, name: 'live.ipynb', say: console.warn });
  writeFileSync(join(site, 'live.html'), pageOf(notebook, 'live', live));
  writeFileSync(
    join(site, 'pyodide-worker.mjs'),
    `import { loadPyodide } from '/pyodide/pyodide.mjs';
const ready = loadPyodide();
onmessage = async ({ data }) => postMessage(String((await ready).runPython(data)));`,
  );
  const cell = '<section class="cell"><div class="bar"><button>Run</button></div><div class="outputs"></div></section>';
  writeFileSync(
    join(site, 'pyodide.html'),
    `<!doctype html><title>Pyodide</title>${CELLS.map(() => cell).join('')}<script type="module">
let worker;
const start = () => (worker ??= new Worker('pyodide-worker.mjs', { type: 'module' }));
document.querySelectorAll('.cell').forEach((cell, at) => {
  cell.querySelector('button').onclick = () => {
    start().onmessage = ({ data }) => cell.querySelector('.outputs').append(data);
    worker.postMessage(${JSON.stringify(CELLS)}[at]);
  };
});
document.body.className = 'live';
requestIdleCallback(start);
</script>`,
  );
}

async function measure(browser: Browser, host: SlowHost, label: keyof typeof PAGES, results: Results): Promise<void> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const address = host.origin + PAGES[label];
  host.limit(SLOW);
  host.countFrom();
  const first = await open(context, address);
  results.add('cold', label, await press(first, 0));
  results.add('sent', label, host.sent() / 1e6);
  results.add('next', label, await press(first, 1));
  await first.close();
  host.limit(undefined);
  const second = await open(context, address);
  results.add('cached', label, await press(second, 0));
  await second.close();
  const third = await open(context, address);
  await third.waitForLoadState('networkidle');
  results.add('ready', label, await press(third, 0));
  await context.close();
  const slower = await browser.newContext({ serviceWorkers: 'block' });
  host.limit(SLOW);
  results.add('slower', label, await press(await open(slower, address, 4), 0));
  await slower.close();
}

/** Opens a page, and waits only until its first button can be pressed. */
async function open(context: BrowserContext, address: string, slower = 1): Promise<Page> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('body.live').waitFor();
  return page;
}

/** Presses Run in a cell. @returns seconds until its output */
function press(page: Page, cell: number): Promise<number> {
  return page.evaluate(
    `new Promise((resolve) => {
      const cell = document.querySelectorAll('section.cell')[${cell}];
      const began = performance.now();
      const tell = () => resolve((performance.now() - began) / 1000);
      new MutationObserver(tell).observe(cell.querySelector('.outputs'), { childList: true });
      cell.querySelector('.bar button').click();
    })`,
  );
}
