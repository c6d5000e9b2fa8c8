// The few things of a browser that the player uses. The project compiles without TypeScript's DOM types, because these
// would make names such as `document` known in every file.

/** The place of an element in the window, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An element of the page. */
export interface Element {
  innerHTML: string;
  textContent: string | null;
  className: string;
  value: string;
  max: string;
  title: string;
  hidden: boolean;
  scrollLeft: number;
  scrollTop: number;
  readonly offsetWidth: number;
  readonly clientWidth: number;
  readonly clientHeight: number;
  readonly isConnected: boolean;
  readonly previousElementSibling: Element | null;
  readonly dataset: Record<string, string | undefined>;
  readonly style: Record<string, string> & { setProperty(name: string, value: string): void };
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  closest(selector: string): Element | null;
  setAttribute(name: string, value: string): void;
  append(...elements: readonly Element[]): void;
  insertAdjacentHTML(where: 'beforeend' | 'afterend' | 'beforebegin' | 'afterbegin', html: string): void;
  addEventListener(type: string, call: (event: PageEvent) => void, options?: { readonly passive?: boolean }): void;
  getBoundingClientRect(): Box;
}

/** An event of the page. */
export interface PageEvent {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly clientX: number;
  readonly buttons: number;
  readonly pointerType: string;
  readonly target: Element;
  preventDefault(): void;
  stopPropagation(): void;
}

/** The browser's global object. */
export interface Page {
  /** The reader of packed text, which whatever brought the player has put there. */
  ckRead(signs: string, bytes: number): Promise<string>;
  /** Does what {@link put} does, where a page looks at the markup of strangers' figures first. */
  ckPut?(element: Element, html: string, where: 'within' | 'before'): void;
  readonly document: {
    querySelectorAll(selector: string): Iterable<Element>;
  };
  /** What the player makes known. */
  ckPlayer?: { boot(id: string, signs: string, bytes: number, at?: number): Promise<void> };
  /** Asks the debugger to stop at a moment, where the figure's script has put it there; `say` gets a sentence. */
  ckStopHere?(kernel: string, moment: number, say: (sentence: string) => void): void;
  readonly Event: new (type: string) => object;
  dispatchEvent(event: object): void;
  requestAnimationFrame(call: (milliseconds: number) => void): number;
  matchMedia(query: string): { readonly matches: boolean };
  readonly ResizeObserver: new (call: () => void) => { observe(element: Element): void };
}

/** How much larger an element is on the screen than in its own pixels. */
export function zoomOf(element: Element): number {
  return element.getBoundingClientRect().width / element.offsetWidth || 1;
}

export const page = globalThis as unknown as Page;

/** Puts markup that depends on the figure's data into an element, or before it. */
export function put(element: Element, html: string, where: 'within' | 'before' = 'within'): void {
  if (page.ckPut) page.ckPut(element, html, where);
  else if (where === 'within') element.innerHTML = html;
  else element.insertAdjacentHTML('beforebegin', html);
}

/** The element inside another one that a selector names. @throws Error if there is none */
export function partOf(element: Element, selector: string): Element {
  const found = element.querySelector(selector);
  if (found === null) throw new Error(`the player expected ${selector} in its figure`);
  return found;
}
