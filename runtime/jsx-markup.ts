// HTML rendered from JSX, and the types of what an element may contain.

/** Rendered HTML. It displays itself as a cell's result and is inserted unescaped into other JSX. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }

  toString(): string {
    return this.html;
  }

  [Symbol.for('Jupyter.display')](): Readonly<Record<string, string>> {
    return { 'text/html': this.html, 'text/plain': this.html };
  }
}

/** What an element may contain: text, numbers, markup, or lists of these; booleans, null and undefined render nothing. */
export type Child = Markup | string | number | bigint | boolean | null | undefined | Iterable<Child>;

/** Attributes of an element. `style` may be an object with names in camelCase. */
export interface Attributes {
  readonly children?: Child;
  readonly style?: string | Readonly<Record<string, string | number>>;
  /** HTML that is inserted unescaped. */
  readonly dangerouslySetInnerHTML?: { readonly __html: string };
  readonly [name: string]: unknown;
}
