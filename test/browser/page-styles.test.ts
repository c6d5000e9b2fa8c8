// What styles do to what they did not make. No style of a page touches a figure: JupyterLab, nbconvert and reveal.js style code, lists, tables and images, each in
// a way of its own. Here a page does so with all of them, and each figure looks as it does without.

import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { readNotebook } from '../../kernel/run/notebook/read.ts';
import { pageOf } from '../../kernel/run/page/page.ts';
import { coroutine, run, sleep } from '../../runtime/asyncio/index.ts';
import { predict, quiz, replay } from '../../runtime/picture/index.ts';
import { Trace } from '../../runtime/picture/trace/traced.ts';
import { tableOf } from '../../runtime/picture/watch/task-table.ts';
import { recorded } from '../picture/recorded.ts';
import { mixed } from '../picture/samples.ts';
import { browsing, launch, testInBrowser } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  if (browsing) browser = await launch();
}, 30_000);
afterAll(() => browser?.close());

const STYLED = 'a,blockquote,code,dd,dl,dt,em,h1,h2,h3,i,kbd,li,ol,p,pre,samp,small,strong,table,tbody,td,th,tr,ul';
const LOUD = `.page img{margin:20px auto;max-width:50%;height:50px}.page :is(${STYLED}){background:#fc0;color:red;font:30px serif;margin:9px;padding:9px;border:3px solid red;max-width:50%;text-align:right}`;
/** What elements inherit. Without scripts a trace has no theme of its own, so its words look like the page's. */
const INHERITED =
  '.page{text-align:center;font:40px/3 serif;text-transform:uppercase;letter-spacing:3px;word-spacing:9px;color:red}';

const htmlOf = (shown: unknown): string =>
  (shown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]?.()['text/html'] ?? '';

const STILL = 'a trace without scripts';

async function figures(): Promise<Readonly<Record<string, string>>> {
  const trace = new Trace(await recorded(mixed()));
  const main = coroutine(function* program() {
    yield* sleep(1);
  });
  const row = { task: 1, name: 'one', state: 'ready', on: 'lock', where: 'Cell [1]:2', seconds: 2 } as const;
  const counts = { running: 0, ready: 1, created: 0, suspended: 0 };
  return {
    trace: trace.html(),
    [STILL]: trace
      .html()
      .replaceAll(/<script[\s\S]*?<\/script>/g, '')
      .replace('<details', '<details open'),
    prediction: htmlOf(await run(predict(['one', 'two'], main()))),
    quiz: htmlOf(quiz(1)),
    verdict: htmlOf(quiz(1).verdict(['a'])),
    'a table of tasks': htmlOf(
      tableOf([{ ...row, cancellable: true }], 0, { id: '1', final: false, target: 't', counts }),
    ),
    // The still, which does not move between two screenshots.
    replay: htmlOf(replay(trace)),
  };
}

testInBrowser(
  'a figure looks the same whatever the page does to its code, lists, tables and images',
  async () => {
    for (const [name, html] of Object.entries(await figures())) {
      const page = await browser.newPage({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' });
      const looks: Buffer[] = [];
      for (const style of ['', name === STILL ? LOUD : LOUD + INHERITED]) {
        await page.setContent(
          `<!doctype html><style>body{margin:0}${style}</style><body><div class="page jp-NotebookPanel">${html}</div>`,
        );
        if (html.includes('ckPlayers')) await page.locator('figure[data-live]').waitFor();
        await page
          .locator('img')
          .evaluateAll((all) =>
            Promise.all((all as unknown as { decode(): Promise<void> }[]).map((one) => one.decode())),
          );
        looks.push(await page.locator('.page > *').first().screenshot());
      }
      expect([name, looks[1]?.equals(looks[0] as Buffer)]).toEqual([name, true]);
      await page.close();
    }
  },
  60_000,
);

testInBrowser(
  'a page of the runner is as wide as a phone, whatever its words and tables; a number of a cell covers no code',
  async () => {
    const long = 'word'.repeat(40);
    const table = '| The message | What you did |\n|---|---|\n| RuntimeWarning | everything-immediately |\n';
    const cells = [
      { cell_type: 'markdown', id: 'a', metadata: {}, source: `# ${long}\n\n${long} \`${long}\`\n\n${table}` },
      { cell_type: 'code', id: 'b', metadata: {}, source: `'${long}'`, outputs: [], execution_count: 1000 },
    ];
    const notebook = readNotebook(JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const page = await browser.newPage({ viewport: { width: 240, height: 600 } });
    await page.setContent(pageOf(notebook, 'phone'));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(240);
    expect(await page.locator('td').first().innerText()).toBe('RuntimeWarning');
    const number = await page.locator('.count').boundingBox();
    const code = await page.locator('.input code').boundingBox();
    expect((number?.y ?? 0) + (number?.height ?? 0)).toBeLessThanOrEqual(code?.y ?? 0);
    await page.close();
  },
  30_000,
);
