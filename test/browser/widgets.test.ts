// A person uses widgets in JupyterLab: each control by the pointer and by the keyboard, two views of one, a reload of the
// page, both themes. Leaves screenshots in build/screenshots/.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { writeSetting } from '../jupyter.ts';
import { browsing, testInBrowser, testLongInBrowser } from './chromium.ts';
import { type Lab, openLab, pictures } from './lab.ts';
import { type NotebookPage, openNotebook, writeNotebook } from './notebook.ts';

let lab: Lab;
let page: Page;

beforeAll(async () => {
  if (!browsing) return;
  lab = await openLab({ width: 1366, height: 768 });
  page = lab.page;
}, 60_000);

afterAll(() => lab?.close(), 30_000);

const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });

/** Opens a notebook of these cells, and runs all of them, or the first so many. */
async function opened(name: string, cells: readonly string[], { first = cells.length } = {}): Promise<NotebookPage> {
  writeNotebook(join(lab.notebooks, name), cells);
  const notebook = await openNotebook(lab, name);
  await notebook.hideFiles();
  for (const index of cells.slice(0, first).keys()) {
    await notebook.run(index);
    await notebook.done(index);
  }
  return notebook;
}

const IMPORT = "import * as w from 'cokernel/widgets';";
/** Prints each new value of a control under its cell. */
const TELLING =
  "const told = <C extends w.ControlWidget<any>>(name: string, control: C): C => { control.on('value', (v: unknown) => console.log(name, JSON.stringify(v))); return control; };";

/** Resolves when a handler has printed that line. */
const says = (notebook: NotebookPage, cell: number, line: string) =>
  notebook.output(cell).locator('.jp-OutputArea-output pre', { hasText: line }).first().waitFor({ timeout: 10_000 });

