// `cokernel/jsx-runtime`: what JSX in a cell compiles to unless tsconfig.json names another runtime. It renders to HTML
// text immediately; there is no page to update, so it has no state and no event handlers.

import { escapeHtml } from './escape.ts';
import type { Elements } from './jsx-elements.ts';
import { type Attributes, type Child, Markup } from './jsx-markup.ts';

export { type Attributes, type Child, Markup };

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const RENAMED: Readonly<Record<string, string>> = { className: 'class', htmlFor: 'for' };

/** A function that makes markup of its properties: `<Bar width={3} />`. */
export type Component<Props> = (props: Props) => Child;

/** `<>…</>`: children without an element around them. */
export function Fragment({ children }: { readonly children?: Child }): Markup {
  return new Markup(renderChild(children));
}

/** What `<type …props>` compiles to. Throws a TypeError for anything that HTML text cannot contain. */
export function jsx<Props extends Attributes>(type: string | Component<Props>, props: Props): Markup {
  if (typeof type === 'function') return new Markup(renderChild(type(props)));
  checkName('an element', type);
  const { children, dangerouslySetInnerHTML, ...attributes } = props;
  const open = `<${type}${Object.entries(attributes).map(renderAttribute).join('')}>`;
  if (VOID.has(type)) return new Markup(open);
  return new Markup(`${open}${dangerouslySetInnerHTML?.__html ?? renderChild(children)}</${type}>`);
}

/** The same as `jsx`; the compiler calls it for elements with several children. */
export const jsxs: typeof jsx = jsx;

function renderChild(child: Child): string {
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (child instanceof Markup) return child.html;
  if (typeof child === 'string') return escapeHtml(child);
  if (typeof child !== 'object') return String(child);
  if (Symbol.iterator in child) return Array.from(child, renderChild).join('');
  const found = 'then' in child ? 'a promise: await it first' : 'an object: convert it, as with String(value)';
  throw new TypeError(`JSX expected text, a number or markup between its tags, and found ${found}.`);
}

function renderAttribute([name, value]: [string, unknown]): string {
  if (value === undefined || value === null || value === false || name === 'key') return '';
  checkName('an attribute', name);
  const written = RENAMED[name] ?? name;
  if (value === true) return ` ${written}`;
  if (typeof value === 'function') {
    throw new TypeError(
      `${name} expected text, and found a function: it could not run in the page. Write its script as text.`,
    );
  }
  const text = name === 'style' && typeof value === 'object' ? renderStyle(value) : String(value);
  return ` ${written}="${escapeHtml(text)}"`;
}

function renderStyle(style: object): string {
  const named = (name: string) =>
    name.startsWith('--') ? name : name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
  return Object.entries(style)
    .filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([name, value]) => `${named(name)}:${value}`)
    .join(';');
}

/** A name is inserted unescaped, so one that could end the tag would inject markup. */
function checkName(what: string, name: string): void {
  if (/^[^\s"'<>/=]+$/.test(name)) return;
  throw new TypeError(`JSX expected the name of ${what}, and found ${JSON.stringify(name)}.`);
}

/** How TypeScript checks JSX: elements accept any attribute (known ones are offered), components their own properties. */
export declare namespace JSX {
  type Element = Markup;
  type ElementType = string | ((props: never) => Child);
  interface ElementChildrenAttribute {
    children: unknown;
  }
  interface IntrinsicAttributes {
    key?: unknown;
  }
  interface IntrinsicElements extends Elements {}
}
