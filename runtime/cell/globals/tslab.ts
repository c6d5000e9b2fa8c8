// The module `tslab`, for notebooks that were written for that kernel: its displays are ours. What tslab's own package
// does outside of its kernel is nothing, so a cell gets this one also where that is installed.

import { randomId } from '#host/random-id';
import type { Jupyter } from './jupyter.ts';

/** Shows texts and bytes by their MIME types. */
export interface Display {
  javascript(text: string): void;
  html(text: string): void;
  markdown(text: string): void;
  latex(text: string): void;
  svg(text: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  raw(contentType: string, content: string | Uint8Array): void;
}

// As it was when the module was loaded: a cell may replace the global.
const ours = (globalThis as unknown as { readonly jupyter: Jupyter }).jupyter;

/** Each call adds an output. */
export const display: Display = createDisplay((bundle) => ours.display(bundle, { raw: true }));

/** Makes displays of which each replaces the one before. */
export function newDisplay(): Display {
  const displayId = randomId();
  let shown = false;
  return createDisplay((bundle) => {
    if (shown) ours.update(displayId, bundle, { raw: true });
    else ours.display(bundle, { raw: true, displayId });
    shown = true;
  });
}

function createDisplay(show: (bundle: Readonly<Record<string, unknown>>) => void): Display {
  const as = (type: string) => (content: string | Uint8Array) => show({ [type]: content });
  return {
    javascript: as('text/javascript'),
    html: as('text/html'),
    markdown: as('text/markdown'),
    latex: as('text/latex'),
    svg: as('image/svg+xml'),
    png: as('image/png'),
    jpeg: as('image/jpeg'),
    gif: as('image/gif'),
    pdf: as('application/pdf'),
    text: as('text/plain'),
    raw: (contentType, content) => as(contentType)(content),
  };
}
