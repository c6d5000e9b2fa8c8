// Where a widget's code for the page comes from: a text, a function, or a file that is watched while the widget is open.

import { fileURLToPath, resolve } from '#host/paths';
import { textOfFile, watchFile } from '#host/watched-file';
import { valueText } from '../model/value-text.ts';
import { widgetHost } from '../model/widget-host.ts';

/** Editors write a file in several steps. */
const SETTLED_MS = 50;

/** A source as it is now, and how to hear of it when it changes. */
export interface PageSource {
  readonly text: string;
  /** Calls `changed` with each new text. Returns a function that stops that. */
  watch(changed: (text: string) => void): () => void;
}

/**
 * The source that a person has given: a URL or a path of a file, a text, or a function, whose text it is.
 *
 * @param option what an error calls it @throws {TypeError} if it is none of these @throws {Error} if there is no such file
 */
export function pageSource(given: unknown, option: string, fileEnding: RegExp): PageSource {
  if (typeof given === 'function') return fixed(`export default { render: ${given} };`);
  if (given instanceof URL && given.protocol === 'file:') return file(fileURLToPath(given), option);
  if (typeof given !== 'string') {
    throw new TypeError(`widget: ${option} should be a text, a file or a function, got ${valueText(given)}.`);
  }
  return fileEnding.test(given) && !given.includes('\n') && !isAddress(given)
    ? file(resolve(given), option)
    : fixed(given);
}

/** The page loads an address by itself. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(text);
}

function fixed(text: string): PageSource {
  return { text, watch: () => () => {} };
}

function file(path: string, option: string): PageSource {
  const text = textOfFile(path);
  if (text === undefined) {
    throw new Error(
      `widget: ${option} names the file ${path}, which does not exist. Paths begin in the notebook's folder.`,
    );
  }
  return { text, watch: (changed) => watchText(path, text, changed) };
}

/** Calls `changed` once for what an editor does in several steps. */
function watchText(path: string, first: string, changed: (text: string) => void): () => void {
  let last = first;
  let forget: (() => void) | undefined;
  const look = () => {
    forget = undefined;
    // It may be away for a moment, or empty.
    const text = textOfFile(path) ?? '';
    if (text === '' || text === last) return;
    last = text;
    changed(text);
  };
  const end = watchFile(path, () => {
    forget ??= widgetHost().later(SETTLED_MS, look);
  });
  return () => {
    end();
    forget?.();
  };
}
