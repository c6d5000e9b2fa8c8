// Markup as a browser would read it by itself, written out again: what is not closed ends with it and swallows nothing of the
// page that it stands in. For a live page, without what safe-markup.ts refuses.

import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5';
import { escapeHtml } from '../../../runtime/escape.ts';
import { fateOf, frameText, INERT_TYPE, isFigure, scopedRules, staysAttribute } from './safe-markup.ts';

type Parent = DefaultTreeAdapterTypes.ParentNode;
type Child = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Text that is written out and read again so often is still not the same: nothing but an attack has such a form. */
const MOST_READINGS = 5;

/** The markup, closed. */
export function closed(html: string): string {
  return serialize(parseFragment(html));
}

/** The markup as a live page shows it. */
export function cleaned(html: string): string {
  let before = html;
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const tree = parseFragment(before);
    clean(tree, { inFigure: false, scopes: reading === 0 });
    const after = serialize(tree);
    if (after === before) return after;
    before = after;
  }
  return `<pre>${escapeHtml(html)}</pre>`;
}

/** The text of some markup. */
export function textIn(html: string): string {
  const read = (parent: Parent): string =>
    parent.childNodes.map((child) => ('value' in child ? child.value : 'tagName' in child ? read(child) : '')).join('');
  return read(parseFragment(html)).replaceAll(/\s+/g, ' ').trim();
}

interface Where {
  readonly inFigure: boolean;
  /** Whether rules are yet to be scoped. */
  readonly scopes: boolean;
}

function clean(parent: Parent, where: Where): void {
  parent.childNodes = parent.childNodes.flatMap((child) => cleanChild(child, where));
}

function cleanChild(child: Child, where: Where): Child[] {
  if (!('tagName' in child)) return [child];
  const fate = fateOf(child.tagName);
  if (fate === 'refused') return [];
  if (fate === 'named') return [text(child, frameText(attributeOf(child, 'src')))];
  child.attrs = child.attrs.filter(({ name, value }) => staysAttribute(child.tagName, name, value));
  if (child.tagName === 'script' && attributeOf(child, 'type') === undefined)
    child.attrs.push({ name: 'type', value: INERT_TYPE });
  const inFigure = where.inFigure || isFigure(attributeOf(child, 'class'));
  if (child.tagName === 'style' && where.scopes && !inFigure) {
    const rules = child.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
    child.childNodes = [text(child, scopedRules(rules))];
  } else clean(child, { ...where, inFigure });
  return [child];
}

function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

function text(parentNode: Parent, value: string): Child {
  return { nodeName: '#text', parentNode, value };
}
