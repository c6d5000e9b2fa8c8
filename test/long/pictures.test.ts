// Pictures of 4, 30 and 300 tasks and a replay, from a phone's width to a projector's, in both themes: in JupyterLab,
// and in nbconvert's page with and without scripts; with --long only, for test/browser/picture.test.ts has one of each.
// Leaves screenshots in build/screenshots/ for people to look at.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { browsing, launch, testLongInBrowser } from '../browser/chromium.ts';
import { openLab, pictures, root } from '../browser/lab.ts';
import { openNotebook, writeNotebook } from '../browser/notebook.ts';
import { faultsOf } from '../browser/words.ts';
import { type JupyterHome, jupyterHome, writeSetting } from '../jupyter.ts';
import { runPython } from '../python.ts';

const WIDTHS = [320, 400, 768, 1400, 1920];
const THEMES = ['light', 'dark'] as const;
/** How many minutes each test may take. */
const MINUTES = 20;
const NAMES = ['4', '30', '300', 'replay'] as const;

const cells = readFileSync(join(root, 'test', 'fixtures', 'browser', 'matrix.ts'), 'utf8')
  .split('// %%\n')
  .slice(1);

let home: JupyterHome;
let browser: Browser;

beforeAll(async () => {
  if (!browsing || !process.env.COKERNEL_LONG) return;
  mkdirSync(pictures, { recursive: true });
  home = await jupyterHome();
  browser = await launch();
  writeNotebook(join(home.folder, 'matrix.ipynb'), cells);
}, 60_000);

afterAll(async () => {
  if (!browsing || !process.env.COKERNEL_LONG) return;
  await browser?.close();
  const left = home.running();
  home.remove();
  expect(left).toEqual([]);
}, 30_000);

/** The faults of the four figures, by name. */
async function look(figures: readonly Locator[], called: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [at, figure] of figures.entries()) {
    const name = NAMES[at] ?? '';
    await figure.scrollIntoViewIfNeeded();
    const scroll = name === 'replay' ? figure : figure.locator('.ck-scroll');
    const faults = await faultsOf(figure, scroll);
    if (faults.length > 0) found[name] = faults;
    const path = join(pictures, `matrix-${name}-${called}.png`);
    // JupyterLab does not draw what is below the window's edge.
    await (called.startsWith('lab') ? figure.page() : figure).screenshot({ path });
  }
  return found;
}

function figuresOf(page: Page): Locator[] {
  const lanes = page.locator('figure.ck-figure');
  return [lanes.nth(0), lanes.nth(1), lanes.nth(2), page.locator('.ck-replay').first()];
}

async function nbconvert(...args: string[]): Promise<void> {
  const { code, output } = await runPython(['-m', 'nbconvert', ...args], { cwd: home.folder, env: home.env });
  if (code !== 0) throw new Error(output);
}

testLongInBrowser(
  "nbconvert's page with and without scripts: no word covers another, none is cut or faint, nothing scrolls sideways",
  async () => {
    const at = (name: string) => join(home.folder, name);
    const found: Record<string, unknown> = {};
    for (const theme of THEMES) {
      await nbconvert('--to', 'html', '--execute', '--theme', theme, '--output', 'page.html', 'matrix.ipynb');
      const whole = readFileSync(at('page.html'), 'utf8');
      writeFileSync(at('stripped.html'), whole.replaceAll(/<script[\s\S]*?<\/script>/g, ''));
      for (const kind of ['page', 'stripped'] as const) {
        const page = await browser.newPage();
        await page.emulateMedia({ colorScheme: theme });
        await page.goto(pathToFileURL(at(`${kind}.html`)).href);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 1000 });
          if (kind === 'page') await settled(page);
          const faults = await look(figuresOf(page), `${kind}-${width}-${theme}`);
          if (Object.keys(faults).length > 0) found[`${kind} ${width} ${theme}`] = faults;
        }
        await page.close();
      }
    }
    expect(found).toEqual({});
  },
  MINUTES * 60_000,
);

/** Waits until the player has redrawn for the present width. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    `[...document.querySelectorAll('.ck-scroll')].every((scroll) => {
      const view = scroll.querySelector('.ck-view');
      return view.querySelector('svg') && Math.abs(view.getBoundingClientRect().width - Math.max(160, scroll.clientWidth)) < 1;
    })`,
  );
}

/** Hides everything beside the notebook, as on a phone. */
async function withoutBars(page: Page): Promise<void> {
  await page.keyboard.press('Control+b');
  for (const side of ['Left', 'Right']) {
    await page.locator('.lm-MenuBar-itemLabel', { hasText: /^View$/ }).click();
    await page.locator('.lm-Menu-itemLabel', { hasText: /^Appearance$/ }).hover();
    await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^Show ${side} Activity Bar$`) }).click();
  }
}

testLongInBrowser(
  'JupyterLab: the same holds for live pictures',
  async () => {
    const lab = await openLab({ width: 1400, height: 1200 });
    await using ending = new AsyncDisposableStack();
    ending.defer(() => lab.close());
    writeNotebook(join(lab.notebooks, 'matrix.ipynb'), cells);
    const found: Record<string, unknown> = {};
    for (const theme of THEMES) {
      if (theme === 'dark') writeSetting(lab.home, 'apputils-extension/themes', { theme: 'JupyterLab Dark' });
      const { page } = lab;
      await page.setViewportSize({ width: 1400, height: 1200 });
      await page.emulateMedia({ colorScheme: theme });
      const notebook = await openNotebook(lab, 'matrix.ipynb');
      await page.locator(`body[data-jp-theme-light="${theme === 'light'}"]`).waitFor({ state: 'attached' });
      await withoutBars(page);
      for (const index of cells.keys()) {
        await notebook.run(index);
        await notebook.done(index);
      }
      await page.locator('figure[data-live]').nth(2).waitFor();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 1200 });
        await settled(page);
        const faults = await look(figuresOf(page), `lab-${width}-${theme}`);
        if (Object.keys(faults).length > 0) found[`lab ${width} ${theme}`] = faults;
      }
    }
    expect(found).toEqual({});
  },
  MINUTES * 60_000,
);
