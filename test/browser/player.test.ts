// The player in a page of its own: what keys, buttons and fingers do, that nothing jumps during playback, the arrows of
// a cancellation, several figures on one page, print, and reduced motion. Leaves screenshots in build/screenshots/.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { TraceRecord } from '../../runtime/asyncio/index.ts';
import { replay } from '../../runtime/picture/index.ts';
import { host, setHost } from '../../runtime/picture/record/picture-host.ts';
import { Trace } from '../../runtime/picture/trace/traced.ts';
import { tableOf } from '../../runtime/picture/watch/task-table.ts';
import { recorded, recordingOf } from '../picture/recorded.ts';
import { deadlock, mixed, workers } from '../picture/samples.ts';
import { browsing, launch, THEMES, testInBrowser } from './chromium.ts';
import { pictures } from './lab.ts';

let browser: Browser;
/** The page of all tests: a new one takes ten times as long as emptying one. */
let page: Page;
let wrong: Error | undefined;
beforeAll(async () => {
  if (!browsing) return;
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
  page = await browser.newPage();
  page.on('pageerror', (error) => {
    wrong ??= error;
  });
}, 30_000);
afterAll(() => browser?.close());
afterEach(() => {
  const error = wrong;
  wrong = undefined;
  if (error !== undefined) throw error;
});

interface Opened {
  readonly figure: Locator;
  /** Moves to an event with the slider. */
  go(moment: number): Promise<void>;
}

/** What a reader's screen and system are like. */
interface Screen {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

/** Shows some HTML in the page, in which nothing is left of what it showed before. */
async function show(html: string, { viewport, colorScheme, reducedMotion }: Screen = {}, on = page): Promise<void> {
  // A page that is navigated anew has new globals too, so no player has announced itself there.
  await on.goto('about:blank');
  await on.setViewportSize(viewport ?? { width: 1000, height: 900 });
  await on.emulateMedia({
    media: null,
    colorScheme: colorScheme ?? 'light',
    reducedMotion: reducedMotion ?? 'no-preference',
  });
  await on.setContent(`<!doctype html><meta name="viewport" content="width=device-width"><body>${html}`);
}

/** The page with a trace in it; errors of its scripts fail the test. */
async function open(html: string, screen: Screen = {}, on = page): Promise<Opened> {
  await show(html, screen, on);
  const figure = on.locator('figure[data-live]').first();
  await figure.waitFor();
  const go = async (moment: number): Promise<void> =>
    figure.locator('.ck-bar input').evaluate((range, value) => {
      (range as unknown as { value: string }).value = value;
      range.dispatchEvent(new Event('input'));
    }, String(moment));
  return { figure, go };
}

/** Names of the page for functions that run in it: the tests compile without TypeScript's DOM types. */
declare const scrollY: number;
declare function requestAnimationFrame(call: () => void): number;
interface PageNode {
  readonly childNodes: Iterable<PageNode>;
}
declare const MutationObserver: new (
  call: () => void,
) => {
  observe(root: object, what: object): void;
  takeRecords(): readonly { readonly addedNodes: Iterable<PageNode> }[];
};
declare const document: {
  readonly documentElement: { readonly scrollWidth: number };
  getElementById(id: string): {
    innerHTML: string;
    querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }>;
  } | null;
};

const htmlOf = async (...args: Parameters<typeof recorded>): Promise<string> =>
  new Trace(await recorded(...args)).html();
const lastOf = async (figure: Locator): Promise<number> =>
  Number(await figure.locator('.ck-bar input').getAttribute('max'));
const status = (figure: Locator): Promise<string | null> => figure.locator('.ck-status').textContent();

