// The kernel in JupyterLite, as `npm run lite` builds it: whole notebooks in a browser, without a server.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { end } from '../cli/cokernel.ts';
import { folder as lessons, notebooks, shownBy, storedText } from '../notebooks/stored.ts';
import { browsing, launch, testInBrowser, testLongInBrowser } from './chromium.ts';
import { root } from './lab.ts';
import { copyWithoutOutputs, type NotebookPage, notebookOn, writeNotebook } from './notebook.ts';
import { type Host, serveFolder } from './static-host.ts';

const LESSON = '03-one-after-another.ipynb';

const CELLS = [
  "import { coroutine, createTask, sleep } from 'cokernel';\nconst kept = { answer: 42 };\nconsole.log('hi'); kept",
  "console.log('waits');\nlet cleaned = 'no';\ntry { await sleep(60) } finally { cleaned = 'yes' }",
  '[cleaned, kept.answer]',
  "console.log('spins');\nfor (;;) {}",
  'typeof kept',
  "const name = await input('Name? ');\n`Hello, ${name}`",
  "import { double, type Named } from './local.ts';\nconst named: Named = { name: 'six' };\n[named.name, double(3)]",
  "enum Colour { Red = 'red' }\nColour.Red",
  'eval("kept.answer + 1")',
  "import { readFile } from 'node:fs/promises'",
  "import { slider } from 'cokernel/widgets';\nconst size = slider({ min: 0, max: 10, value: 3 });\nsize",
  'size.value',
  "import { watch } from 'cokernel/picture';\nconst napping = createTask(coroutine(async () => { await sleep(60) })(), { name: 'nap' });\nwatch();\ntry { await napping } catch (error) { console.log(String(error)) }",
  '',
];

const FAILING = [
  "'first'",
  "throw new RangeError('no')",
  "'last'",
  "console.log('waits'); await new Promise(() => {})",
];

const LOCAL =
  "import { coroutine } from 'cokernel';\nimport { by, Factor } from './inner.js';\nexport interface Named { name: string }\nconst two: Factor = 2;\nexport const double = (n: number) => by(n, two);\nexport { coroutine };\n";
const INNER = 'export type Factor = number;\nexport const by = (a: number, b: Factor): number => a * b;\n';

let host: Host;
let isolated: Host;
let browser: Browser;
/** The lesson's code cells, with what they showed in Node. */
const lesson = (notebooks.find(({ name }) => name === LESSON)?.cells ?? []).filter(
  ({ cell_type }) => cell_type === 'code',
);

beforeAll(async () => {
  if (!browsing) return;
  const out = join(root, 'build', 'lite-test');
  const contents = join(root, 'build', 'lite-notebooks');
  rmSync(contents, { recursive: true, force: true });
  mkdirSync(join(contents, 'folder'), { recursive: true });
  writeNotebook(join(contents, 'folder', 'cells.ipynb'), CELLS);
  writeNotebook(join(contents, 'failing.ipynb'), FAILING);
  writeFileSync(join(contents, 'folder', 'local.ts'), LOCAL);
  writeFileSync(join(contents, 'folder', 'inner.ts'), INNER);
  copyWithoutOutputs(join(lessons, LESSON), join(contents, LESSON));
  cpSync(join(lessons, 'checks.ts'), join(contents, 'checks.ts'));
  cpSync(join(lessons, 'checks'), join(contents, 'checks'), { recursive: true });
  const built = await end(
    process.execPath,
    [join(root, '.ci', 'lite.mjs'), out, '--contents', contents],
    process.env,
    root,
  );
  expect(built).toMatchObject({ code: 0, stderr: '' });
  showAllCells(join(out, 'site', 'jupyter-lite.json'));
  [host, isolated] = await Promise.all([serveFolder(join(out, 'site')), serveFolder(join(out, 'site'), true)]);
  browser = await launch();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await isolated?.close();
});

/** Otherwise JupyterLab leaves cells that are out of sight out of the page. */
function showAllCells(path: string): void {
  const settings = JSON.parse(readFileSync(path, 'utf8')) as { 'jupyter-config-data': object };
  const settingsOverrides = { '@jupyterlab/notebook-extension:tracker': { windowingMode: 'none' } };
  const page = { ...settings['jupyter-config-data'], settingsOverrides };
  writeFileSync(path, JSON.stringify({ ...settings, 'jupyter-config-data': page }));
}

/** Opens a notebook in a fresh browser; what one visitor changes, no other sees. */
async function open(at: Host, path: string): Promise<NotebookPage> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto(`${at.origin}/lab/index.html?path=${encodeURIComponent(path)}`);
  const notebook = notebookOn(page);
  await notebook.ready();
  return notebook;
}

async function run(notebook: NotebookPage, cell: number): Promise<string> {
  await notebook.run(cell);
  await notebook.done(cell);
  await notebook.ready();
  return shown(notebook, cell);
}

/** What a cell shows, without empty lines. */
async function shown(notebook: NotebookPage, cell: number): Promise<string> {
  return (await notebook.text(cell)).replaceAll(/\n\n+/g, '\n').trim();
}

