// Live pages on a plain static host: what a reader runs there is what the kernel of Node would show.

import { globSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { htmlOf } from '../../runtime/picture/trace/trace-page.ts';
import { Trace } from '../../runtime/picture/trace/traced.ts';
import { startKernelProcess } from '../client.ts';
import { folder as lessons, notebooks, sourceOf, storedText } from '../notebooks/stored.ts';
import { recorded } from '../picture/recorded.ts';
import { workers } from '../picture/samples.ts';
import { browsing, launch, testInBrowser } from './chromium.ts';
import { FAILING } from './failing-cells.ts';
import { root } from './lab.ts';
import { LivePage, notebookOf, openSite, type Site } from './live-site.ts';

/** The lessons whose cells are compared: one of them, or with --long all that a browser can run. */
const COMPARED = notebooks.filter(({ name }) => (process.env.COKERNEL_LONG ? true : name.startsWith('12-')));

const CELLS = [
  `import { coroutine, createTask, sleep } from 'cokernel';\nconst x: number = 1;\nconsole.log('hi', { x });\nx + 1`,
  `function x() { return 'function'; }\nx()`,
  `class x { name = 'class' }\nnew x().name`,
  `let cleaned = 'no';\nconst kept = 5;\ntry { await sleep(60) } finally { cleaned = 'yes' }`,
  `[cleaned, kept]`,
  `console.log('spins');\nfor (;;) {}`,
  `console.log('blocks');\n/^(a+)+$/.test('a'.repeat(40) + 'b')`,
  `typeof kept`,
  `createTask(coroutine(async () => { await sleep(0.3); console.log('late') })());\n'first'`,
  `const name = await input('Name? ');\n\`Hello, \${name}\``,
  `const self = 1, postMessage = 2, Map = 3, Promise = 4;\n[self, postMessage, Map, Promise]`,
  `${'['.repeat(50_000)}`,
  `enum Colour { Red = 'red' }\nColour.Red`,
  `const broken = (n: number): number => { throw new RangeError('no ' + n) };\nbroken(3)`,
  `import { readFile } from 'node:fs/promises'`,
  `prompt('Number?')`,
  `import { button, interact, row, select, slider, text } from 'cokernel/widgets';
import { watch } from 'cokernel/picture';
const size = slider({ min: 0, max: 10, value: 3, label: 'size' });
const who = text({ label: 'who', value: 'Ada' }), fruit = select({ label: 'fruit', options: ['apple', 'pear'] });
const go = button({ label: 'Go' });
go.on('click', () => console.log('gone'));
row([size, who, fruit, go])`,
  'await size.changed();\n[size.value, who.value, fruit.value]',
  "interact({ n: slider({ min: 0, max: 5, value: 2, label: 'n' }) }, ({ n }) => html(`<b>n is ${n}</b>`))",
  "watch();\nconst nap = createTask(coroutine(async () => { await sleep(60) })(), { name: 'nap' });\ntry { await nap } catch (error) { console.log(String(error)) }",
  "import { widget } from 'cokernel/widgets';\nwidget({ state: { value: 1 }, esm: 'export default { render() {} }' })",
  `display(html('<img src="data:," onerror="document.body.dataset.hit = 1"><script>document.body.dataset.hit = 2</script>')); 1`,
];

const SABOTAGE = [
  "Object.defineProperty(MessageEvent.prototype, 'data', { get() {} }); Event.prototype.preventDefault = () => { throw 1 }; globalThis.encodeURI = null; Promise.reject(1); 0",
  'globalThis.onmessage = null; globalThis.postMessage = null; postMessage',
  '(Object.prototype as any).then = () => {}; 0',
  "Array.prototype.push = () => { throw new Error('pushed') }; JSON.parse = Array.prototype.push; 0",
];
/** What a cell puts into the browser's cache, in the hope that the page runs it. */
const PLANTED = `const put = async (path, text, type) =>
  (await caches.open((await caches.keys())[0])).put(new URL('../' + path, location.href), new Response(text, { headers: { 'content-type': type } }));
const taken = "document.documentElement.dataset.taken = '1'";
await put(location.pathname.split('/').at(-2) + '/page.js', taken, 'text/javascript');
await put('live-0123456789/x.js', taken, 'text/javascript');
await put('cells.html', '<script>' + taken + '</script><script src="live-0123456789/x.js"></script><p>planted</p>', 'text/html');
1`;
/** Markup that leads away, hides the page, and takes the names that its script uses. */
const MARKUP = `html('<meta http-equiv="refresh" content="0;url=frame.html"><iframe src="frame.html"></iframe><style>body { display: none }</style>'
  + '<div class="ck"><style>body { display: none }</style></div></div></div></section>'
  + '<div style="position: fixed; inset: 0; z-index: 9">over</div>'
  + '<style>em { color: rgb(255, 0, 0) }</style><em>red</em><img name="createElement" alt=""><b id="addEventListener">b</b><!--')`;
/** What the player puts above a figure comes from its data. */
const FIGURE = async () => {
  const recording = await recorded(workers(2));
  const html = '<meta http-equiv="refresh" content="0;url=frame.html"><img name="querySelector" alt=""><b>above</b>';
  return `html(${JSON.stringify(htmlOf(recording, new Trace(recording).model, {}, { above: { text: 'text', html } }))})`;
};
/** What a cell leaves behind, and what nothing but its end stops. */
const LEFT = "setTimeout(() => { for (;;) { try { for (;;) {} } catch {} } }, 30); 'left'";
const UNENDING = ["for (;;) console.log('x'.repeat(1000))", "for (;;) display(html('<b>y</b>'))"];
/** The cells of a hostile page; a figure comes after them. */
const HOSTILE = [...SABOTAGE, 'self.close()', ...UNENDING, PLANTED, MARKUP];

/** The first is expected to fail, the third is not. */
const MANNERS = [
  "throw new Error('meant')",
  '1 + 1',
  "throw new Error('not meant')",
  '2 + 2',
  "await input('Name?')",
  "const kept = 1;\nfor (;;) { try { prompt('Number?') } catch {} }",
  'kept',
  LEFT,
];

/** The first cell with widgets. */
const WIDGETS = CELLS.findIndex((source) => source.includes('cokernel/widgets'));

let site: Site;
let browser: Browser;
/** A reader's browser that knows the site after the first visit: what is heavy about it is loaded and compiled once. */
let reader: BrowserContext;
/** The page of all tests, as a new one takes a second of the processor. */
let live: LivePage;
const complaints: string[] = [];

beforeAll(async () => {
  if (!browsing) return;
  site = await openSite(join(root, 'build', 'live-site'));
  await site.add('cells.html', notebookOf(CELLS), join(lessons, 'cells.ipynb'));
  await site.add('hostile.html', notebookOf([...HOSTILE, await FIGURE()]), join(lessons, 'hostile #1.ipynb'));
  await site.add('failing.html', notebookOf(FAILING, [...FAILING.keys()]), join(lessons, 'failing.ipynb'));
  await site.add('manners.html', notebookOf(MANNERS, [0]), join(lessons, 'manners.ipynb'));
  writeFileSync(join(site.folder, 'index.html'), '<!doctype html>front page');
  writeFileSync(
    join(site.folder, 'frame.html'),
    '<!doctype html><iframe name="inner" src="cells.html" width="900" height="600">',
  );
  for (const { name } of COMPARED) {
    const path = join(lessons, name);
    await site.add(name.replace('.ipynb', '.html'), readFileSync(path, 'utf8'), path);
  }
  browser = await launch();
  reader = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  live = new LivePage(await reader.newPage());
  live.page.on('pageerror', (error) => complaints.push(String(error.stack)));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(() => {
  complaints.length = 0;
});
afterEach(async () => {
  if (!browsing) return;
  await reader.setOffline(false);
  // Edits are kept there.
  if (live.page.url().startsWith(site.origin)) await live.page.evaluate('localStorage.clear()');
});

/** Opens one of the site's pages, in which nothing has run; that of cells unless another is named. */
const visit = (name = 'cells') => live.open(`${site.origin}/${name}.html`);

/** Runs the cells that print for ever, and stops them once they have printed more than a page shows. */
async function printsForEver(page: LivePage): Promise<void> {
  for (const source of UNENDING) {
    const at = HOSTILE.indexOf(source);
    await page.press(at, 'Run');
    await page.cell(at).getByText('are not shown').waitFor();
    await page.press(at, 'Stop');
    expect(await page.ended(at)).toMatch(/older (?:characters|outputs) are not shown.*KeyboardInterrupt/s);
  }
}

// The first of the tests: afterwards the reader's browser knows the site.
testInBrowser(
  'the first visit on a plain host becomes isolated, and a cell runs there',
  async () => {
    await visit();
    expect(await live.page.evaluate('crossOriginIsolated')).toBe(true);
    expect(await live.run(0)).toBe('hi { x: 1 }\n2');
    expect(await live.cell(0).locator('.count').innerText()).toBe('[1]');
    await live.page.reload();
    expect(await live.run(0)).toBe('hi { x: 1 }\n2');
    expect(complaints).toEqual([]);
  },
  60_000,
);

testInBrowser(
  'a name is a constant, then a function, then a class, as in the kernel',
  async () => {
    await visit();
    expect([await live.run(0), await live.run(1), await live.run(2)]).toEqual([
      'hi { x: 1 }\n2',
      "'function'",
      "'class'",
    ]);
  },
  60_000,
);

testInBrowser(
  'stop ends an await with its finally, and a loop; variables stay',
  async () => {
    await visit();
    await live.run(0);
    await live.press(3, 'Run');
    await live.press(3, 'Stop');
    expect(await live.ended(3)).toMatch(/^KeyboardInterrupt/);
    expect(await live.run(4)).toBe("[ 'yes', 5 ]");
    await live.press(5, 'Run');
    await live.cell(5).locator('.stdout').waitFor();
    await live.press(5, 'Stop');
    expect(await live.ended(5)).toMatch(/^spins\nKeyboardInterrupt/);
    expect(await live.run(4)).toBe("[ 'yes', 5 ]");
  },
  60_000,
);

testInBrowser(
  'within a page that is not isolated a loop asks for its mail: stop ends it, a question that blocks is answered, variables stay',
  async () => {
    const context = await browser.newContext();
    const outer = await context.newPage();
    await outer.goto(`${site.origin}/frame.html`);
    const frame = outer.frame({ name: 'inner' });
    const inner = new LivePage(frame as unknown as Page);
    await inner.page.locator('body.live').waitFor();
    // The first visit is loaded anew once, which does not isolate it here.
    await inner.page.waitForFunction('navigator.serviceWorker.controller && sessionStorage.length > 0');
    await inner.page.locator('body.live').waitFor();
    expect(await inner.page.evaluate('crossOriginIsolated')).toBe(false);
    await inner.run(0);
    await inner.press(3, 'Run');
    await inner.press(3, 'Stop');
    expect(await inner.ended(3)).toMatch(/^KeyboardInterrupt/);
    await inner.press(5, 'Run');
    await inner.cell(5).locator('.stdout').waitFor();
    await inner.press(5, 'Stop');
    expect(await inner.ended(5)).toMatch(/^spins\nKeyboardInterrupt/);
    await inner.press(15, 'Run');
    await inner.cell(15).getByRole('textbox').fill('12');
    await inner.cell(15).getByRole('textbox').press('Enter');
    expect(await inner.ended(15)).toBe("'12'");
    await inner.press(15, 'Run');
    await inner.press(15, 'Stop');
    expect(await inner.ended(15)).toMatch(/^KeyboardInterrupt/);
    expect(await inner.run(4)).toBe("[ 'yes', 5 ]");
    await inner.run(WIDGETS);
    await inner.cell(WIDGETS).getByRole('slider').waitFor();
    await inner.open(`${site.origin}/hostile.html`);
    await printsForEver(inner);
    await context.close();
  },
  60_000,
);

testInBrowser(
  'what nothing can stop is ended with its worker, and says so; the next cell works',
  async () => {
    await visit();
    await live.press(6, 'Run');
    await live.cell(6).locator('.stdout').waitFor();
    await live.press(6, 'Stop');
    expect(await live.ended(6)).toMatch(/KeyboardInterrupt: Nothing else could stop the cell.*variables are gone/s);
    expect(await live.run(7)).toBe("'undefined'");
  },
  60_000,
);

testInBrowser(
  'a cell that changes built-ins or closes its worker harms no other cell, and one that prints for ever can be stopped',
  async () => {
    await visit('hostile');
    expect(await live.run(0)).toMatch(/^0\b/);
    expect([await live.run(1), await live.run(2), await live.run(3)]).toEqual(['null', '0', '0']);
    expect(await live.run(4)).toMatch(/^ProcessExit/);
    const download = live.page.getByRole('link', { name: 'Notebook', exact: true });
    expect(await download.getAttribute('href')).toBe('hostile%20%231.ipynb');
    await printsForEver(live);
    expect(complaints).toEqual([]);
  },
  60_000,
);

testInBrowser(
  'what a cell puts into the cache is not run, with the network or without',
  async () => {
    await visit('hostile');
    expect(await live.run(HOSTILE.indexOf(PLANTED))).toBe('1');
    const taken = () => live.page.evaluate('document.documentElement.dataset.taken');
    await visit('hostile');
    expect([
      await taken(),
      await live.page.evaluate(`fetch('live-0123456789/x.js').then(({ status }) => status)`),
    ]).toEqual([undefined, 404]);
    await live.page.context().setOffline(true);
    await live.page.goto(`${site.origin}/cells.html`);
    await live.page.getByText('planted').waitFor();
    expect(await taken()).toBeUndefined();
    await live.page.context().setOffline(false);
    await visit();
    expect(await live.run(0)).toBe('hi { x: 1 }\n2');
  },
  60_000,
);

testInBrowser(
  'markup that a cell displays does not lead away, hide the page or take the names of its script',
  async () => {
    await visit('hostile');
    expect(await live.run(HOSTILE.indexOf(MARKUP))).toBe(
      '[a frame of frame.html is not shown in this page]\nover\nredb',
    );
    expect(await live.page.evaluate(`getComputedStyle(document.querySelector('.output em')).color`)).toBe(
      'rgb(255, 0, 0)',
    );
    const figure = live.cell(HOSTILE.length);
    await live.press(HOSTILE.length, 'Run');
    await figure.getByText('above', { exact: true }).waitFor();
    await figure.locator('figure[data-on] .ck-bar').waitFor();
    await live.write(1, '1 + 41');
    expect(await live.run(1)).toBe('42');
    expect(live.page.url()).toBe(`${site.origin}/hostile.html`);
    expect(complaints).toEqual([]);
  },
  60_000,
);

testInBrowser(
  'a cell that waits for its turn leaves the queue by its own Stop; those behind it run',
  async () => {
    await visit();
    await live.run(0);
    await live.press(9, 'Run');
    await live.press(4, 'Run');
    await live.press(1, 'Run');
    await live.press(4, 'Stop');
    expect(await live.ended(4)).toBe('');
    await live.cell(9).getByLabel('Name?').fill('Ada');
    await live.page.keyboard.press('Enter');
    expect([await live.ended(9), await live.ended(1)]).toEqual(["'Hello, Ada'", "'function'"]);
    expect([await live.shown(4), await live.cell(4).locator('.count').innerText()]).toEqual(['', '[ ]']);
  },
  60_000,
);

testInBrowser(
  'what a cell left running and nothing stops is ended at a press of Stop, and the cell behind it is told',
  async () => {
    await visit('manners');
    expect(await live.run(7)).toBe("'left'");
    await live.press(1, 'Run');
    await live.press(1, 'Stop');
    expect(await live.ended(1)).toMatch(
      /^KeyboardInterrupt: Nothing else could stop what an earlier cell left running/,
    );
    expect(await live.run(1)).toBe('2');
  },
  60_000,
);

testInBrowser(
  'a parser that cannot be fetched is said, and the next press tries again',
  async () => {
    const context = await browser.newContext();
    await context.route('**/oxc.wasm', (route) => route.fulfill({ status: 503 }));
    const page = new LivePage(await context.newPage());
    await page.open(`${site.origin}/cells.html`);
    await page.run(0);
    expect(await page.page.getByRole('status').innerText()).toMatch(/^What runs the cells could not be loaded/);
    await context.unroute('**/oxc.wasm');
    expect(await page.run(0)).toBe('hi { x: 1 }\n2');
    await context.close();
  },
  60_000,
);

testInBrowser(
  'late output comes under its own cell; a question is asked in the page',
  async () => {
    await visit();
    await live.run(0);
    expect(await live.run(8)).toBe("'first'");
    await live.press(9, 'Run');
    await live.cell(9).getByLabel('Name?').fill('Ada');
    await live.page.keyboard.press('Enter');
    expect(await live.ended(9)).toBe("'Hello, Ada'");
    await live.cell(8).locator('.stdout').waitFor();
    expect(await live.shown(8)).toBe("'first'\nlate");
    await live.press(15, 'Run');
    await live.cell(15).getByLabel('Number?').fill('42');
    await live.page.keyboard.press('Enter');
    expect(await live.ended(15)).toBe("'42'");
    // A question takes nothing from what somebody is writing elsewhere.
    await live.write(1, '');
    await live.page.keyboard.type('6 *');
    await live.cell(9).getByRole('button', { name: 'Run', exact: true }).dispatchEvent('click');
    await live.cell(9).getByLabel('Name?').waitFor();
    await live.page.keyboard.type(' 7');
    await live.press(9, 'Stop');
    expect(await live.run(1)).toBe('42');
  },
  60_000,
);

testInBrowser(
  'cells may take the names of a worker, nest too deeply, and use what only esbuild compiles',
  async () => {
    await visit();
    expect(await live.run(10)).toBe('[ 1, 2, 3, 4 ]');
    expect(await live.run(11)).toMatch(/^SyntaxError/);
    const [esbuild] = globSync('live-*/esbuild.wasm', { cwd: site.folder });
    const place = join(site.folder, esbuild as string);
    renameSync(place, `${place}.away`);
    expect(await live.run(12)).toMatch(/could not be fetched from .*esbuild\.wasm: .*npm install esbuild-wasm@\d/s);
    renameSync(`${place}.away`, place);
    expect(await live.run(12)).toBe("'red'");
    expect(await live.run(7)).toBe("'undefined'");
  },
  60_000,
);

testInBrowser(
  'an error has its line and its place; what a browser does not have says so',
  async () => {
    await visit();
    const error = await live.run(13);
    expect(error).toMatch(/^RangeError: no 3/);
    expect(error).toMatch(/> 1 \| const broken/);
    expect(error).toMatch(/at broken \(Cell \[1\]:1:/);
    expect(await live.run(14)).toMatch(/this notebook runs in a browser, which has no Node/);
    await live.press(4, 'Run what is above');
    await live.cell(2).locator('.outputs').getByText("'class'").waitFor();
    await live.press(3, 'Stop');
    await live.ended(4);
    expect(await live.page.getByRole('status').innerText()).toMatch(
      /^Cell \[\d+\] was stopped; those after it were not run$/,
    );
  },
  60_000,
);

testInBrowser(
  'an edit is run, survives a reload, and can be taken back',
  async () => {
    await visit();
    await live.write(0, '1 + 41');
    await live.page.keyboard.press('Shift+Enter');
    expect(await live.ended(0)).toBe('42');
    await live.page.reload();
    await live.page.locator('body.live').waitFor();
    expect(await live.run(0)).toBe('42');
    await live.press(0, 'Reset');
    expect(await live.run(0)).toBe('hi { x: 1 }\n2');
    await live.press(0, 'Undo reset');
    expect(await live.run(0)).toBe('42');
    await live.press(0, 'Reset');
    await live.page.reload();
    await live.page.locator('body.live').waitFor();
    expect(await live.run(0)).toBe('hi { x: 1 }\n2');
  },
  60_000,
);

testInBrowser(
  'running what is above runs it first; a second visit works without the network',
  async () => {
    await visit();
    await live.press(1, 'Run what is above');
    expect(await live.ended(1)).toBe("'function'");
    // What was not used yet is kept too, a while after the visit.
    // They are fetched in the order of their names.
    const kept = `caches.keys().then(async ([name]) => (await (await caches.open(name)).keys()).map(({ url }) => url).join())`;
    while (!String(await live.page.evaluate(kept)).includes('/player.js')) await live.page.waitForTimeout(100);
    await live.page.evaluate(`fetch('index.html')`);
    await live.page.context().setOffline(true);
    await live.page.goto(`${site.origin}/`);
    await live.page.getByText('front page').waitFor();
    await visit();
    expect(await live.run(0)).toBe('hi { x: 1 }\n2');
    await live.write(1, '6 * 7');
    expect(await live.run(1)).toBe('42');
    await live.run(WIDGETS);
    await live.cell(WIDGETS).getByRole('slider').waitFor();
  },
  60_000,
);

testInBrowser(
  'one stop ends a loop that catches the interrupt and asks again, and the variables stay',
  async () => {
    await visit('manners');
    await live.press(5, 'Run');
    await live.cell(5).getByLabel('Number?').waitFor();
    await live.press(5, 'Stop');
    expect(await live.ended(5)).toMatch(/^KeyboardInterrupt/);
    expect(await live.run(6)).toBe('1');
  },
  60_000,
);

testInBrowser(
  'a new version is never behind an old one, and a page that is open twice keeps the edits of both',
  async () => {
    const shown = async (text: string, days: number) => {
      const path = join(site.folder, 'old.html');
      writeFileSync(path, text);
      const then = Date.now() / 1000 - days * 86_400;
      utimesSync(path, then, then);
      await live.page.goto(`${site.origin}/old.html`);
      return live.page.locator('body').innerText();
    };
    expect([await shown('first', 60), await shown('second', 30)]).toEqual(['first', 'second']);
    await visit('manners');
    const other = new LivePage(await reader.newPage());
    await other.open(`${site.origin}/manners.html`);
    await live.write(1, '6 * 7');
    await other.write(3, '6 * 8');
    await other.page.close();
    await live.page.reload();
    await live.page.locator('body.live').waitFor();
    expect([await live.run(1), await live.run(3)]).toEqual(['42', '48']);
    // A release with another cell above.
    await site.add('manners.html', notebookOf(["'new'", ...MANNERS], [1]), join(lessons, 'manners.ipynb'));
    await visit('manners');
    expect([await live.run(0), await live.run(2), await live.run(4)]).toEqual(["'new'", '42', '48']);
    await site.add('manners.html', notebookOf(MANNERS, [0]), join(lessons, 'manners.ipynb'));
  },
  60_000,
);

testInBrowser(
  'a failure stops what is below it unless it was expected, a restart is no failure, and keys run cells as in JupyterLab',
  async () => {
    await visit('manners');
    const button = (name: string) => live.page.getByRole('button', { name, exact: true });
    await button('Run all').click();
    await live.page.getByRole('status').getByText('Cell [3] failed; those after it were not run').waitFor();
    expect([await live.shown(1), await live.shown(3)]).toEqual(['2', '']);
    await button('Restart').click();
    expect(await live.run(1)).toBe('2');
    expect(await live.shown(2)).toMatch(/^Error: not meant(?!.*ProcessExit)/s);
    await live.press(4, 'Run');
    await live.cell(4).getByLabel('Name?').waitFor();
    await button('Restart').click();
    expect(await live.ended(4)).toMatch(/^KeyboardInterrupt: Restart was pressed/);
    const focused = () => live.page.evaluate(`document.activeElement.textContent`);
    const code = live.cell(1).locator('.input > pre');
    await code.press('Control+Enter');
    expect(await focused()).toBe('1 + 1');
    await code.press('Shift+Enter');
    expect(await focused()).toBe(MANNERS[2]);
    expect(complaints).toEqual([]);
  },
  60_000,
);

/** Lines of a traceback are joined without ends in what is stored. */
const squeezed = (text: string) => text.replaceAll(/\s+/g, '');

testInBrowser(
  'widgets act while a cell awaits, and while none runs; one with code of its own is text',
  async () => {
    await visit();
    await live.run(0);
    await live.run(WIDGETS);
    const slider = live.cell(WIDGETS).getByRole('slider');
    await live.press(WIDGETS + 1, 'Run');
    await slider.press('ArrowRight');
    expect(await live.ended(WIDGETS + 1)).toBe("[ 4, 'Ada', 'apple' ]");
    await live.cell(WIDGETS).getByRole('textbox', { name: 'who' }).fill('Bob');
    await live.cell(WIDGETS).getByRole('combobox').selectOption('pear');
    await live.cell(WIDGETS).getByRole('button', { name: 'Go' }).click();
    await live.cell(WIDGETS).getByText('gone', { exact: true }).waitFor();
    await live.press(WIDGETS + 1, 'Run');
    await slider.press('ArrowLeft');
    expect(await live.ended(WIDGETS + 1)).toBe("[ 3, 'Bob', 'pear' ]");
    await live.run(WIDGETS + 2);
    await live
      .cell(WIDGETS + 2)
      .getByText('n is 2')
      .waitFor();
    await live
      .cell(WIDGETS + 2)
      .getByRole('slider')
      .press('ArrowRight');
    await live
      .cell(WIDGETS + 2)
      .getByText('n is 3')
      .waitFor();
    await live.press(WIDGETS + 3, 'Run');
    await live
      .cell(WIDGETS + 3)
      .getByRole('button', { name: 'Cancel', exact: true })
      .click();
    expect(await live.ended(WIDGETS + 3)).toContain('CancelledError');
    expect(await live.run(WIDGETS + 4)).toContain('A live page runs no code of a widget');
    expect(complaints).toEqual([]);
  },
  60_000,
);

testInBrowser(
  'what a cell displays runs no script in the page',
  async () => {
    await visit();
    await live.run(CELLS.length - 1);
    // The handler is called, or refused, before this one.
    await live.page.evaluate(`new Promise((heard) => {
      const image = document.querySelector('.outputs img');
      const again = image.cloneNode();
      again.addEventListener('error', heard);
      document.querySelector('.outputs').append(again);
    })`);
    expect(await live.page.evaluate('document.body.dataset.hit')).toBeUndefined();
  },
  60_000,
);

const told = (text: string) => squeezed(stripVTControlCharacters(text));

testInBrowser(
  'cells that fail are told as the kernel of Node tells them',
  async () => {
    const kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
    const expected: string[] = [];
    for (const source of FAILING) {
      const { reply } = await kernel.client.execute(source);
      expected.push(told(((reply.content.traceback ?? []) as string[]).join('\n')));
    }
    await kernel.stop();
    await visit('failing');
    // Each failure is expected, so none stops those after it.
    await live.page.getByRole('button', { name: 'Run all', exact: true }).click();
    const last = FAILING.length - 1;
    await live
      .cell(last)
      .locator('.count', { hasText: `[${FAILING.length}]` })
      .waitFor();
    await live.ended(last);
    const shown: string[] = [];
    for (const at of FAILING.keys()) shown.push(told(await live.cell(at).locator('.output.error').innerText()));
    expect(shown).toEqual(expected);
  },
  60_000,
);

for (const notebook of COMPARED) {
  testInBrowser(
    `${notebook.name} shows in a page what it holds`,
    async () => {
      const { cells } = notebook;
      const code = cells.filter(({ cell_type }) => cell_type === 'code');
      await visit(notebook.name.replace('.ipynb', ''));
      const shown = live.page.locator('section.cell');
      expect(await shown.count()).toBe(code.length);
      for (const [at, cell] of code.entries()) {
        const text = await live.run(at);
        const stored = storedText(cell);
        if (stored !== undefined) expect([sourceOf(cell), squeezed(text)]).toEqual([sourceOf(cell), squeezed(stored)]);
      }
      // A figure that no player has taken stays an image.
      await live.page.locator('figure[data-ck]:not([data-on])').first().waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
    },
    120_000,
  );
}
