// What TypeScript knows, as a person in JupyterLab sees it: the completer, the tooltip and a type error. Leaves
// screenshots of each in build/screenshots/, with --long in the dark theme too.

import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { writeSetting } from '../jupyter.ts';
import { browsing, THEMES, testInBrowser } from './chromium.ts';
import { type Lab, openLab, pictures } from './lab.ts';
import { type NotebookPage, openNotebook, writeNotebook } from './notebook.ts';

const CELLS = [
  [
    "import { coroutine, createTask, sleep } from 'cokernel';",
    '',
    '/** A place in the sky. */',
    "interface Planet { name: string; moons: number; kind: 'rock' | 'gas' }",
    '',
    '/**',
    ' * Visits a planet and stays there.',
    ' *',
    ' * @param planet where to go',
    ' * @param seconds how long to stay; **half a second** unless said',
    ' * @returns what was seen',
    ' */',
    'const visit = coroutine(async (planet: Planet, seconds = 0.5) => {',
    '  await sleep(seconds);',
    '  return planet.name.toUpperCase();',
    '});',
    "const mars: Planet = { name: 'Mars', moons: 2, kind: 'rock' };",
    "const trip = createTask(visit(mars, 60), { name: 'trip' });",
  ].join('\n'),
  'mars.',
  'visit(mars, )',
  'trip',
  "const home: Planet = { name: 'Earth', moons: '1', kind: 'rock' };\nhome.mass",
];

let lab: Lab;
let home: Lab['home'];
let notebooks: string;
let page: Page;

beforeAll(async () => {
  if (!browsing) return;
  lab = await openLab({ width: 1200, height: 900 }, { types: true });
  ({ home, notebooks, page } = lab);
}, 60_000);

afterAll(() => lab?.close(), 30_000);

const tooltip = () => page.locator('.jp-Tooltip');

/** Puts the cursor at the end of a cell, then `left` characters back. */
async function edit(notebook: NotebookPage, index: number, left = 0): Promise<void> {
  await notebook.cells.nth(index).locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  for (let step = 0; step < left; step++) await page.keyboard.press('ArrowLeft');
}

async function completes(notebook: NotebookPage, picture: (name: string) => Promise<unknown>): Promise<void> {
  const items = page.locator('.jp-Completer .jp-Completer-item');
  await edit(notebook, 1);
  await page.keyboard.press('Tab');
  await items.filter({ hasText: 'moons' }).waitFor();
  expect(await items.locator('.jp-Completer-match').allInnerTexts()).toEqual(['kind', 'moons', 'name']);
  await items.filter({ hasText: /kind.*property/s }).waitFor();
  await picture('members');
  await page.keyboard.press('Escape');
  await page.keyboard.type('name.trim');
  await page.keyboard.press('Tab');
  await items.filter({ hasText: /trimEnd.*method/s }).waitFor();
  await picture('methods');
  await page.keyboard.press('Escape');
}

async function inspects(notebook: NotebookPage, picture: (name: string) => Promise<unknown>): Promise<void> {
  await edit(notebook, 2, 1);
  await page.keyboard.press('Shift+Tab');
  await tooltip().getByText('how long to stay').first().waitFor();
  await picture('parameters');
  await page.keyboard.press('Escape');
  await edit(notebook, 3);
  await page.keyboard.press('Shift+Tab');
  await tooltip().getByText('sleep(60)').first().waitFor();
  await picture('state');
  await page.keyboard.press('Escape');
}

testInBrowser(
  'Tab completes, Shift+Tab explains, and a type error appears under its cell, in the light theme and with --long in the dark one',
  async () => {
    writeNotebook(join(notebooks, 'language.ipynb'), CELLS);
    for (const theme of THEMES) {
      if (theme === 'dark') writeSetting(home, 'apputils-extension/themes', { theme: 'JupyterLab Dark' });
      const picture = (name: string) => page.screenshot({ path: join(pictures, `language-${name}-${theme}.png`) });
      const notebook = await openNotebook(lab, 'language.ipynb');
      await page.locator(`body[data-jp-theme-light="${theme === 'light'}"]`).waitFor({ state: 'attached' });
      await notebook.hideFiles();
      await notebook.run(0);
      await notebook.done(0);
      // The type errors first: they show that the language server is there, whose start takes longer on a busy machine than
      // JupyterLab waits for a completion.
      await notebook.run(4);
      await notebook.done(4);
      await notebook.output(4).getByText('TS2339').waitFor();
      expect(await notebook.text(4)).toContain("error TS2322: Type 'string' is not assignable to type 'number'.");
      expect(await notebook.text(4)).toMatch(/> 1 \| const home[^\n]*\n\s*\| +\^+/);
      await picture('error');
      await completes(notebook, picture);
      await inspects(notebook, picture);
    }
  },
  90_000,
);
