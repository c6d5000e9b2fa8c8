// What a live page shows of the markup of notebooks and cells. No script of it runs: the page's policy sees to that. What is
// left out here needs no script: it leads the reader away, hides the page, or takes the names that the page's script uses.

/** Elements that are left out with all that they hold. */
const REFUSED = new Set(
  'applet base embed frame frameset link meta noembed noframes noscript object plaintext portal template'.split(' '),
);

/** What becomes of an element: it stays, is left out, or is named by a text in its place. */
export type Fate = 'kept' | 'refused' | 'named';

/** What becomes of an element of that name, in lower case. */
export function fateOf(name: string): Fate {
  if (name === 'iframe') return 'named';
  return REFUSED.has(name) ? 'refused' : 'kept';
}

/** The text in the place of a frame. */
export function frameText(address: string | undefined): string {
  return address ? `[a frame of ${address} is not shown in this page]` : '[a frame is not shown in this page]';
}

/**
 * Whether an attribute stays. A page finds elements by their ids, and by the names of images and forms, among the members
 * of `window` and `document`: `<img name="createElement">` would be what `document.createElement` is.
 */
export function staysAttribute(element: string, name: string, value: string): boolean {
  // The page's policy allows scripts of the site, and a notebook brings some: the local modules that it imports.
  if (element === 'script' || name.startsWith('on')) return false;
  if (name === 'name') return element !== 'img' && element !== 'form';
  return name !== 'id' || !(value === LIVE_ID || value in EventTarget.prototype);
}

/** The id of the element that holds a page's settings. */
export const LIVE_ID = 'live';

/** Rules that hold within the parent of their `<style>` alone. They must close all that they open, and nothing else. */
export function scopedRules(rules: string): string {
  return `@scope{${rules}\n}`;
}

/** The type that each script gets: the browser does not try to run it, and the page reads what a figure's script says. */
export const INERT_TYPE = 'text/plain';