testInBrowser(
  'each control is moved by the keyboard and by the pointer, and its handler prints under its cell',
  async () => {
    const notebook = await opened('controls.ipynb', [
      `${IMPORT} ${TELLING}
w.column([
  told('int', w.slider({ label: 'int', max: 10, value: 3 })),
  told('float', w.slider({ label: 'float', max: 1, step: 0.1, value: 0.5 })),
  told('range', w.rangeSlider({ label: 'range', value: [20, 60] })),
  told('log', w.logSlider({ label: 'log', value: 10 })),
  told('month', w.choiceSlider({ label: 'month', options: ['Jan', 'Feb', 'Mar'] })),
])`,
      `w.column([
  told('checkbox', w.checkbox({ label: 'checkbox' })),
  told('toggle', w.toggle({ label: 'toggle' })),
  told('select', w.select({ label: 'select', options: ['a', 'b', 'f'] })),
  told('list', w.list({ label: 'list', options: ['d', 'e', 'f'], rows: 3 })),
  told('multi', w.multiSelect({ label: 'multi', options: ['g', 'h', 'i'], rows: 3 })),
  told('radio', w.radio({ label: 'radio', options: ['S', 'M', 'L'] })),
  told('buttons', w.toggleButtons({ label: 'buttons', options: ['table', 'chart'] })),
])`,
      `w.column([
  told('text', w.text({ label: 'text' })),
  told('password', w.password({ label: 'password' })),
  told('area', w.textarea({ label: 'area', rows: 2 })),
  told('combo', w.combobox({ label: 'combo', suggestions: ['Oslo', 'Rome'] })),
  told('number', w.number({ label: 'number', value: 1 })),
  told('bounded', w.number({ label: 'bounded', value: 1, max: 5 })),
  told('date', w.date({ label: 'date' })),
  told('color', w.color({ label: 'color', value: '#0b57a4' })),
])`,
      `const go = w.button({ label: 'Go', buttonStyle: 'primary', icon: 'play' });
go.on('click', () => console.log('clicked'));
const upload = w.fileUpload();
upload.on('value', ([file]) => console.log('upload', file.name, file.text()));
const bar = w.progressBar({ label: 'progress', value: 30 });
const html = w.htmlView('<b>bold</b>', { label: 'html' });
w.column([w.row([go, upload]), bar, w.label('a label'), html, told('play', w.play({ max: 3, interval: 50 }))])`,
      `const inTabs = w.tabs({ First: w.text({ label: 'one' }), Second: w.text({ label: 'two' }) });
inTabs.on('selectedIndex', (at) => console.log('tab', at));
const folds = w.accordion({ Basics: 'inside', More: 'further' });
folds.on('selectedIndex', (at) => console.log('fold', at));
const cells = w.grid(['1', '2', '3', '4'].map((name) => w.button({ label: name })), { columns: 2 });
w.column([inTabs, folds, cells])`,
    ]);
    const row = (cell: number, label: string): Locator =>
      notebook
        .output(cell)
        .locator('.widget-inline-hbox', { has: page.getByText(label, { exact: true }) })
        .last();
    const steer = async (cell: number, label: string, key: string, line: string) => {
      await row(cell, label).locator('.noUi-handle').first().focus();
      await page.keyboard.press(key);
      await says(notebook, cell, line);
    };
    await steer(0, 'int', 'ArrowRight', 'int 4');
    await steer(0, 'float', 'ArrowLeft', 'float 0.4');
    await steer(0, 'range', 'ArrowRight', 'range [21,60]');
    await steer(0, 'log', 'ArrowRight', 'log 12.58');
    await steer(0, 'month', 'ArrowRight', 'month "Feb"');
    const track = (await row(0, 'int').locator('.noUi-target').boundingBox()) as {
      x: number;
      y: number;
      width: number;
      height: number;
    };
    await page.mouse.click(track.x + track.width * 0.9, track.y + track.height / 2);
    await says(notebook, 0, 'int 9');
    await notebook.cells.nth(0).scrollIntoViewIfNeeded();
    await picture('widgets-sliders');

    await row(1, 'checkbox').locator('input').click();
    await says(notebook, 1, 'checkbox true');
    await page.keyboard.press('Space');
    await says(notebook, 1, 'checkbox false');
    const toggle = notebook.output(1).locator('button.widget-toggle-button', { hasText: 'toggle' });
    await toggle.click();
    await says(notebook, 1, 'toggle true');
    await toggle.press('Enter');
    await says(notebook, 1, 'toggle false');
    await row(1, 'select').locator('select').selectOption('b');
    await says(notebook, 1, 'select "b"');
    await row(1, 'select').locator('select').press('f');
    await says(notebook, 1, 'select "f"');
    await row(1, 'list').locator('option', { hasText: 'e' }).click();
    await says(notebook, 1, 'list "e"');
    await row(1, 'list').locator('select').press('f');
    await says(notebook, 1, 'list "f"');
    await row(1, 'multi').locator('option', { hasText: 'g' }).click();
    await row(1, 'multi')
      .locator('option', { hasText: 'i' })
      .click({ modifiers: ['Control'] });
    await says(notebook, 1, 'multi ["g","i"]');
    await notebook.output(1).locator('.widget-radio-box input').nth(1).click();
    await says(notebook, 1, 'radio "M"');
    // JupyterLab takes the arrows for itself.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await says(notebook, 1, 'radio "L"');
    await notebook.output(1).locator('.widget-toggle-buttons button', { hasText: 'chart' }).click();
    await says(notebook, 1, 'buttons "chart"');
    await notebook.output(1).locator('.widget-toggle-buttons button', { hasText: 'table' }).press('Enter');
    await says(notebook, 1, 'buttons "table"');
    await picture('widgets-choices');

    for (const [label, tag] of [
      ['text', 'input'],
      ['password', 'input'],
      ['area', 'textarea'],
      ['combo', 'input'],
    ] as const) {
      await row(2, label).locator(tag).click();
      await page.keyboard.type('Rome');
      await says(notebook, 2, `${label} "Rome"`);
    }
    await row(2, 'number').locator('input').fill('7');
    await page.keyboard.press('Enter');
    await says(notebook, 2, 'number 7');
    await row(2, 'bounded').locator('input').fill('70');
    await page.keyboard.press('Enter');
    await says(notebook, 2, 'bounded 5');
    await row(2, 'date').locator('input').fill('2026-02-28');
    await says(notebook, 2, 'date "2026-02-2');
    await row(2, 'color').locator('input[type="text"]').click({ clickCount: 3 });
    await page.keyboard.type('#ff0000');
    await page.keyboard.press('Tab');
    await says(notebook, 2, 'color "#ff0000"');
    await picture('widgets-texts');

    await notebook.output(3).locator('button', { hasText: 'Go' }).click();
    await says(notebook, 3, 'clicked');
    await page.keyboard.press('Enter');
    await notebook
      .output(3)
      .locator('pre', { hasText: /clicked\s+clicked/ })
      .waitFor();
    const chooser = page.waitForEvent('filechooser');
    await notebook.output(3).locator('button', { hasText: 'Upload' }).click();
    await (await chooser).setFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await says(notebook, 3, 'upload a.txt hello');
    await notebook.output(3).locator('.widget-play button, .jupyter-widget-play button').first().click();
    await says(notebook, 3, 'play 3');
    await picture('widgets-views');

    await notebook.output(4).locator('.lm-TabBar-tab', { hasText: 'Second' }).click();
    await says(notebook, 4, 'tab 1');
    await notebook
      .output(4)
      .locator('.jupyter-widget-Collapse-header, .lm-Collapse-header', { hasText: 'More' })
      .click();
    await says(notebook, 4, 'fold 1');
    await notebook.output(4).getByText('further').waitFor();
    await picture('widgets-boxes');
  },
  120_000,
);

