// Notebooks as slides: `jupyter nbconvert --to slides`, shown by reveal.js. A figure is visible and fits on its slide, it
// plays, and while it has the focus the arrow keys are its own. No figure of any lesson loses anything. Leaves
// screenshots in build/screenshots/.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  await convert('--execute', 'deck.ipynb');
  return join(home.folder, 'deck.slides.html');
}

async function convert(...args: readonly string[]): Promise<void> {
  const local = ['--reveal-prefix', reveal, `--SlidesExporter.require_js_url=${requirejs}`];
  const all = ['-m', 'nbconvert', '--to', 'slides', '--output-dir', home.folder, ...local, ...args];
  const { code, output } = await runPython(all, { cwd: home.folder, env: home.env });
  if (code !== 0) throw new Error(output);
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
        '[data-panel=source]',
        '[data-panel=strip]',
        '[data-panel=graph]',
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

interface Part {
  readonly dataset: Record<string, string | undefined>;
  readonly hidden: boolean;
  readonly parentElement: Part | null;
  readonly children: Iterable<Part>;
  readonly clientWidth: number;
  querySelector(selector: string): (Part & { value: string; readonly max: string }) | null;
  querySelectorAll(selector: string): Iterable<Part>;
  matches(selector: string): boolean;
  click(): void;
  dispatchEvent(event: Event): void;
  getBoundingClientRect(): Record<'left' | 'top' | 'right' | 'bottom', number>;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly scrollWidth: number;
}

/** Where the slides with a figure are, as the address of the deck says it. */
const placesIn = (page: Page): Promise<string[]> =>
  page.locator('.slides').evaluate((deck) => {
    const sections = (of: Part): Part[] => [...of.children].filter((one) => one.matches('section'));
    return sections(deck as unknown as Part).flatMap((stack, across) =>
      (sections(stack).length > 0 ? sections(stack) : [stack]).flatMap((slide, down) =>
        slide.querySelector('figure') === null ? [] : `#/${across}/${down}`,
      ),
    );
  });

/**
 * What of a figure is out of sight, at any moment and behind any tab: parts beyond the slide's edges, and content of a
 * part that nothing scrolls. Source and output scroll along by themselves; lanes that are not all visible say so.
 */
const lostIn = (figure: Locator): Promise<string[]> =>
  figure.evaluate((element, { width, height }) => {
    const root = element as unknown as Part;
    const slider = root.querySelector('.ck-bar input');
    if (slider === null) return ['the player'];
    const lost = new Set<string>();
    const look = (): void => {
      for (const name of ['.ck-scroll', '.ck-bar', '.ck-status', '.ck-tabs', '.ck-panel']) {
        for (const part of root.querySelectorAll(name)) {
          const { left, top, right, bottom } = part.getBoundingClientRect();
          if (left < 0 || top < 0 || right > width || bottom > height) lost.add(`${name} beyond the slide`);
        }
      }
      for (const name of ['[data-panel=strip]', '[data-panel=graph]', '.queue']) {
        for (const part of root.querySelectorAll(name)) {
          const [down, across] = [part.scrollHeight - part.clientHeight, part.scrollWidth - part.clientWidth];
          if (part.clientWidth > 0 && Math.max(down, across) > 3) lost.add(`${name} by ${down} and ${across}`);
        }
      }
      const lanes = root.querySelector('.ck-scroll') as Part;
      const more = root.querySelector('.ck-more');
      if (lanes.scrollHeight - lanes.clientHeight > 12 && more?.hidden !== false)
        lost.add('lanes, and nothing says so');
    };
    const tabs = root.dataset.tabbed === 'yes' ? [...root.querySelectorAll('.ck-tabs [data-tab]')] : [root];
    for (const tab of tabs) {
      if (tab !== root) tab.click();
      for (let moment = 0; moment <= Number(slider.max); moment++) {
        slider.value = String(moment);
        slider.dispatchEvent(new Event('input'));
        look();
      }
    }
    return [...lost];
  }, SIZE);

testLongInBrowser(
  'no figure of any lesson loses anything on a slide of 960 × 700',
  async () => {
    const lessons = join(root, 'notebooks');
    const names = readdirSync(lessons).filter((name) => name.endsWith('.ipynb'));
    await convert(...names.map((name) => join(lessons, name)));
    let seen = 0;
    for (const name of names) {
      const page = await open(join(home.folder, name.replace('.ipynb', '.slides.html')));
      for (const place of await placesIn(page)) {
        await page.evaluate((to) => {
          (globalThis as unknown as { location: { hash: string } }).location.hash = to;
        }, place);
        const figure = page.locator('section.present:not(.stack) figure');
        await page.locator('section.present:not(.stack) figure[data-live]').waitFor();
        expect([name, place, await lostIn(figure)]).toEqual([name, place, []]);
        await page.screenshot({
          path: join(pictures, `slide-${name.slice(0, 2)}${place.replaceAll(/[#/]+/g, '-')}.png`),
        });
        seen++;
      }
      await page.close();
    }
    expect(seen).toBeGreaterThan(23);
  },
  600_000,
);