const hand = [
  'const hand = async () => {',
  '  try {',
  '    await sleep(60);',
  '  } finally {',
  '    await sleep(0.1);',
  '  }',
  '};',
];
const boss = ['await sleep(1);', "task.cancel('enough');", 'await task;'];
const sources: Readonly<Record<string, string>> = { 'Cell [1]': hand.join('\n'), 'Cell [2]': boss.join('\n') };
const at = (time: number, task: number) => ({ time, task, iteration: time }) as const;
const inHand = (line: number) => ({ coroutine: 2, name: 'hand', file: 'Cell [1]', line });
const inBoss = (line: number) => ({ coroutine: 1, name: 'boss', file: 'Cell [2]', line });
const cancelling: TraceRecord[] = [
  { type: 'created', ...at(0, 1), name: 'boss', parent: null, owner: null, place: inBoss(1) },
  { type: 'running', ...at(0, 1) },
  { type: 'created', ...at(0, 2), name: 'hand', parent: 1, owner: null, place: inHand(1) },
  { type: 'suspended', ...at(0, 1), on: 'sleep(1)', waitsFor: null, place: inBoss(1) },
  { type: 'running', ...at(0, 2) },
  { type: 'suspended', ...at(0, 2), on: 'sleep(60)', waitsFor: null, place: inHand(3) },
  { type: 'running', ...at(1, 1) },
  { type: 'cancelled', ...at(1, 2), by: { kind: 'task', task: 1 }, message: 'enough', place: inBoss(2) },
  { type: 'scheduled', ...at(1, 2), by: { kind: 'task', task: 1 } },
  { type: 'suspended', ...at(1, 1), on: 'task hand', waitsFor: 2, place: inBoss(3) },
  { type: 'running', ...at(1, 2) },
  { type: 'suspended', ...at(1, 2), on: 'sleep(0.1)', waitsFor: null, place: inHand(5) },
  { type: 'running', ...at(2, 2) },
  { type: 'done', ...at(2, 2), outcome: 'cancelled' },
  { type: 'running', ...at(2, 1) },
  { type: 'done', ...at(2, 1), outcome: 'result' },
];
/** The height of a row of the source. */
const ROW = 18;
const [CALL, FINALLY, LAST] = [7, 11, 15];
const cancelled = (): string => new Trace(recordingOf(cancelling, { sourceOf: (file) => sources[file] })).html();

/** The middles of the elements that a selector names, in pixels from the top of the window. */
async function middles(figure: Locator, selector: string): Promise<number[]> {
  const boxes = await Promise.all((await figure.locator(selector).all()).map((one) => one.boundingBox()));
  // An arrow points to the first row of a line that is wrapped.
  return boxes.map((box) => (box === null ? Number.NaN : box.y + Math.min(box.height, ROW) / 2));
}

testInBrowser(
  'a cancellation is an arrow from the line of its call to the await that it interrupts, and on to the finally block',
  async () => {
    for (const colorScheme of THEMES) {
      const { figure, go } = await open(cancelled(), { colorScheme });
      const near = (values: readonly number[], ...expected: number[]): void => {
        expect(values.length).toBe(expected.length);
        for (const [index, value] of values.entries()) expect(Math.abs(value - (expected[index] ?? 0))).toBeLessThan(7);
      };
      // In the first cell line 4 is the finally and line 5 its await; the call is line 2 of the second cell.
      const places = async (): Promise<number[]> => {
        const lines = await middles(figure, '.ck-source [data-line]');
        return [2, 3, 4, 8].map((index) => lines[index] ?? 0);
      };
      await go(CALL);
      const [wait = 0, , , call = 0] = await places();
      near(await middles(figure, '.ck-arrows .tip'), wait);
      const arrow = await figure.locator('.ck-arrows .call').boundingBox();
      expect(Math.abs((arrow?.y ?? 0) - wait)).toBeLessThan(7);
      expect(Math.abs((arrow?.y ?? 0) + (arrow?.height ?? 0) - call)).toBeLessThan(7);
      expect(await figure.locator('.on .who:has(.cut)').textContent()).toBe('cancels hand in Cell [1], line 3boss');
      await go(FINALLY);
      const [hit = 0, keyword = 0, inner = 0] = await places();
      near(await middles(figure, '.ck-arrows .tip'), hit, inner);
      expect(keyword).toBeLessThan(inner);
      await figure.screenshot({ path: join(pictures, `player-cancel-${colorScheme}.png`) });
      await go(LAST);
      expect(await figure.locator('.ck-arrows .tip').count()).toBe(0);
    }
  },
);

