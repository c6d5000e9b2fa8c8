// What must be true of a picture in a page, measured in the page itself: no word covers another, none is cut or faint,
// nothing leaves the figure, and nothing scrolls sideways. Each finding is a sentence.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from './lab.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Word {
  readonly text: string;
  readonly box: Box;
  readonly frame: Box;
  readonly fill: string;
  readonly size: number;
  readonly onBar: boolean;
}

interface Seen {
  readonly text: string;
  readonly contrast: number;
  readonly nearest: number;
  readonly size: number;
}

/** The functions that test/fixtures/browser/measure.js adds to the page. */
interface InPage {
  readonly ckMeasure: {
    words(figure: unknown): Word[];
    boxOf(element: unknown): Box;
    sideways(figure: unknown): string[];
  };
}

const script = readFileSync(join(root, 'test', 'fixtures', 'browser', 'measure.js'), 'utf8');
/** Tolerances in pixels. A box of words has free space above and below the letters, so DOWN is larger. */
const [INSIDE, ACROSS, DOWN] = [1, 1, 2.5];
/** The smallest allowed font size, in pixels. */
const SMALLEST = 7.5;
const AA = 4.5;

/** All faults of a figure; `scroll` is the part of it that holds the drawing. */
export async function faultsOf(figure: Locator, scroll: Locator): Promise<string[]> {
  const page = figure.page();
  await page.evaluate(script);
  const words = await figure.evaluate((element) => (globalThis as unknown as InPage).ckMeasure.words(element));
  if (words.length === 0) return ['there are no words'];
  const png = (await scroll.screenshot()).toString('base64');
  const corner = await scroll.evaluate((element) => (globalThis as unknown as InPage).ckMeasure.boxOf(element));
  const moved = await figure.evaluate((element) => (globalThis as unknown as InPage).ckMeasure.words(element));
  const seen = await page.evaluate<Seen[]>(
    `ckMeasure.seen(${JSON.stringify(png)}, ${JSON.stringify(corner)}, ${JSON.stringify(moved)})`,
  );
  if (seen.length === 0) return ['no words are in sight'];
  return [...cut(words), ...overlaps(words), ...faint(seen), ...(await sideways(figure, scroll))];
}

function cut(words: readonly Word[]): string[] {
  return words.flatMap(({ text, box, frame, onBar, size }) => {
    const faults: string[] = [];
    if (
      box.left < frame.left - INSIDE ||
      box.right > frame.right + INSIDE ||
      box.top < frame.top - INSIDE ||
      box.bottom > frame.bottom + INSIDE
    )
      faults.push(`'${text}' leaves the drawing`);
    if (!onBar) faults.push(`'${text}' leaves its bar`);
    if (text.endsWith('…')) faults.push(`'${text}' is cut`);
    if (size < SMALLEST) faults.push(`'${text}' is ${size.toFixed(1)} pixels small`);
    return faults;
  });
}

function overlaps(words: readonly Word[]): string[] {
  const sorted = [...words].sort((a, b) => a.box.top - b.box.top);
  return sorted.flatMap((one, at) => {
    const faults: string[] = [];
    for (const other of sorted.slice(at + 1)) {
      if (other.box.top >= one.box.bottom - DOWN) break;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      if (across > ACROSS) faults.push(`'${one.text}' and '${other.text}' overlap`);
    }
    return faults;
  });
}

function faint(seen: readonly Seen[]): string[] {
  return seen.flatMap(({ text, contrast, nearest }) => [
    ...(contrast < AA ? [`'${text}' has a contrast of ${contrast.toFixed(2)}`] : []),
    ...(nearest > 90 ? [`'${text}' is hidden`] : []),
  ]);
}

async function sideways(figure: Locator, scroll: Locator): Promise<string[]> {
  const faults = await figure.evaluate((element) => (globalThis as unknown as InPage).ckMeasure.sideways(element));
  // An image is one drawing, with words that stay legible: on a narrow page its figure scrolls.
  const image = await scroll.evaluate((element) => element.querySelector('img.ck-still') !== null);
  if (image) return faults;
  const wider = await scroll.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  return wider > 0 ? [...faults, `the drawing scrolls sideways by ${wider}`] : faults;
}
