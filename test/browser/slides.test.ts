// A lesson as slides: `jupyter nbconvert --to slides`, shown by reveal.js. A figure is visible and fits on its slide, it
// plays, and while it has the focus the arrow keys are its own. Leaves screenshots in build/screenshots/.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { type JupyterHome, jupyterHome } from '../jupyter.ts';
import { runPython } from '../python.ts';
import { browsing, launch, testLongInBrowser } from './chromium.ts';
import { pictures, root } from './lab.ts';

const SIZE = { width: 960, height: 700 };
const module = createRequire(import.meta.url);
const reveal = dirname(dirname(module.resolve('reveal.js')));
const requirejs = module.resolve('requirejs/require.js');

let browser: Browser;
let home: JupyterHome;
beforeAll(async () => {
  if (!browsing) return;
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
  home = await jupyterHome();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  home?.remove();
});

const PREDICTION = `import { predict } from 'cokernel/picture';
const say = coroutine(async (text: string) => console.log(text));
const main = coroutine(async () => {
  const task = createTask(say('task'));
  await say('direct 1');
  await say('direct 2');
  console.log('main');
  await task;
});
await predict(['direct 1', 'task', 'direct 2', 'main'], main())`;

/** A deck with a slide for each cell. */
async function deck(): Promise<string> {
  const cells = readFileSync(join(root, 'test', 'fixtures', 'browser', 'pictures.ts'), 'utf8').split('// %%\n');
  const sources = [...cells.slice(1, 4), PREDICTION];
  const slide = { metadata: { slideshow: { slide_type: 'slide' } }, execution_count: null, outputs: [] };
  const notebook = {
    ...{ nbformat: 4, nbformat_minor: 5 },
    metadata: { kernelspec: { name: 'cokernel', display_name: 'TypeScript (cokernel)', language: 'typescript' } },
    cells: sources.map((source, at) => ({ cell_type: 'code', id: `cell-${at}`, ...slide, source })),
  };
  writeFileSync(join(home.folder, 'deck.ipynb'), JSON.stringify(notebook));
  const local = ['--reveal-prefix', reveal, `--SlidesExporter.require_js_url=${requirejs}`];
  const args = ['-m', 'nbconvert', '--to', 'slides', '--execute', 'deck.ipynb', ...local];
  const { code, output } = await runPython(args, { cwd: home.folder, env: home.env });
  if (code !== 0) throw new Error(output);
  return join(home.folder, 'deck.slides.html');
}

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZE });
  // The deck loads MathJax, jQuery and Mermaid from the network. Only MathJax is called.
  const mathJax = 'window.MathJax = { Hub: { getAllJax() {}, Config() {}, Queue() {} } }';
  await page.route(/^https?:/, (route) => route.fulfill({ contentType: 'text/javascript', body: mathJax }));
  await page.goto(pathToFileURL(path).href);
  await page.locator('.reveal.ready').waitFor();
  // A slide that moves in may stand still between two frames of a busy machine, and then it seems to be at rest.
  await page.addStyleTag({ content: '.reveal .slides, .reveal .slides section { transition: none !important }' });
  return page;
}

/** The figure of the present slide, when the slide has come to rest. */
async function figureOn(page: Page, at: number): Promise<Locator> {
  const figure = page.locator('section.present figure[data-live]');
  await page.locator(`.slides > section:nth-child(${at + 1}).present`).waitFor();
  await figure.waitFor();
  for (let [before, left] = ['', Number.NaN]; ; ) {
    const now = JSON.stringify(await figure.boundingBox());
    if (now === before && left > 0) return figure;
    [before, left] = [now, (await figure.boundingBox())?.x ?? Number.NaN];
  }
}

testLongInBrowser(
  'on a slide each figure is visible and fits, it plays, and the arrow keys are its own',
  async () => {
    const page = await open(await deck());
    const slides = await page.locator('.slides > section').count();
    expect(slides).toBe(4);
    for (let at = 0; at < slides; at++) {
      const figure = await figureOn(page, at);
      expect(await figure.locator('section').count()).toBe(0);
      for (const part of [
        '.ck-lanes',
        '.ck-bar',
        '.ck-status',
        '.ck-panel.source',
        '.ck-panel.strip',
        '.ck-panel.graph',
      ]) {
        const box = await figure.locator(part).boundingBox();
        if (box === null) throw new Error(`${part} of slide ${at} was expected to be visible`);
        expect([at, part, box.y >= 0, box.y + box.height <= SIZE.height, box.x + box.width <= SIZE.width]).toEqual([
          ...[at, part, true, true, true],
        ]);
      }
      await figure.focus();
      const moment = async (): Promise<number> => Number(await figure.locator('.ck-bar input').inputValue());
      const before = await moment();
      await page.keyboard.press('ArrowRight');
      expect(await moment()).toBe(before + 1);
      await page.keyboard.press(' ');
      while ((await moment()) <= before + 1) await page.waitForFunction(() => true);
      await page.keyboard.press(' ');
      await page.screenshot({ path: join(pictures, `slide-${at}.png`) });
      await figure.evaluate((element) => (element as unknown as { blur(): void }).blur());
      await page.keyboard.press('ArrowRight');
    }
    await page.close();
  },
  120_000,
);