testInBrowser(
  'keys step forward, and back to what was shown before, and every button and key says what it does',
  async () => {
    const { figure } = await open(await htmlOf(mixed()));
    await figure.focus();
    const seen = async (): Promise<string> =>
      (await figure.locator('.ck-status,.ck-strip,.ck-graph').allInnerTexts()).join();
    const trail = [await seen()];
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('ArrowRight');
      trail.push(await seen());
    }
    expect(new Set(trail).size).toBeGreaterThan(8);
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await seen()).toBe(trail[2]);
    await page.keyboard.press('ArrowLeft');
    expect(await seen()).toBe(trail[1]);
    await page.keyboard.press('Home');
    expect(await seen()).toBe(trail[0]);
    const help = figure.locator('.ck-help');
    expect(await help.isVisible()).toBe(false);
    await page.keyboard.press('?');
    expect(await help.textContent()).toMatch(/space play, pause[\s\S]*← → one event back, forward/);
    await page.keyboard.press('>');
    expect(await figure.locator('select').inputValue()).toBe('2');
    const width = async (): Promise<number> => (await figure.locator('.ck-view').boundingBox())?.width ?? 0;
    const before = await width();
    await page.keyboard.press('+');
    expect(await width()).toBeGreaterThan(before * 1.4);
    await page.keyboard.press('0');
    expect(await width()).toBe(before);
    for (const button of await figure.locator('.ck-bar button').all()) {
      expect(await button.getAttribute('aria-label')).toMatch(/\w/);
      expect(await button.getAttribute('title')).toMatch(/\(.+\)$/);
    }
    // Space presses a focused button once; the player does not also take it for its own key.
    await figure.locator('[data-do=forward]').focus();
    await page.keyboard.press('Space');
    expect(await seen()).toBe(trail[1]);
    const said = await figure.locator('.ck-bar input').getAttribute('aria-valuetext');
    expect(said).toBe(await status(figure));
  },
);

testInBrowser(
  'from one event to the next nothing below the lanes moves or changes its size',
  async () => {
    const traces = {
      few: cancelled(),
      mixed: await htmlOf(mixed()),
      deadlock: await htmlOf(deadlock()),
      crowd: await htmlOf(workers(30)),
    };
    for (const [name, html] of Object.entries(traces)) {
      for (const width of [400, 1400]) {
        const { figure, go } = await open(html, { viewport: { width, height: 1000 } });
        // All in one call: one for each event takes twice as long.
        const moved = await figure.evaluate((one) => {
          const slider = one.querySelector('.ck-bar input') as unknown as { value: string; max: string } & EventTarget;
          const places = (): string =>
            [...one.querySelectorAll('.ck-status,.ck-panel,.ck-strip .queue')]
              .map((part) => part.getBoundingClientRect())
              .map((box) => [box.top + scrollY, box.left, box.width, box.height].map(Math.round).join(' '))
              .join('\n');
          const first = places();
          const last = Number(slider.max);
          const found: number[] = [];
          for (let moment = 0; moment <= last; moment += Math.ceil(last / 30)) {
            slider.value = String(moment);
            slider.dispatchEvent(new Event('input'));
            if (places() !== first) found.push(moment);
          }
          return found;
        });
        expect([name, width, moved]).toEqual([name, width, []]);
        await go(Math.floor((await lastOf(figure)) / 2));
        await figure.screenshot({ path: join(pictures, `player-${name}-${width}.png`) });
      }
    }
  },
  120_000,
);

testInBrowser(
  'it plays to the end and says so; meanwhile nothing is read out, and reduced motion shows it in steps',
  async () => {
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      const { figure } = await open(await htmlOf(workers(3)), { reducedMotion });
      await figure.locator('select').selectOption('8');
      const places = figure.locator('.ck-head').evaluate(
        (head) =>
          new Promise<number>((resolve) => {
            const seen = new Set<string>();
            const look = (): void => {
              seen.add((head as unknown as { style: { transform: string } }).style.transform);
              if (head.closest('figure')?.querySelector('[data-do=play]')?.textContent === '▶' && seen.size > 1)
                resolve(seen.size);
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          }),
      );
      await figure.locator('[data-do=play]').click();
      expect(await figure.locator('[data-do=play]').getAttribute('aria-label')).toBe('Pause (space)');
      expect(await figure.locator('.ck-status').getAttribute('aria-live')).toBe('off');
      const seen = await places;
      expect(await figure.locator('.ck-bar input').inputValue()).toBe(String(await lastOf(figure)));
      expect(await figure.locator('.ck-status').getAttribute('aria-live')).toBe('polite');
      if (reducedMotion === 'reduce') expect(seen).toBeLessThan(8);
      else expect(seen).toBeGreaterThan(8);
    }
  },
);

