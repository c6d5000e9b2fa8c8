// Moving through the trace with the pointer. A mouse drags at once. A finger may be about to scroll the page, so it
// must move sideways first, or tap.

import type { Element, PageEvent } from './dom.ts';

/** Called during a drag. */
export interface Drag {
  /** The pointer is at this place in the window. */
  to(clientX: number): void;
  /** The pointer was pressed or released. */
  held(yes: boolean): void;
}

/** How many pixels a finger must move to be a drag. */
const SLIP = 8;

/** Reports drags over an element, but not those on its own scroll bars. */
export function onDrag(element: Element, drag: Drag): void {
  let from: number | undefined;
  let moved = false;
  element.addEventListener('pointerdown', (event) => {
    if (event.target === element || (event.pointerType === 'mouse' && event.buttons !== 1)) return;
    from = event.clientX;
    moved = event.pointerType !== 'touch';
    drag.held(true);
    if (moved) drag.to(event.clientX);
  });
  element.addEventListener('pointermove', ({ clientX, buttons }) => {
    if (from === undefined || buttons !== 1) return;
    moved ||= Math.abs(clientX - from) > SLIP;
    if (moved) drag.to(clientX);
  });
  const end = (event: PageEvent, taken: boolean): void => {
    if (from === undefined) return;
    if (!moved && !taken) drag.to(event.clientX);
    from = undefined;
    drag.held(false);
  };
  element.addEventListener('pointerup', (event) => end(event, false));
  // The browser took over the finger to scroll the page.
  element.addEventListener('pointercancel', (event) => end(event, true));
  element.addEventListener('pointerleave', (event) => end(event, true));
}
