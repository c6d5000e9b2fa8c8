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

async function openDebugged(name: string, cells: readonly string[] = CELLS): Promise<NotebookPage> {
  writeNotebook(join(lab.notebooks, name), cells);
  const notebook = await openNotebook(lab, name);
  await notebook.hideFiles();
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
  // By its parts: while a page is loading its styles, nothing is between their texts.
  const part = (name: string) => page.locator(`.jp-DebuggerCallstackFrame-${name}`).allInnerTexts();
  const [names, locations] = await Promise.all([part('name'), part('location')]);
  return names.map((name, at) => `${name} ${locations[at]}`.replaceAll(/\s+/g, ' ').trim());
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

const FAILS = `const fails = coroutine(async (n: number) => {
  let twice = n * 2;
  await sleep(0.01);
  if (twice > 2) throw new RangeError('no');
  return twice;
});`;

testLongInBrowser(
  'a filter stops at an error that nobody catches; the console below evaluates and assigns in that frame',
  async () => {
    const notebook = await openDebugged('filters.ipynb', [
      `import { coroutine, sleep } from 'cokernel';\n${FAILS}`,
      'await fails(5)',
    ]);
    await press('pauseOnException');
    expect((await page.locator('.lm-Menu-itemLabel').allInnerTexts()).filter((label) => label !== '')).toEqual([
      ...['raised', 'uncaught', 'cancelled', 'deadlock'],
    ]);
    await page.locator('.lm-Menu-itemLabel').getByText('uncaught').click();
    await notebook.run(0);
    await notebook.done(0);
    await notebook.run(1);
    await at('Cell [1]:5');
    await press('evaluate');
    await page.locator('.jp-CodeConsole-promptCell .cm-content').waitFor();
    const said = page.locator('.jp-CodeConsole-content .jp-OutputArea-output');
    for (const [index, text] of ['twice + 1', 'twice = n + 100', 'twice'].entries()) {
      // JupyterLab gives the focus back to the notebook, where keys are commands.
      const prompt = page.locator('.jp-CodeConsole-promptCell .cm-content');
      await prompt.fill(text);
      await prompt.press('Shift+Enter');
      await said.nth(index).waitFor();
    }
    expect(await said.allInnerTexts()).toEqual(['11', '105', '105']);
    await picture('debugger-console');
    await press('continue');
    await notebook.output(1).getByText('RangeError: no').first().waitFor();
  },
  90_000,
);

testLongInBrowser(
  'two notebooks are debugged at once: each shows its own stop, and goes on by itself',
  async () => {
    const cells = (name: string) => [
      `import { coroutine, sleep } from 'cokernel';\nconst ${name} = coroutine(async () => {\n  await sleep(0);\n  debugger;\n  return '${name}';\n});`,
      `await ${name}()`,
    ];
    writeNotebook(join(lab.notebooks, 'other.ipynb'), cells('other'));
    // Whichever notebook is in front.
    const front = await openDebugged('one.ipynb', cells('one'));
    const turnTo = (name: string) => page.getByRole('tab', { name: `${name}.ipynb` }).click();
    const stopped = (name: string) => page.locator('.jp-DebuggerCallstackFrame').first().getByText(name).waitFor();
    await page.keyboard.press('Control+b');
    await page.locator('.jp-DirListing-item', { hasText: 'other.ipynb' }).dblclick();
    await page.keyboard.press('Control+b');
    await front.cells.nth(1).getByText('other').waitFor();
    await front.ready();
    await front.press('debugger-icon');
    for (const name of ['other', 'one']) {
      await turnTo(name);
      await front.cells.nth(1).getByText(name).waitFor();
      await front.run(0);
      await front.done(0);
      await front.run(1);
      await stopped(name);
    }
    await picture('debugger-two');
    for (const name of ['other', 'one']) {
      await turnTo(name);
      await stopped(name);
      await press('continue');
      await front.output(1).getByText(`'${name}'`).waitFor();
    }
  },
  120_000,
);

testLongInBrowser(
  'the button ⊙ of a figure stops the next run at that event; without the debugger it says what to do',
  async () => {
    const notebook = await openDebugged('here.ipynb', [
      `import { coroutine, createTask, run, sleep } from 'cokernel';\nimport { trace } from 'cokernel/picture';\nconst polite = coroutine(async (guest: string) => {\n  await sleep(1);\n  const cups = guest.length;\n  return cups;\n});\nconst pair = coroutine(async () => {\n  const anna = createTask(polite('Anna'), { name: 'anna' });\n  await createTask(polite('Ben'), { name: 'ben' });\n  await anna;\n});`,
      "await run(trace(pair()), { clock: 'virtual' })",
    ]);
    await notebook.run(0);
    await notebook.done(0);
    await notebook.run(1);
    await notebook.done(1);
    const figure = notebook.output(1).locator('figure[data-live]');
    await figure.focus();
    const status = figure.locator('.ck-status');
    while (!/^1 s .*ben runs/.test((await status.innerText()) ?? '')) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('s');
    await status.getByText('Run the cell again').waitFor();
    await picture('debugger-here');
    await notebook.run(1);
    await at('Cell [1]:5');
    await page.locator('.jp-DebuggerVariables-body').getByText('"Ben"').first().waitFor();
    await press('continue');
    await notebook.done(1);
    await notebook.press('debugger-icon');
    await page.locator('jp-button[title="Enable Debugger"]').waitFor();
    const again = notebook.output(1).locator('figure[data-live]');
    await again.waitFor();
    await again.locator('[data-do=stop]').click();
    await again.locator('.ck-status').getByText('Switch the debugger on first').waitFor();
  },
  120_000,
);