testInBrowser('at first the source shows the line where the trace begins, and the page does not scroll', async () => {
  const far = { 'Cell [1]': hand.join('\n'), 'Cell [2]': `${boss.join('\n')}\n${'// more\n'.repeat(60)}` };
  const long: Readonly<Record<string, string>> = {
    ...far,
    'Cell [1]': `${far['Cell [1]']}\n${'// more\n'.repeat(60)}`,
  };
  const html = new Trace(recordingOf(cancelling, { sourceOf: (file) => long[file] })).html();
  const { figure } = await open(html);
  const lit = await figure.locator('.ck-source [data-line]:has(.chip)').first().boundingBox();
  const panel = await figure.locator('[data-panel=source]').boundingBox();
  if (lit === null || panel === null) throw new Error('a lit line in a panel was expected');
  expect(lit.y).toBeGreaterThan(panel.y);
  expect(lit.y + lit.height).toBeLessThan(panel.y + panel.height * 0.8);
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

testInBrowser('two figures of one trace work independently, and so does one that the page renders anew', async () => {
  const html = cancelled();
  await open(`${html}${html}<div id="later"></div>`);
  const figures = page.locator('figure[data-live]');
  expect(await figures.count()).toBe(2);
  await figures.nth(1).focus();
  await page.keyboard.press('ArrowRight');
  expect(await status(figures.nth(0))).not.toBe(await status(figures.nth(1)));
  // JupyterLab does the same: it sets the HTML, then runs the scripts in it.
  await page.evaluate((again) => {
    const later = document.getElementById('later');
    if (later === null) return;
    later.innerHTML = again;
    for (const script of later.querySelectorAll('script')) new Function(script.textContent ?? '')();
  }, html);
  await figures.nth(2).waitFor();
  expect(await figures.count()).toBe(3);
  expect(await figures.nth(2).locator('.ck-bar').count()).toBe(1);
});

testInBrowser(
  'a figure that does not bring the player waits for one that does, before or after it on the page',
  async () => {
    const one = new Trace(await recorded(mixed()));
    const before = host();
    setHost({ ...before, bringsPlayer: () => false });
    const waiting = (one as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]?.();
    setHost(before);
    await open(`${waiting?.['text/html']}${cancelled()}${waiting?.['text/html']}`);
    const figures = page.locator('figure[data-live]');
    await figures.nth(2).waitFor();
    expect(await page.locator('figure').count()).toBe(3);
    await figures.nth(0).focus();
    await page.keyboard.press('ArrowRight');
    expect(await status(figures.nth(0))).not.toBe(await status(figures.nth(2)));
    // Alone it is an image.
    await show(waiting?.['text/html'] ?? '');
    expect(await page.locator('figure img').isVisible()).toBe(true);
    expect(await page.locator('figure[data-live]').count()).toBe(0);
  },
);

/** The width of the drawing in the frame after next: in the next, a figure whose place has another size is drawn anew. */
const widthDrawnAnew = (figure: Locator): Promise<number | undefined> =>
  figure.evaluate(
    (element) =>
      new Promise<number | undefined>((resolve) => {
        const measure = (): void => resolve(element.querySelector('.ck-view svg')?.getBoundingClientRect().width);
        requestAnimationFrame(() => requestAnimationFrame(measure));
      }),
  );

testInBrowser('on paper the lanes are as wide as the page, and there are no controls', async () => {
  const { figure } = await open(await htmlOf(mixed()), { viewport: { width: 1400, height: 900 } });
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 700, height: 900 });
  for (const part of ['.ck-bar', '.ck-panels', '.ck-status'])
    expect(await figure.locator(part).isVisible()).toBe(false);
  const drawn = await widthDrawnAnew(figure);
  expect(drawn).toBeGreaterThan(0);
  expect(drawn).toBeLessThanOrEqual(700);
  await page.screenshot({ path: join(pictures, 'player-print.png') });
});

const printed = (text: string): TraceRecord => ({ type: 'printed', ...at(1, 1), stream: 'stdout', text }) as never;
const printing = (): string => {
  const [call, ...rest] = [cancelling.slice(0, CALL), cancelling.slice(CALL)]
    .flatMap((some) => [printed('<b>one</b>\n'), ...some])
    .slice(1);
  return new Trace(recordingOf([call as TraceRecord, ...rest], { sourceOf: (file) => sources[file] })).html();
};

