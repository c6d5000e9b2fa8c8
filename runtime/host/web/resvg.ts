// The renderer of SVG is native.

/** @throws Error always: a page draws the SVG by itself */
export function renderer(): never {
  throw new Error('A PNG cannot be made in a browser: use the SVG, which the page draws, or make a screenshot.');
}