const VIEWS = [
  `${IMPORT} import { sleep } from 'cokernel';
const n = w.slider({ label: 'n', max: 10, value: 2 });
n.on('value', (v) => console.log('n is', v));
n`,
  'n',
  `const own = w.widget({
  state: { count: 0 },
  css: '.own { font-weight: bold; color: var(--jp-ui-font-color1) }',
  esm: ({ model, el }) => {
    const button = document.createElement('button');
    const show = () => { button.textContent = 'count is ' + model.get('count'); };
    button.className = 'own';
    button.onclick = () => { model.set('count', model.get('count') + 1); model.save_changes(); };
    model.on('change:count', show);
    show();
    el.append(button);
  },
});
own`,
  `w.column(['export default { render( }', 'export const nothing = 1', 'export default { render() { none.found } }'].map((esm) => w.widget({ esm })))`,
];

testInBrowser(
  'two views show the same value, which is there again after the page was reloaded, and moves while a cell awaits',
  async () => {
    const notebook = await opened('views.ipynb', VIEWS);
    for (const error of [
      'SyntaxError',
      'TypeError: it should have export default',
      'ReferenceError: none is not defined',
    ]) {
      await notebook.output(3).getByText(`The code of this widget failed in the page: ${error}`).waitFor();
    }
    const readout = (cell: number) => notebook.output(cell).locator('.widget-readout');
    const handle = (cell: number) => notebook.output(cell).locator('.noUi-handle');
    await handle(0).focus();
    await page.keyboard.press('ArrowRight');
    await readout(1).getByText('3').waitFor();
    await handle(1).focus();
    await page.keyboard.press('ArrowRight');
    await readout(0).getByText('4').waitFor();
    await notebook.output(2).locator('button').click();
    await notebook.output(2).getByText('count is 1').waitFor();
    await picture('widgets-views-of-one');
    const unsaved = page.locator('.lm-TabBar-tab.jp-mod-dirty');
    await unsaved.waitFor();
    await page.keyboard.press('Control+s');
    // A reload before the file is written would show the notebook without its outputs.
    await unsaved.waitFor({ state: 'detached' });
    await page.reload();
    await notebook.ready();
    await readout(0).getByText('4').waitFor({ timeout: 20_000 });
    await notebook.output(2).getByText('count is 1').waitFor();
    await handle(0).focus();
    await page.keyboard.press('ArrowRight');
    await readout(1).getByText('5').waitFor();
    await notebook.output(2).locator('button').click();
    await notebook.output(2).getByText('count is 2').waitFor();
    await picture('widgets-reloaded');
  },
  120_000,
);

testInBrowser(
  'when the process has ended, the widget is gone from the page and its cell says so',
  async () => {
    // A page that was reloaded no longer shows what comes for cells that it did not run.
    const notebook = await opened('gone.ipynb', [`${IMPORT} w.slider({ label: 'n' })`, 'process.exit(1)'], {
      first: 1,
    });
    await notebook.output(0).locator('.noUi-handle').waitFor();
    await notebook.run(1);
    await notebook.output(0).getByText('their kernel process ended').waitFor();
    expect(await notebook.output(0).locator('.noUi-handle').isVisible()).toBe(false);
    await picture('widgets-gone');
  },
  60_000,
);

testLongInBrowser(
  'a slider moves while a cell awaits it, and a thousand changes end with the last value in the page',
  async () => {
    const notebook = await opened(
      'await.ipynb',
      [
        `${IMPORT} import { sleep } from 'cokernel'; const n = w.slider({ label: 'n', max: 10_000, value: 2 }); n`,
        "const got = await n.changed(); 'went on with ' + got",
        'for (let i = 1; i <= 10_000; i++) { n.value = i; if (i % 100 === 0) await sleep(0.008); }',
      ],
      { first: 1 },
    );
    await notebook.run(1);
    await notebook.output(0).locator('.noUi-handle').focus();
    await page.keyboard.press('ArrowRight');
    await notebook.output(1).getByText("'went on with 3'").waitFor();
    await notebook.run(2);
    await notebook.done(2);
    await notebook.output(0).locator('.widget-readout').getByText('10000').waitFor();
  },
  60_000,
);