testInBrowser('all of it can be read without scrolling on a screen of 1366 × 768, and on a slide', async () => {
  for (const [width, height] of [
    [1010, 600],
    [960, 640],
  ] as const) {
    const { figure, go } = await open(printing(), { viewport: { width, height } });
    await page.locator('body').evaluate((body) => body.setAttribute('style', 'margin:0'));
    await go(CALL + 1);
    const boxes = await Promise.all(
      ['.ck-lanes', '[data-panel=source]', '[data-panel=output]', '[data-panel=strip]', '[data-panel=graph]'].map(
        (part) => figure.locator(part).boundingBox(),
      ),
    );
    for (const box of boxes) {
      if (box === null) throw new Error('a visible part was expected');
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
    expect(await figure.locator('.ck-output').innerText()).toMatch(/boss\s*<b>one<\/b>/);
    expect(await page.locator('section').count()).toBe(0);
    await figure.screenshot({ path: join(pictures, `player-screen-${width}.png`) });
  }
});

testInBrowser('it opens at the first step, and the output is empty until something is printed', async () => {
  const { figure, go } = await open(printing());
  expect(await status(figure)).toMatch(/boss runs/);
  expect(await figure.locator('.say').count()).toBe(0);
  await go(CALL);
  expect(await figure.locator('.say').count()).toBe(1);
});

testInBrowser('in a narrow figure one panel shows at a time, chosen by a button', async () => {
  const { figure } = await open(printing(), { viewport: { width: 420, height: 900 } });
  const visible = async (): Promise<string[]> => {
    const all = await figure.locator('.ck-panel').all();
    const seen = await Promise.all(
      all.map(async (one) => ((await one.isVisible()) ? one.getAttribute('aria-label') : null)),
    );
    return seen.filter((one) => one !== null);
  };
  expect(await visible()).toEqual(['Source']);
  await figure.getByRole('button', { name: 'Loop' }).click();
  expect(await visible()).toEqual(['Loop']);
  const [panel, text] = [figure.locator('.ck-panels'), figure.locator('details')];
  expect((await panel.boundingBox())?.height).toBeGreaterThan(100);
  const [above, below] = [await figure.locator('[data-panel=strip]').boundingBox(), await text.boundingBox()];
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
  await figure.screenshot({ path: join(pictures, 'player-narrow.png') });
});

testInBrowser('for a projector it is larger, and the pointer finds the same place', async () => {
  const recording = await recorded(workers(3));
  const html = new Trace(recording, { view: 'lanes', size: 'large' }).html();
  const { figure } = await open(html, { viewport: { width: 1366, height: 768 } });
  expect(await figure.locator('.ck-panels').isVisible()).toBe(false);
  const box = await figure.locator('.ck-view').boundingBox();
  if (box === null) throw new Error('the lanes were expected in the page');
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.6);
  const head = await figure.locator('.ck-head').boundingBox();
  expect(Math.abs((head?.x ?? 0) - (box.x + box.width * 0.6))).toBeLessThan(60);
  await figure.screenshot({ path: join(pictures, 'player-large.png') });
});

testInBrowser('folded lines unfold at the press of a button', async () => {
  const long: Readonly<Record<string, string>> = {
    ...sources,
    'Cell [1]': `${hand.join('\n')}\n${'// more\n'.repeat(30)}`,
  };
  const html = new Trace(recordingOf(cancelling, { sourceOf: (file) => long[file] })).html();
  const { figure } = await open(html);
  const lines = figure.locator('.ck-source .lines > div:visible');
  const before = await lines.count();
  await figure.getByRole('button', { name: '⋯ 30 lines' }).click();
  expect(await lines.count()).toBe(before - 1 + 30);
});

testInBrowser('where no script runs there is an image, and it can be shown', async () => {
  const stripped = (html: string): string => html.replaceAll(/<script[\s\S]*?<\/script>/g, '');
  const trace = new Trace(await recorded(workers(12)));
  const moving = (replay(trace) as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for('Jupyter.display')
  ]?.();
  for (const [name, html] of Object.entries({
    lanes: trace.html(),
    cancel: cancelled(),
    replay: moving?.['text/html'] ?? '',
  })) {
    await show(stripped(html), { viewport: { width: 900, height: 600 } });
    const widths = await page
      .locator('img')
      .evaluateAll((images) =>
        Promise.all(
          (images as unknown as { decode(): Promise<void>; naturalWidth: number }[]).map((image) =>
            image.decode().then(() => image.naturalWidth),
          ),
        ),
      );
    expect(widths.length).toBe(1);
    for (const width of widths) expect(width).toBeGreaterThan(300);
    await page.screenshot({ path: join(pictures, `player-still-${name}.png`) });
  }
});