testInBrowser(
  'cells, local files, input, live names and interrupts of a page that is isolated',
  async () => {
    const notebook = await open(isolated, 'folder/cells.ipynb');
    expect(await run(notebook, 0)).toBe('hi\n{ answer: 42 }');
    await notebook.run(1);
    await notebook.output(1).getByText('waits').waitFor();
    await notebook.press('interrupt');
    await notebook.done(1);
    expect(await shown(notebook, 1)).toContain('KeyboardInterrupt');
    expect(await run(notebook, 2)).toBe("[ 'yes', 42 ]");
    await notebook.run(3);
    await notebook.output(3).getByText('spins').waitFor();
    await notebook.press('interrupt');
    await notebook.done(3);
    expect(await shown(notebook, 3)).toContain('KeyboardInterrupt');
    expect(await run(notebook, 4)).toBe("'object'");
    await notebook.run(5);
    const box = notebook.cells.nth(5).locator('.jp-Stdin-input');
    await box.fill('Ada');
    await box.press('Enter');
    await notebook.done(5);
    expect(await shown(notebook, 5)).toContain("'Hello, Ada'");
    expect(await run(notebook, 6)).toBe("[ 'six', 6 ]");
    expect(await run(notebook, 7)).toBe("'red'");
    expect(await run(notebook, 8)).toBe('43');
    expect(await run(notebook, 9)).toContain('this notebook runs in a browser, which has no Node');
    await run(notebook, 10);
    const slider = notebook.output(10).locator('input[type=range], .noUi-handle, [role=slider]').first();
    await slider.waitFor();
    await slider.press('ArrowRight');
    expect(await run(notebook, 11)).toBe('4');
    await notebook.run(12);
    await notebook.output(12).getByRole('button', { name: 'Cancel', exact: true }).click();
    await notebook.done(12);
    expect(await shown(notebook, 12)).toContain('CancelledError');
    await notebook.cells.nth(13).locator('.cm-content').click();
    await notebook.page.keyboard.type('kept.an');
    await notebook.page.keyboard.press('Tab');
    await notebook.page.locator('.jp-Completer', { hasText: 'answer' }).waitFor();
    await notebook.page.keyboard.press('Enter');
    expect(await run(notebook, 13)).toBe('42');
    await notebook.menu('Kernel', 'Restart Kernel…');
    await notebook.page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
    await notebook.ready();
    expect(await run(notebook, 4)).toBe("'undefined'");
    await notebook.page.context().close();
  },
  120_000,
);

testLongInBrowser(
  'a lesson on a plain host: all cells run, and the trace plays',
  async () => {
    const notebook = await open(host, LESSON);
    const last = (await notebook.cells.count()) - 1;
    await notebook.menu('Run', 'Run All Cells');
    await notebook.done(last);
    const texts = await notebook.texts();
    const alike = lesson.filter(storedText);
    expect(alike.length).toBeGreaterThan(2);
    expect(alike.map((cell) => texts[lesson.indexOf(cell)]?.trim())).toEqual(alike.map((cell) => shownBy(cell).trim()));
    // A figure that no player has taken stays an image.
    await notebook.page.locator('figure[data-ck][data-on]').first().waitFor();
    await notebook.page.locator('figure[data-ck]:not([data-on])').first().waitFor({ state: 'detached' });
    await notebook.page.context().close();
  },
  60_000,
);

testLongInBrowser(
  'on a plain host a loop is ended with its variables, which is said, and the next cell works',
  async () => {
    const notebook = await open(host, 'folder/cells.ipynb');
    await run(notebook, 0);
    await notebook.run(3);
    await notebook.output(3).getByText('spins').waitFor();
    await notebook.press('interrupt');
    await notebook.done(3);
    expect(await shown(notebook, 3)).toMatch(/interrupt/i);
    expect(await run(notebook, 4)).toBe("'undefined'");
    await notebook.page.context().close();
  },
  60_000,
);

// What the tests of kernels in JupyterLite's repository ask (ui-tests/test/kernels.spec.ts).
testLongInBrowser(
  'restarts, a failing cell, an interrupt with cells behind it, and the end of the kernel',
  async () => {
    const notebook = await open(host, 'failing.ipynb');
    const { page } = notebook;
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    const restart = async (item: string) => {
      await notebook.menu('Kernel', item);
      await page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
    };
    for (let times = 0; times < 3; times++) {
      await restart('Restart Kernel…');
      await notebook.ready();
      expect(await run(notebook, 0)).toBe("'first'");
      expect(await notebook.cells.nth(0).locator('.jp-InputArea-prompt').innerText()).toBe('[1]:');
    }
    await restart('Restart Kernel and Run All Cells…');
    await notebook.output(1).getByText('RangeError: no').waitFor();
    await notebook.ready();
    expect(await shown(notebook, 2)).toBe('');
    expect(await run(notebook, 2)).toBe("'last'");
    await notebook.menu('Edit', 'Clear Outputs of All Cells');
    await notebook.run(3);
    await notebook.output(3).getByText('waits').waitFor();
    await notebook.run(0);
    await notebook.run(2);
    await notebook.press('interrupt');
    await notebook.done(3);
    await notebook.ready();
    expect([await shown(notebook, 0), await shown(notebook, 2)]).toEqual(['', '']);
    expect(await run(notebook, 0)).toBe("'first'");
    await notebook.menu('Kernel', 'Shut Down Kernel');
    await page.getByText('No Kernel').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  120_000,
);
