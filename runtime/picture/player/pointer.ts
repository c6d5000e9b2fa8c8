// Moving through the trace by the pointer: a mouse drags at once; a finger may be about to scroll the page, so it must
// move sideways first, or be lifted where it was.

import type { Element, PageEvent } from './dom.ts';

/** What is told of a drag. */
export interface Drag {
  /** The pointer is at this place of the window. */
  to(clientX: number): void;
  /** It is held down, or was let go. */
  held(yes: boolean): void;
}

/** So far a finger moves before it is a drag, in pixels. */
const SLIP = 8;

/** Tells of drags over an element, but for those on its own scroll bars. */
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
  // The browser scrolls the page with it.
  element.addEventListener('pointercancel', (event) => end(event, true));
  element.addEventListener('pointerleave', (event) => end(event, true));
}
