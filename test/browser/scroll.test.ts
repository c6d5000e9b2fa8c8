// What stays visible when somebody scrolls a tall picture or zooms in: the axis, the names, the words on long bars. In
// a page of its own; picture.test.ts looks at JupyterLab and nbconvert.

import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { Trace } from '../../runtime/picture/trace/traced.ts';
import { recorded } from '../picture/recorded.ts';
import { workers } from '../picture/samples.ts';
import { browsing, launch, testInBrowser } from './chromium.ts';

let browser: Browser;
let page: Page;
let html: string;

beforeAll(async () => {
  if (!browsing) return;
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 900, height: 500 } });
  html = new Trace(await recorded(workers(30))).html();
}, 60_000);

afterAll(() => browser?.close(), 30_000);

const show = (body: string) => page.setContent(`<!doctype html><body data-jp-theme-light="true">${body}</body>`);
const box = async (locator: Locator) => (await locator.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
const scrollTo = (left: number, top: number) =>
  page.locator('.ck-scroll').evaluate((element, to) => element.scrollTo(...to), [left, top] as [number, number]);

testInBrowser('the axis of a tall picture stays in place while the lanes scroll below it', async () => {
  await show(html);
  const lanes = page.locator('.ck-view > svg').nth(1);
  const before = await box(lanes);
  await scrollTo(0, 200);
  expect((await box(lanes)).y).toBeCloseTo(before.y - 200, 0);
  expect((await box(page.locator('.ck-axis'))).y).toBeCloseTo((await box(page.locator('.ck-scroll'))).y, 0);
});

testInBrowser(
  'in a zoomed and scrolled picture the axis, the names and the words on a long bar are visible',
  async () => {
    await show(html);
    await page.locator('figure').focus();
    for (let press = 0; press < 5; press++) await page.keyboard.press('+');
    const word = page.locator('.wait').first();
    const name = page.locator('text.name', { hasText: 'worker-7' });
    const nameBefore = await box(name);
    await scrollTo(700, 100);
    const scroll = await box(page.locator('.ck-scroll'));
    expect((await box(page.locator('.ck-axis'))).y).toBeCloseTo(scroll.y, 0);
    await page.waitForFunction(
      `document.querySelector('.ck-view').style.getPropertyValue('--ck-scrolled') === '700px'`,
    );
    expect((await box(name)).x).toBeCloseTo(nameBefore.x, 0);
    const wordAfter = await box(word);
    const nameAfter = await box(name);
    expect(wordAfter.x).toBeGreaterThan(nameAfter.x + nameAfter.width);
    expect(wordAfter.x).toBeLessThan(scroll.x + scroll.width);
  },
);

testInBrowser('the cursor begins at the axis and ends with the lanes', async () => {
  await show(html);
  const line = await box(page.locator('.ck-head'));
  const axis = await box(page.locator('.ck-axis'));
  const lanes = await box(page.locator('.ck-lanes'));
  expect(line.y).toBeCloseTo(axis.y + axis.height, 0);
  expect(line.y + line.height).toBeLessThan(lanes.y + lanes.height);
});
