// The search for faults in pictures (words.ts) finds each kind of fault in a page that is made of faults, and none in a
// page without faults.

import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { browsing, launch, testInBrowser } from './chromium.ts';
import { faultsOf } from './words.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (!browsing) return;
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 500, height: 400 } });
}, 60_000);

afterAll(() => browser?.close(), 30_000);

async function faults(drawing: string, after = '', style = ''): Promise<string[]> {
  await page.setContent(
    `<body style="margin:0;font:12px monospace"><style>text{font:12px monospace}</style><figure style="margin:10px;${style}"><div class="ck-scroll" style="overflow:auto"><div class="ck-view">` +
      `<svg width="300" height="200" style="display:block;overflow:visible"><rect width="300" height="200" fill="#fff"/>${drawing}</svg></div></div>${after}</figure></body>`,
  );
  const figure = page.locator('figure');
  return faultsOf(figure, figure.locator('.ck-scroll'));
}

const text = (words: string, x: number, y: number, more = ''): string =>
  `<text x="${x}" y="${y}" font-size="12" ${more}>${words}</text>`;
const fine = text('fine', 20, 190);

testInBrowser('a good picture has no faults', async () => {
  expect(await faults(text('one', 10, 20) + text('two', 10, 36) + text('three', 60, 20))).toEqual([]);
});

testInBrowser('words that overlap, are cut, leave their bar, or are small, faint or hidden are found', async () => {
  const found = [
    await faults(fine + text('under', 10, 20) + text('over', 20, 22)),
    await faults(fine + text('outside the right', 250, 20)),
    await faults(fine + text('above', 10, 4)),
    await faults(fine + text('shorten…', 10, 20)),
    await faults(fine + text('long words', 10, 20, 'data-x="10" data-w="30"')),
    await faults(
      fine + text('tiny', 10, 20, 'style="font-size:7px;font-weight:bold"').replace('font-size="12"', 'font-size="7"'),
    ),
    await faults(fine + text('pale', 10, 20, 'fill="#bbb"')),
    await faults(`${fine + text('covered', 10, 20)}<rect width="200" height="60" fill="#fff"/>`),
    await faults(''),
  ];
  expect(found.flat()).toEqual([
    "'under' and 'over' overlap",
    "'outside the right' leaves the drawing",
    "'above' leaves the drawing",
    "'shorten…' is cut",
    "'long words' leaves its bar",
    "'tiny' is 7.0 pixels small",
    expect.stringMatching(/^'pale' has a contrast of 1\.\d\d$/),
    "'covered' is hidden",
    'there are no words',
  ]);
});

testInBrowser(
  'whatever is too wide for its place is found: the page, the figure, a part of it, the drawing in its box',
  async () => {
    const wide = await faults(fine, '', 'width:600px');
    expect(wide).toEqual(expect.arrayContaining(['the page scrolls sideways', 'the figure leaves the window']));
    const bar = '<div class="ck-bar"><button style="margin-left:300px">x</button></div>';
    expect(await faults(fine, bar, 'width:310px')).toEqual([expect.stringMatching(/^<button .* leaves the figure$/)]);
    expect(await faults(fine, '', 'width:200px')).toEqual(['the drawing scrolls sideways by 100']);
  },
);
