// The figures of all lessons as JupyterLab shows them on a screen of 1366 × 768: at the moment with the most to see, Loop,
// graph, source and output can be read without scrolling. Leaves a screenshot of each in build/screenshots/.

import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { end } from '../cli/cokernel.ts';
import { type JupyterHome, jupyterHome } from '../jupyter.ts';
import { browsing, launch, testInBrowser } from './chromium.ts';
import { pictures, root } from './lab.ts';

/** The room that JupyterLab leaves for an output, beside its file browser and below its bars. */
const ROOM = { width: 1010, height: 600 };

let browser: Browser;
let home: JupyterHome;
beforeAll(async () => {
  if (!browsing) return;
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
  home = await jupyterHome();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  home?.remove();
});

/** Without --long some lessons, those with the fullest figures among them. */
const chosen = process.env.COKERNEL_LONG ? /^\d.*\.ipynb$/ : /^(?:04|10|15)-.*\.ipynb$/;

/** Runs the lessons, and returns their pages by name. */
async function pages(): Promise<string[]> {
  const [from, to] = [join(home.folder, 'lessons'), join(home.folder, 'pages')];
  cpSync(join(root, 'notebooks'), from, { recursive: true });
  const files = readdirSync(from).filter((name) => chosen.test(name));
  const cli = join(root, 'dist', 'kernel', 'cli.js');
  const paths = files.map((name) => join(from, name));
  const { code, stderr } = await end(process.execPath, [cli, 'run', ...paths, '--html', '--out', to], home.env);
  if (code !== 0) throw new Error(stderr);
  return files.map((name) => join(to, name.replace(/ipynb$/, 'html')));
}

interface Slider {
  value: string;
  readonly max: string;
  closest(selector: string): { querySelectorAll(selector: string): { readonly length: number } };
  dispatchEvent(event: Event): void;
}

/** Moves to the moment at which the graph and the loop's queues show most. */
const toTheMost = (figure: Locator): Promise<void> =>
  figure.locator('.ck-bar input').evaluate((range) => {
    const slider = range as unknown as Slider;
    const last = Number(slider.max);
    const go = (moment: number): void => {
      slider.value = String(moment);
      slider.dispatchEvent(new Event('input'));
    };
    let [best, most] = [0, -1];
    for (let moment = 0; moment <= last; moment++) {
      go(moment);
      const { length } = slider.closest('figure').querySelectorAll('.ck-graph g,.ck-strip .chip,.ck-arrows .tip,.say');
      if (length > most) [best, most] = [moment, length];
    }
    go(best);
  });

/** How much of a part is out of sight, in pixels. */
const hidden = (figure: Locator, part: string): Promise<number> =>
  figure.locator(part).evaluate((element) => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element as unknown as Record<string, number>;
    return Math.max((scrollHeight ?? 0) - (clientHeight ?? 0), (scrollWidth ?? 0) - (clientWidth ?? 0));
  });

/** How much of the graph is out of sight, in pixels, at the moment when it is largest. */
const scrolled = (figure: Locator): Promise<number> =>
  figure.evaluate((element) => {
    const root = element as unknown as { querySelector(selector: string): unknown };
    const slider = root.querySelector('.ck-bar input') as Slider;
    const graph = root.querySelector('[data-panel=graph]') as Record<
      'scrollWidth' | 'clientWidth' | 'scrollHeight' | 'clientHeight',
      number
    >;
    const before = slider.value;
    const go = (moment: string): number => {
      slider.value = moment;
      slider.dispatchEvent(new Event('input'));
      return Math.max(graph.scrollWidth - graph.clientWidth, graph.scrollHeight - graph.clientHeight);
    };
    const most = Math.max(...Array.from({ length: Number(slider.max) + 1 }, (_, moment) => go(String(moment))));
    go(before);
    return most;
  });

testInBrowser(
  "each lesson's figures can be read without scrolling on a screen of 1366 × 768",
  async () => {
    let [seen, predictions] = [0, 0];
    for (const path of await pages()) {
      const page = await browser.newPage({ viewport: ROOM });
      await page.route(/^https?:/, (route) => route.abort());
      await page.goto(pathToFileURL(path).href);
      const number = path.match(/(\d\d)-[^/\\]*$/)?.[1];
      const figures = page.locator('figure.ck-figure');
      for (let at = 0; at < (await figures.count()); at++) {
        const figure = figures.nth(at);
        await figure.locator('[data-panel=graph]').waitFor({ state: 'attached' });
        await toTheMost(figure);
        await figure.screenshot({ path: join(pictures, `lesson-${number}-${at}.png`) });
        const box = await figure.boundingBox();
        // The comparison of a prediction is read together with its figure.
        const said = await page
          .locator(`.ck-said:has(+figure[data-ck="${await figure.getAttribute('data-ck')}"])`)
          .all();
        const above = (await said[0]?.boundingBox())?.height ?? 0;
        predictions += said.length;
        expect([path, at, above + (box?.height ?? Infinity) <= ROOM.height]).toEqual([path, at, true]);
        for (const part of ['[data-panel=strip]', '[data-panel=graph]']) {
          expect([path, at, part, await hidden(figure, part)]).toEqual([path, at, part, 0]);
        }
        // The ring of a deadlock has few boxes, but nothing is wider; tasks that sleep have the highest boxes.
        expect([path, at, 'ever', await scrolled(figure)]).toEqual([path, at, 'ever', 0]);
        const panel = await figure.locator('[data-panel=source]').boundingBox();
        const line = await figure.locator('[data-line]:is(.on,.wait,.unwinding)').first().boundingBox();
        expect([path, at, (line?.y ?? 0) + (line?.height ?? 0) <= (panel?.y ?? 0) + (panel?.height ?? 0)]).toEqual([
          ...[path, at, true],
        ]);
        seen++;
      }
      await page.close();
    }
    expect(seen).toBeGreaterThan(process.env.COKERNEL_LONG ? 12 : 3);
    expect(predictions).toBeGreaterThan(1);
  },
  600_000,
);
