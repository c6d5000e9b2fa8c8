// A person in JupyterLab opens the first notebook, runs it, steps through a trace, interrupts, restarts, answers
// questions and completes names. Leaves screenshots in build/screenshots/, with --long in the dark theme too.

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { writeSetting } from '../jupyter.ts';
import { browsing, THEMES, testInBrowser, testLongInBrowser } from './chromium.ts';
import { type Lab, openLab, pictures, root } from './lab.ts';
import { copyWithoutOutputs, type NotebookPage, openNotebook, writeNotebook } from './notebook.ts';

const FIRST = '01-coroutine-functions.ipynb';
const TRACED = '10-cancellation.ipynb';

let lab: Lab;
let home: Lab['home'];
let notebooks: string;
let page: Page;

beforeAll(async () => {
  if (!browsing) return;
  lab = await openLab({ width: 1400, height: 1000 }, { types: true });
  ({ home, notebooks, page } = lab);
  for (const name of ['checks.ts', 'checks']) {
    cpSync(join(root, 'notebooks', name), join(notebooks, name), { recursive: true });
  }
}, 60_000);

afterAll(() => lab?.close(), 30_000);

const open = (name: string) => openNotebook(lab, name);
const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });

testInBrowser(
  'the first notebook runs to its end, and shows what it showed when it was stored',
  async () => {
    const expected = copyWithoutOutputs(join(root, 'notebooks', FIRST), join(notebooks, FIRST));
    const notebook = await open(FIRST);
    await notebook.menu('Run', 'Run All Cells');
    await notebook.done(expected.length - 1);
    // Replies and outputs come on two channels: only the last output shows that all have arrived.
    await notebook
      .output(expected.length - 1)
      .getByText(expected.at(-1)?.trim() ?? '')
      .waitFor();
    // A trace is a picture here, whose first words are the labels of the axis; in the file it is also text.
    const plain = (texts: readonly string[]) =>
      texts.map((text) =>
        text
          .replaceAll(/\s+/g, ' ')
          .trim()
          .replace(/(0( [\d.]+ s)+ )?threeSteps: 1 task.*/, '(a picture)')
          // On a busy machine its sleeps take longer.
          .replace(/[\d.]+ s in all/, '… s in all'),
      );
    expect(plain(await notebook.texts())).toEqual(plain(expected));
    await page.keyboard.press('Control+b'); // Hides the list of files.
    await page.locator('.jp-WindowedPanel-outer').evaluate((panel) => panel.scrollTo(0, 0));
    await page.mouse.move(1380, 900);
    await picture('first-notebook');
    await page.keyboard.press('Control+b');
  },
  90_000,
);

// picture.test.ts steps through the same in a figure of its own.
testLongInBrowser(
  'a notebook shows its trace with a player, which steps to the cancellation and draws its way',
  async () => {
    const expected = copyWithoutOutputs(join(root, 'notebooks', TRACED), join(notebooks, TRACED));
    const notebook = await open(TRACED);
    await notebook.menu('Run', 'Run All Cells');
    await notebook.done(expected.length - 1);
    const figure = page.locator('figure[data-live]').first();
    await page.keyboard.press('Control+b');
    await figure.focus();
    const cancels = figure.locator('.ck-arrows .call');
    const last = Number(await figure.locator('.ck-bar input').getAttribute('max'));
    for (let moment = 0; moment < last && (await cancels.count()) === 0; moment++) {
      await page.keyboard.press('ArrowRight');
    }
    expect(await cancels.count()).toBe(1);
    // Step on until the cancelled task runs: then it runs its finally block.
    const status = figure.locator('.ck-status');
    for (let step = 0; step < last && !(await status.innerText()).includes('slow runs'); step++) {
      await page.keyboard.press('ArrowRight');
    }
    await figure.locator('.ck-source .chip', { hasText: 'cancelled here' }).waitFor();
    await figure.evaluate((element) => element.closest('.jp-Cell')?.scrollIntoView({ block: 'end' }));
    await picture('trace');
    await page.keyboard.press('Control+b');
  },
  90_000,
);

const STOPPED = [
  "const kept = 'kept';\nconsole.log('spinning');\nfor (;;) {}",
  'kept',
  "typeof kept === 'undefined' ? 'new' : 'old'",
];
const ASKING = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a cell
  "const name = await input('Your name? ');\n`Hello, ${name}!`",
  "const age = Number(prompt('Your age?'));\nage + 1",
];
const COMPLETED = ['const temperature = (city: string): number => city.length;', 'tempera', 'Number.is'];

