// The pictures where people see them: in JupyterLab, where the player runs, and in nbconvert's page with and without
// scripts, from a phone's width up; with --long in both themes and on a projector. Leaves screenshots in build/screenshots/.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { writeSetting } from '../jupyter.ts';
import { runPython } from '../python.ts';
import { browsing, THEMES, testInBrowser } from './chromium.ts';
import { type Lab, openLab, pictures, root } from './lab.ts';
import { type NotebookPage, openNotebook, writeNotebook } from './notebook.ts';

const cells = readFileSync(join(root, 'test', 'fixtures', 'browser', 'pictures.ts'), 'utf8')
  .split('// %%\n')
  .slice(1)
  // 300 tasks only with --long: they take half of the time in which pages are laid out.
  .map((source) => (process.env.COKERNEL_LONG ? source : source.replace('crowd(300)', 'crowd(100)')));
const WATCH = cells.length - 1;
/** Two cells more in JupyterLab: a table whose kernel is restarted, and what is run afterwards. */
const WATCHED = cells.length;
const AFTER = WATCHED + 1;
const RESTARTED = [
  [
    "import { createTask, sleep } from 'cokernel';",
    "import { watch } from 'cokernel/picture';",
    "const asleep = createTask(sleep(60), { name: 'asleep' });",
    'watch();',
  ].join('\n'),
  '1 + 1',
];
const WIDTHS = process.env.COKERNEL_LONG ? [400, 1400, 1920] : [400, 1400];

let lab: Lab;
let home: Lab['home'];
let notebooks: string;
let server: Lab['server'];
let browser: Lab['browser'];
let page: Page;

beforeAll(async () => {
  if (!browsing) return;
  lab = await openLab({ width: 1400, height: 1000 });
  ({ home, notebooks, server, browser, page } = lab);
}, 60_000);

afterAll(() => lab?.close(), 30_000);

let shown: Promise<NotebookPage> | undefined;

/** The notebook of all tests in JupyterLab, which takes four seconds of the processor to load; all its pictures are there. */
function openPictures(): Promise<NotebookPage> {
  shown ??= runPictures();
  return shown;
}

async function runPictures(): Promise<NotebookPage> {
  writeNotebook(join(notebooks, 'pictures.ipynb'), [...cells, ...RESTARTED]);
  const notebook = await openNotebook(lab, 'pictures.ipynb');
  for (let index = 0; index < WATCH; index++) {
    await notebook.run(index);
    await notebook.done(index);
  }
  return notebook;
}

const shot = (name: string, on: Page = page) => on.screenshot({ path: join(pictures, `picture-${name}.png`) });

/** What a function that runs in the page needs of it: the tests compile without TypeScript's DOM types. */
interface Slider {
  value: string;
  readonly max: string;
}

/**
 * Moves the slider to the event at which the cancelled task is in its finally block; checks that the arrow begins at the
 * call. All in one frame of the page, where a key for each event takes a frame each.
 */
async function showCancel(figure: Locator): Promise<void> {
  const found = await figure.evaluate((element) => {
    const range = element.querySelector('.ck-bar input');
    if (range === null) return false;
    const slider = range as unknown as Slider;
    for (let moment = 0; moment <= Number(slider.max); moment++) {
      slider.value = String(moment);
      range.dispatchEvent(new Event('input'));
      if (element.querySelector('.ck-status')?.textContent?.includes('lazy waits for sleep(0.02)')) return true;
    }
    return false;
  });
  expect(found).toBe(true);
  const middle = async (selector: string): Promise<number> => {
    const box = await figure.locator(selector).first().boundingBox();
    // The first row of a line that is wrapped.
    return box === null ? Number.NaN : box.y + Math.min(box.height, 18) / 2;
  };
  const call = await figure.locator('.ck-arrows .call').boundingBox();
  const bottom = (call?.y ?? 0) + (call?.height ?? 0);
  expect(Math.abs(bottom - (await middle("[data-line]:has-text('lazy.cancel')")))).toBeLessThan(7);
  expect(Math.abs((call?.y ?? 0) - (await middle("[data-line]:has-text('await sleep(60)')")))).toBeLessThan(7);
  expect(await figure.locator('.unwinding').innerText()).toMatch(/await sleep\(0\.02\)/);
  expect(await figure.locator('.ck-arrows .tip').count()).toBe(2);
  await figure.locator('[data-panel=source]').scrollIntoViewIfNeeded();
}

