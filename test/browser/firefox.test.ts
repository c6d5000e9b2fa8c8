// Live pages in Firefox, whose engine has other stacks, other words for errors, and other loops. Only with --long, and where
// there is a Firefox; what it shows differently is said in docs/live-pages.md.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { folder as lessons } from '../notebooks/stored.ts';
import { root } from './lab.ts';
import { notebookOf, openSite, type Site } from './live-site.ts';

const firefox = [process.env.COKERNEL_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path !== undefined && existsSync(path),
);
const testInFirefox = firefox !== undefined && process.env.COKERNEL_LONG ? test : test.skip;

const CELLS = [
  `import { coroutine, createTask, sleep } from 'cokernel';\nconst x: number = 1;\nlet cleaned = 'no';\nconsole.log('hi', { x });\nx + 1`,
  `try { await sleep(60) } finally { cleaned = 'yes' }`,
  `for (;;) {}`,
  `[cleaned, x]`,
  `const broken = (n: number): number => { throw new RangeError('no ' + n) };\nbroken(3)`,
  `/^(a+)+$/.test('a'.repeat(40) + 'b')`,
  `typeof x`,
  `${'['.repeat(50_000)}`,
  `const name = await input('Name? ');\n\`Hello, \${name}\``,
  `import { slider } from 'cokernel/widgets';\nconst size = slider({ value: 3 });\nsize`,
  `enum Colour { Red = 'red' }\nColour.Red`,
];
const LESSON = '03-one-after-another';

let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (testInFirefox === test.skip || firefox === undefined) return;
  site = await openSite(join(root, 'build', 'firefox-site'));
  await site.add('cells.html', notebookOf(CELLS), join(lessons, 'cells.ipynb'));
  const path = join(lessons, `${LESSON}.ipynb`);
  await site.add(`${LESSON}.html`, readFileSync(path, 'utf8'), path);
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox, protocol: 'webDriverBiDi' });
  page = await browser.newPage();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function open(name: string): Promise<void> {
  await page.goto(`${site.origin}/${name}.html`);
  // The first visit is loaded anew once.
  await page.waitForFunction("document.body?.classList.contains('live') && crossOriginIsolated", { polling: 100 });
}

function press(cell: number, name: string): Promise<unknown> {
  return page.evaluate(
    (at, wanted) => {
      const buttons = document.querySelectorAll('section.cell')[at]?.querySelectorAll('button') ?? [];
      [...buttons].find(({ textContent }) => textContent === wanted)?.click();
    },
    cell,
    name,
  );
}

async function ended(cell: number): Promise<string> {
  const isOver = (at: number) => !document.querySelectorAll('section.cell')[at]?.classList.contains('running');
  await page.waitForFunction(isOver, { polling: 50, timeout: 30_000 }, cell);
  return shown(cell);
}

async function shown(cell: number): Promise<string> {
  const text = await page.evaluate(
    (at) => (document.querySelectorAll('section.cell .outputs')[at] as { innerText?: string })?.innerText ?? '',
    cell,
  );
  return text.trim().replaceAll(/\n\n+/g, '\n');
}

async function run(cell: number): Promise<string> {
  await press(cell, 'Run');
  return ended(cell);
}

async function stopped(cell: number): Promise<string> {
  await press(cell, 'Run');
  await page.waitForFunction(
    (at) => document.querySelectorAll('section.cell')[at]?.classList.contains('running'),
    {},
    cell,
  );
  await press(cell, 'Stop');
  return ended(cell);
}

testInFirefox(
  'cells run, and an interrupt ends an await and a loop, with the variables kept',
  async () => {
    await open('cells');
    expect(await run(0)).toBe('hi { x: 1 }\n2');
    expect(await stopped(1)).toMatch(/^KeyboardInterrupt/);
    expect(await stopped(2)).toMatch(/^KeyboardInterrupt/);
    expect(await run(3)).toMatch(/^\[ '(yes|no)', 1 \]$/);
    expect(await run(10)).toBe("'red'");
  },
  120_000,
);

testInFirefox(
  'an error has its lines and places; a text that nests too deeply is a SyntaxError',
  async () => {
    await open('cells');
    expect(await run(4)).toMatch(
      /^RangeError: no 3\n> 1 \|[\s\S]*at broken \(Cell \[1\]:1:\d+\)\n {4}at Cell \[1\]:2:1$/,
    );
    expect(await run(7)).toMatch(/^SyntaxError: The source is nested too deeply/);
  },
  120_000,
);

testInFirefox(
  'what nothing can stop is ended with its worker, and the next cell works',
  async () => {
    await open('cells');
    await run(0);
    expect(await stopped(5)).toContain('Its variables are gone');
    expect(await run(6)).toBe("'undefined'");
  },
  120_000,
);

testInFirefox(
  'a question is answered, a slider moves, and a lesson shows what it holds',
  async () => {
    await open('cells');
    await press(8, 'Run');
    const field = await page.waitForSelector('.question input');
    await field?.type('Ada\n');
    expect(await ended(8)).toBe("'Hello, Ada'");
    await run(9);
    const handle = await page.waitForSelector('[role=slider]');
    await handle?.press('ArrowRight');
    await open(LESSON);
    expect(await run(0)).toBe("'hello'");
    await run(1);
    await run(2);
    expect(await run(3)).toMatch(/^anna: step 1\nben: step 1\nanna: step 2/);
    await page.waitForSelector('figure[data-ck][data-on]');
  },
  120_000,
);