/** The cells above are in one notebook: JupyterLab takes four seconds of the processor to load. */
const ASKED = STOPPED.length;
const EDITED = ASKED + ASKING.length;
let session: Promise<NotebookPage> | undefined;

function openSession(): Promise<NotebookPage> {
  if (session === undefined) {
    writeNotebook(join(notebooks, 'session.ipynb'), [...STOPPED, ...ASKING, ...COMPLETED]);
    session = open('session.ipynb');
  }
  return session;
}

testInBrowser(
  'the stop button ends a cell that spins, and the restart button, after its dialog, resets everything',
  async () => {
    const notebook = await openSession();
    await notebook.run(0);
    await notebook.output(0).getByText('spinning').waitFor();
    await notebook.press('interrupt');
    await notebook.done(0);
    expect(await notebook.text(0)).toContain('KeyboardInterrupt');
    await notebook.run(1);
    await notebook.output(1).getByText("'kept'").waitFor();
    await picture('interrupted');
    await notebook.press('restart');
    await page.locator('.jp-Dialog .jp-mod-accept').click();
    await page.locator('.jp-Dialog').waitFor({ state: 'detached' });
    await notebook.ready();
    await notebook.run(2);
    // TypeScript's warning about the name may come after it.
    await notebook.output(2).locator('.jp-OutputArea-executeResult').getByText("'new'").waitFor();
    await notebook.cells.nth(2).locator('.jp-InputArea-prompt', { hasText: '[1]' }).waitFor();
  },
  60_000,
);

testInBrowser(
  'questions are answered in the page: input, beside which other tasks go on, and prompt, which blocks',
  async () => {
    const notebook = await openSession();
    const answer = async (index: number, text: string, shown: string) => {
      await notebook.run(index);
      const field = notebook.output(index).locator('.jp-Stdin-input');
      await field.fill(text);
      if (index === ASKED) await picture('input');
      await field.press('Enter');
      await notebook.output(index).locator('.jp-OutputArea-executeResult').getByText(shown).waitFor();
    };
    await answer(ASKED, 'Ada', "'Hello, Ada!'");
    await answer(ASKED + 1, '36', '37');
  },
  60_000,
);

testInBrowser(
  'Tab completes a name from an earlier cell and a method, and shows their kinds',
  async () => {
    const notebook = await openSession();
    await notebook.run(EDITED);
    await notebook.done(EDITED);
    const editor = (index: number) => notebook.cells.nth(EDITED + index).locator('.cm-content');
    await editor(1).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    const items = page.locator('.jp-Completer .jp-Completer-item');
    await items.getByText('temperature').waitFor();
    await page.keyboard.press('Enter');
    await editor(1).getByText('temperature').waitFor();
    await editor(2).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    await items.filter({ hasText: 'isSafeInteger' }).waitFor();
    await picture('completion');
    await items.filter({ hasText: /isNaN.*method/s }).waitFor();
    await page.keyboard.press('Escape');
  },
  60_000,
);

testInBrowser(
  'everything that shows itself is shown, in the light theme and with --long in the dark one',
  async () => {
    const cells = readFileSync(join(root, 'test', 'fixtures', 'browser', 'gallery.ts'), 'utf8')
      .split(/\n\/\/ %%\n/)
      .slice(1);
    writeNotebook(join(notebooks, 'gallery.ipynb'), cells);
    for (const theme of THEMES) {
      if (theme === 'dark') writeSetting(home, 'apputils-extension/themes', { theme: 'JupyterLab Dark' });
      await page.setViewportSize({ width: 1400, height: 1800 });
      const notebook = await open('gallery.ipynb');
      await page.locator(`body[data-jp-theme-light="${theme === 'light'}"]`).waitFor({ state: 'attached' });
      for (const index of cells.keys()) {
        await notebook.run(index);
        await notebook.done(index);
      }
      await page.mouse.move(1380, 900);
      await picture(`gallery-${theme}`);
      const output = (index: number) => notebook.output(index);
      await output(0).locator('table').getByText('Mercury').waitFor();
      expect(await notebook.text(1)).toContain('moons');
      await output(2).getByText('3/3').waitFor();
      await output(3).locator('mjx-container, .MathJax').first().waitFor();
      expect(await notebook.text(4)).toContain('answer');
      expect(await notebook.text(5)).toMatch(/RangeError: no planet is called Pluto[\s\S]*the index is empty/);
      await output(6).getByText('TS2322').waitFor();
    }
  },
  90_000,
);