testInBrowser('a tap moves to the tapped place', async () => {
  const phone = await browser.newPage({ hasTouch: true });
  const { figure } = await open(await htmlOf(workers(3)), { viewport: { width: 400, height: 800 } }, phone);
  const box = await figure.locator('.ck-view').boundingBox();
  if (box === null) throw new Error('the lanes were expected in the page');
  await phone.touchscreen.tap(box.x + box.width * 0.7, box.y + box.height * 0.6);
  const moment = Number(await figure.locator('.ck-bar input').inputValue());
  expect(moment).toBeGreaterThan((await lastOf(figure)) / 4);
  await phone.close();
});

/** How much of the page the largest of a hundred jumps through a trace changes: attributes, texts, and new nodes. */
async function largestJump(count: number): Promise<number> {
  const { figure } = await open(await htmlOf(workers(count)));
  const last = await lastOf(figure);
  expect(last).toBeGreaterThan(10 * count);
  const largest = await figure.locator('.ck-bar input').evaluate((range, most) => {
    const input = range as unknown as { value: string; closest(selector: string): object };
    const observer = new MutationObserver(() => {});
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(input.closest('figure'), all);
    const nodes = (node: PageNode): number => 1 + [...node.childNodes].reduce((sum, child) => sum + nodes(child), 0);
    const jumps = Array.from({ length: 101 }, (_, step) => {
      input.value = String(Math.floor((((step * 37) % 101) * most) / 100));
      range.dispatchEvent(new Event('input'));
      const changes = observer.takeRecords();
      return (
        changes.length + changes.flatMap(({ addedNodes }) => [...addedNodes].map(nodes)).reduce((a, b) => a + b, 0)
      );
    });
    return Math.max(...jumps);
  }, last);
  return largest;
}

testInBrowser(
  'a jump changes no more of the page in a trace of four thousand events than in one of a thousand; with --long of ten thousand',
  async () => {
    const [long, short] = [await largestJump(process.env.COKERNEL_LONG ? 700 : 280), await largestJump(70)];
    expect(short).toBeGreaterThan(0);
    expect(long).toBeLessThan(2 * short);
  },
);

const states = ['running', 'ready', 'created', 'suspended'] as const;
const rows = (count: number) =>
  Array.from({ length: Math.min(count, 100) }, (_, task) => ({
    ...{ task, name: `worker ${task}`, state: states[task % 4] ?? 'ready', on: `lock of the printer ${task}` },
    ...{ where: `Cell [3]:${task}`, seconds: task, cancellable: true },
  }));

testInBrowser(
  'the table of watch() fits a phone and a page; it has buttons in JupyterLab and none elsewhere',
  async () => {
    for (const count of process.env.COKERNEL_LONG ? [5, 100, 1000] : [5, 1000]) {
      const counts = { running: 1, ready: 2, created: 3, suspended: count };
      const table = tableOf(rows(count), Math.max(0, count - 100), { id: '1.a.1', final: false, target: 't', counts });
      const html = (table as unknown as Record<symbol, () => Record<string, string>>)[
        Symbol.for('Jupyter.display')
      ]?.()['text/html'];
      for (const colorScheme of THEMES) {
        for (const width of [400, 1400]) {
          await show(`${html}<div class="jp-NotebookPanel">${html}</div>`, {
            viewport: { width, height: 900 },
            colorScheme,
          });
          const [outside, inside] = [page.locator('.ck-watch').first(), page.locator('.jp-NotebookPanel .ck-watch')];
          expect(await outside.getByRole('button').count()).toBe(0);
          expect(await inside.getByRole('button', { name: 'Cancel worker 3' }).first().isVisible()).toBe(true);
          expect((await inside.boundingBox())?.width).toBeLessThanOrEqual(width);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          await inside.screenshot({ path: join(pictures, `player-watch-${count}-${width}-${colorScheme}.png`) });
        }
      }
    }
  },
  60_000,
);