testInBrowser(
  'in JupyterLab the player works, steps forward and back by key, and the button of watch() cancels',
  async () => {
    for (const theme of THEMES) {
      if (theme === 'dark') {
        writeSetting(home, 'apputils-extension/themes', { theme: 'JupyterLab Dark' });
        shown = undefined;
      }
      await page.setViewportSize({ width: 1366, height: 768 });
      const notebook = await openPictures();
      await page.locator(`body[data-jp-theme-light="${theme === 'light'}"]`).waitFor({ state: 'attached' });
      const figure = notebook.output(0).locator('figure[data-live]');
      await figure.waitFor();
      await figure.focus();
      const status = figure.locator('.ck-status');
      const first = await status.textContent();
      for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowRight');
      expect(await status.textContent()).not.toBe(first);
      await figure.scrollIntoViewIfNeeded();
      await shot(`lab-lanes-${theme}`);
      await page.keyboard.press('Home');
      expect(await status.textContent()).toMatch(/^0 s · pass 1 · \w+ is created/);
      expect(first).toMatch(/ · pass \d · \w+ runs/);
      expect(await figure.locator('.ck-source [data-line]').count()).toBe(27);
      await showCancel(figure);
      await shot(`lab-cancel-${theme}`);
      for (const index of [2, 3, 4]) {
        await notebook.output(index).scrollIntoViewIfNeeded();
        await shot(`lab-${index}-${theme}`);
      }
      await notebook.run(WATCH);
      const button = notebook.output(WATCH).getByRole('button', { name: 'Cancel napping' });
      await button.waitFor();
      await notebook.output(WATCH).scrollIntoViewIfNeeded();
      await shot(`lab-watch-${theme}`);
      await button.click();
      await notebook.done(WATCH);
      expect(await notebook.text(WATCH)).toContain('CancelledError');
    }
  },
  120_000,
);

testInBrowser(
  "in JupyterLab figures play after the output that brought the player was cleared and the page loaded anew: it is the server's too",
  async () => {
    const notebook = await openPictures();
    await notebook.output(1).locator('figure[data-live]').waitFor();
    const figures = await page.locator('figure').count();
    await notebook.cells.nth(0).locator('.cm-content').click();
    await notebook.menu('Edit', 'Clear Cell Output');
    await page.keyboard.press('Control+s');
    await page.locator('.jp-mod-dirty').waitFor({ state: 'detached' });
    await page.goto(`${server.origin}/lab/tree/pictures.ipynb?token=${server.token}`);
    await notebook.output(1).locator('figure[data-live]').waitFor();
    expect(await page.locator('figure').count()).toBe(figures - 1);
    await notebook.ready();
  },
  60_000,
);

testInBrowser(
  'after a restart of the kernel the button of watch() says that its table is no longer live',
  async () => {
    const notebook = await openPictures();
    await notebook.run(WATCHED);
    await notebook.done(WATCHED);
    const buttons = notebook.output(WATCHED).getByRole('button');
    await buttons.waitFor();
    await notebook.press('restart');
    await page.locator('.jp-Dialog .jp-mod-accept').click();
    await notebook.run(AFTER);
    await notebook.done(AFTER);
    await buttons.click();
    await notebook.output(WATCHED).getByRole('button', { name: 'This table is no longer live' }).waitFor();
    await shot('lab-watch-restarted');
    // What moves would be drawn all through the tests that follow.
    await page.goto('about:blank');
  },
  60_000,
);

testInBrowser(
  "nbconvert's page shows static pictures without scripts and players with them, at each width",
  async () => {
    writeNotebook(join(notebooks, 'exported.ipynb'), cells.slice(0, WATCH));
    const args = ['-m', 'nbconvert', '--to', 'html', '--execute', 'exported.ipynb'];
    const { code, output } = await runPython(args, { cwd: notebooks, env: home.env });
    if (code !== 0) throw new Error(output);
    const whole = join(notebooks, 'exported.html');
    const stripped = join(notebooks, 'stripped.html');
    // What a code host shows.
    writeFileSync(stripped, readFileSync(whole, 'utf8').replaceAll(/<script[\s\S]*?<\/script>/g, ''));
    for (const [path, name] of [
      [whole, ''],
      [stripped, '-static'],
    ] as const) {
      for (const colorScheme of THEMES) {
        const on = await browser.newPage();
        await on.emulateMedia({ colorScheme });
        await on.goto(pathToFileURL(path).href);
        const figures = on.locator('figure.ck-figure');
        expect(await figures.count()).toBeGreaterThanOrEqual(4);
        if (name === '') await on.locator('figure:not([data-live])').first().waitFor({ state: 'detached' });
        expect(await on.locator('figure[data-live]').count()).toBe(name === '' ? await figures.count() : 0);
        for (const width of WIDTHS) {
          await on.setViewportSize({ width, height: 1000 });
          const figure = figures.first();
          await figure.scrollIntoViewIfNeeded();
          const lanes = figure.locator(`.ck-scroll ${name === '' ? 'svg.ck-lanes' : 'img'}`).first();
          expect(await lanes.isVisible()).toBe(true);
          expect((await figure.boundingBox())?.width).toBeLessThanOrEqual(width);
          await shot(`nbconvert-${width}-${colorScheme}${name}`, on);
        }
        await on.close();
      }
    }
  },
  120_000,
);