testLongInBrowser(
  'in the dark theme controls are readable, and interact shows what a function makes of their values',
  async () => {
    writeSetting(lab.home, 'apputils-extension/themes', { theme: 'JupyterLab Dark' });
    const notebook = await opened('dark.ipynb', [
      `${IMPORT}
w.interact({ words: w.slider({ max: 6, value: 3 }), loud: true, name: 'Ada' }, ({ words, loud, name }) =>
  html(\`<p style="font-size:16px">\${(name + (loud ? '! ' : ' ')).repeat(words)}</p>\`))`,
      `w.column([w.row([w.button({ label: 'Run', buttonStyle: 'success' }), w.toggle({ label: 'live', value: true })]),
  w.radio({ label: 'size', options: ['S', 'M'] }), w.text({ label: 'text', value: 'abc' }), w.progressBar({ label: 'bar', value: 60 })])`,
    ]);
    await notebook.output(0).getByText('Ada! Ada! Ada!').waitFor();
    await notebook.output(0).locator('.noUi-handle').focus();
    await page.keyboard.press('ArrowRight');
    await notebook.output(0).getByText('Ada! Ada! Ada! Ada!').waitFor();
    await page.mouse.move(1300, 700);
    await picture('widgets-dark');
    expect(await page.locator('body').getAttribute('data-jp-theme-light')).toBe('false');
  },
  60_000,
);

testLongInBrowser(
  'lines are put in order by dragging, by tapping and by the keyboard, and can then be predicted',
  async () => {
    const notebook = await opened(
      'arrange.ipynb',
      [
        `${IMPORT} import { coroutine, sleep } from 'cokernel'; import { predict } from 'cokernel/picture';
const guess = w.arrange(['one', 'two', 'three', 'four'], { label: 'What is printed?' });
guess.on('value', (lines) => console.log(lines.join(' ')));
guess`,
        `const main = coroutine(async () => { for (const line of ['two', 'one', 'three', 'four']) { await sleep(0); console.log(line); } });
(await predict(guess.value, main())).right`,
      ],
      { first: 1 },
    );
    const line = (text: string) => notebook.output(0).locator('.ck-arrange li', { hasText: text });
    const middle = async (text: string) => {
      const box = (await line(text).boundingBox()) as { x: number; y: number; width: number; height: number };
      return [box.x + box.width / 2, box.y + box.height / 2] as const;
    };
    await line('four').waitFor();
    await page.mouse.move(...(await middle('four')));
    await page.mouse.down();
    await page.mouse.move(...(await middle('two')), { steps: 8 });
    await picture('widgets-arrange');
    await page.mouse.up();
    await says(notebook, 0, 'one four two three');
    await line('four').click();
    await line('three').click();
    await says(notebook, 0, 'one two three four');
    await line('two').click();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await says(notebook, 0, 'two one three four');
    await notebook.run(1);
    await notebook.done(1);
    await notebook.output(1).locator('.jp-OutputArea-executeResult').getByText('true').waitFor();
  },
  90_000,
);

testLongInBrowser(
  'a file of a widget is in the page as soon as it is saved; of 10,000 changes the last arrives, and bytes do both ways',
  async () => {
    const esm = (word: string) => `export default { render({ model, el }) {
      const said = document.createElement('span');
      const show = () => { said.textContent = '${word} ' + model.get('data').byteLength; };
      model.on('change:data', show);
      show();
      const button = document.createElement('button');
      button.textContent = 'send';
      button.onclick = () => model.send('bytes', undefined, [new Uint8Array(9_000_000).fill(7)]);
      const many = document.createElement('button');
      many.textContent = 'many';
      many.onclick = () => {
        for (let i = 1; i <= 10_000; i++) {
          model.set('count', i);
          model.save_changes();
        }
      };
      el.append(said, button, many);
    } };`;
    writeFileSync(join(lab.notebooks, 'page.js'), esm('first'));
    const notebook = await opened(
      'file.ipynb',
      [
        `${IMPORT} const own = w.widget({ state: { data: new Uint8Array(1), count: 0 }, esm: 'page.js' });
own.on('count', (count) => count === 10_000 && console.log('last', count));
own.onMessage((said, [bytes]) => console.log(said, bytes?.byteLength, bytes?.at(-1)));
own`,
        'own.state.data = new Uint8Array(50_000_000)',
      ],
      { first: 1 },
    );
    await notebook.output(0).getByText('first 1').waitFor();
    await notebook.output(0).locator('button', { hasText: 'send' }).click();
    await says(notebook, 0, 'bytes 9000000 7');
    await notebook.output(0).locator('button', { hasText: 'many' }).click();
    await says(notebook, 0, 'last 10000');
    writeFileSync(join(lab.notebooks, 'page.js'), esm('second'));
    await notebook.output(0).getByText('second 1').waitFor();
    await notebook.run(1);
    await notebook.output(0).getByText('second 50000000').waitFor({ timeout: 30_000 });
  },
  120_000,
);
