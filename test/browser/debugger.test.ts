// A person debugs in JupyterLab: switches the debugger on, sets a breakpoint, stops, looks at the stack, the tasks and the
// locals of a suspended coroutine, steps over an await, and goes on. Screenshots in both themes.

import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { writeSetting } from '../jupyter.ts';
import { browsing, testInBrowser, testLongInBrowser } from './chromium.ts';
import { type Lab, openLab, pictures } from './lab.ts';
import { type NotebookPage, openNotebook, writeNotebook } from './notebook.ts';

const CELLS = [
  `import { coroutine, createTask, sleep } from 'cokernel';

interface Order { guest: string; cups: number }
const boil = coroutine(async (cups: number) => {
  let water = 0;
  for (let cup = 0; cup < cups; cup++) {
    await sleep(0.1);
    water += 0.25;
  }
  return water;
});
const serve = coroutine(async (order: Order) => {
  const thanks = 'Here you are, ' + order.guest;
  const water = await boil(order.cups);
  return thanks + ': ' + water + ' l';
});`,
  `const anna = createTask(serve({ guest: 'Anna', cups: 2 }), { name: 'anna' });
const ben = createTask(serve({ guest: 'Ben', cups: 3 }), { name: 'ben' });
[await anna, await ben]`,
];

/** Pixels. */
const ROOM = 135;

let lab: Lab;
let page: Page;

beforeAll(async () => {
  if (!browsing) return;
  lab = await openLab({ width: 1366, height: 768 });
  ({ page } = lab);
}, 60_000);

afterAll(() => lab?.close(), 30_000);

const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });
const panel = (name: string): Locator => page.locator(`.jp-Debugger${name}`);

async function openDebugged(name: string): Promise<NotebookPage> {
  writeNotebook(join(lab.notebooks, name), CELLS);
  const { origin, token } = lab.server;
  const notebook = await openNotebook(page, `${origin}/lab/tree/${name}?token=${token}&reset`);
  await page.keyboard.press('Control+b'); // Hides the list of files.
  await notebook.press('debugger-icon');
  await panel('Callstack').waitFor();
  // The variables get more room, and the panels below them less.
  const handle = page.locator('#jp-right-stack .lm-SplitPanel-handle:visible').first();
  const box = await handle.boundingBox();
  if (box === null) throw new Error('the handle between the panels has no place');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + ROOM, { steps: 4 });
  await page.mouse.up();
  return notebook;
}

/** Clicks beside a line of a cell. */
async function breakAt(notebook: NotebookPage, cell: number, line: number): Promise<void> {
  await gutter(notebook, cell, line).click();
  await gutter(notebook, cell, line).locator('.cm-breakpoint-icon').waitFor();
}

/** The place of breakpoints beside a line. The first element is a spacer with a mark that is never seen. */
const gutter = (notebook: NotebookPage, cell: number, line: number) =>
  notebook.cells.nth(cell).locator('.cm-breakpoint-gutter .cm-gutterElement').nth(line);

/** Presses a button of the stack's toolbar; its name is JupyterLab's. */
const press = (button: string) => page.locator(`[data-jp-item-name="${button}"] jp-button`).first().click();

/** The frames of the stack, with their places. */
async function frames(): Promise<string[]> {
  const texts = await page.locator('.jp-DebuggerCallstackFrame').allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** Resolves when the innermost frame is there. */
const at = (place: string) => page.locator('.jp-DebuggerCallstackFrame').first().getByText(place).waitFor();

/** Shows a scope in the variables' panel. */
const showScope = (name: string) => page.locator('.jp-DebuggerVariables-toolbar select').selectOption({ label: name });

/** Unfolds an item by its name. */
async function unfold(name: string): Promise<void> {
  const row = page.locator('.jp-DebuggerVariables-body .jp-DebuggerVariables-name').getByText(name, { exact: true });
  await row.last().click();
}

for (const theme of ['Light', 'Dark']) {
  (theme === 'Light' ? testInBrowser : testLongInBrowser)(
    `a breakpoint stops in one of two tasks; the panels show stack, tasks and suspended locals (${theme})`,
    async () => {
      writeSetting(lab.home, 'apputils-extension/themes', { theme: `JupyterLab ${theme}` });
      const notebook = await openDebugged(`debugged-${theme}.ipynb`);
      await notebook.run(0);
      await notebook.done(0);
      await breakAt(notebook, 0, 8);
      await notebook.run(1);
      await at('Cell [1]:8');
      expect(await frames()).toEqual(['boil Cell [1]:8', 'await serve Cell [1]:14', 'Cell [2] Cell [*]:3']);
      await page.locator('.jp-DebuggerVariables-body').getByText('water').first().waitFor();
      await picture(`debugger-stack-${theme}`);
      await showScope('Tasks');
      await unfold('ben');
      await unfold('serve');
      await page.locator('.jp-DebuggerVariables-body').getByText('{guest: "Ben", cups: 3}').waitFor();
      await picture(`debugger-tasks-${theme}`);
      await press('step-over');
      await at('Cell [1]:6');
      await gutter(notebook, 0, 8).click(); // Takes the breakpoint away.
      await gutter(notebook, 0, 8).locator('.cm-breakpoint-icon').waitFor({ state: 'detached' });
      await press('continue');
      await notebook.output(1).getByText('Here you are, Anna: 0.5 l').waitFor();
      await page.locator('.jp-DebuggerVariables-body').getByText('coroutine').first().waitFor();
      await picture(`debugger-variables-${theme}`);
    },
    90_000,
  );
}

testInBrowser(
  'a page that is loaded anew shows the stop again; the stop button ends the cell; a restart keeps the breakpoints',
  async () => {
    const notebook = await openDebugged('reloaded.ipynb');
    await notebook.run(0);
    await notebook.done(0);
    await breakAt(notebook, 0, 8);
    await notebook.run(1);
    await at('Cell [1]:8');
    await page.keyboard.press('Control+s');
    await page.reload();
    await page.locator('.jp-DebuggerCallstackFrame').nth(2).waitFor();
    expect((await frames()).map((frame) => frame.replace(/ .*/, ''))).toEqual(['boil', 'await', 'Cell']);
    await picture('debugger-reloaded');
    await notebook.press('interrupt');
    await page.locator('.jp-DebuggerCallstackFrame').first().waitFor({ state: 'detached' });
    await notebook.press('restart');
    await page.locator('.jp-Dialog .jp-mod-accept').click();
    await page.locator('.jp-Dialog').waitFor({ state: 'detached' });
    await notebook.ready();
    await notebook.run(0);
    await notebook.run(1);
    await at('Cell [1]:8');
    await press('continue');
  },
  120_000,
);
