// HTML that JSX has rendered, and what may stand inside an element.

/** Rendered HTML. It shows itself as a cell's result, and is taken as it is inside other JSX. */
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

/** What may stand between two tags: text, numbers, markup, lists of these; booleans, null and undefined show nothing. */
export type Child = Markup | string | number | bigint | boolean | null | undefined | Iterable<Child>;

/** Attributes of an element. `style` may be an object with names in camelCase. */
export interface Attributes {
  readonly children?: Child;
  readonly style?: string | Readonly<Record<string, string | number>>;
  /** HTML that is taken as it is, unescaped. */
  readonly dangerouslySetInnerHTML?: { readonly __html: string };
  readonly [name: string]: unknown;
}
