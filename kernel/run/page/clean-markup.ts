// Markup as a browser would read it by itself, written out again: what is not closed ends with it and swallows nothing of the
// page that it stands in. For a live page, without what safe-markup.ts refuses.

import { TokenType, tokenize } from '@csstools/css-tokenizer';
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5';
import { escapeHtml } from '../../../runtime/escape.ts';
import { fateOf, frameText, INERT_TYPE, scopedRules, staysAttribute } from './safe-markup.ts';

type Parent = DefaultTreeAdapterTypes.ParentNode;
type Child = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Text that is written out and read again so often is still not the same: nothing but an attack has such a form. */
const MOST_READINGS = 5;

/** The markup, closed. */
export function closed(html: string): string {
  return serialize(treeOf(html));
}

/** The markup as a live page shows it. */
export function cleaned(html: string): string {
  let before = html;
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const tree = treeOf(before);
    clean(tree, reading === 0);
    const after = serialize(tree);
    if (after === before) return after;
    before = after;
  }
  return `<pre>${escapeHtml(html)}</pre>`;
}

/** The text of some markup. */
export function textIn(html: string): string {
  return textOf(parseFragment(html)).replaceAll(/\s+/g, ' ').trim();
}

/** Browsers nest elements at most 512 deep, those of the page around the markup among them, and move what is deeper out. */
const DEEPEST = 400;

/** The markup as a tree; what is nested too deeply is text. */
function treeOf(html: string): DefaultTreeAdapterTypes.DocumentFragment {
  const tree = parseFragment(html);
  let level: Parent[] = [tree];
  for (let depth = 0; level.length > 0; depth++) {
    const below = level.flatMap(({ childNodes }) => childNodes.filter((child) => 'childNodes' in child));
    if (depth >= DEEPEST) for (const parent of below) parent.childNodes = [text(parent, textOf(parent))];
    level = depth >= DEEPEST ? [] : below;
  }
  return tree;
}

/** All text in an element, which may be nested more deeply than calls can be. */
function textOf(parent: Parent): string {
  const texts: string[] = [];
  const left: (Child | Parent)[] = [parent];
  for (let node = left.pop(); node; node = left.pop()) {
    if ('value' in node) texts.push(node.value);
    else if ('childNodes' in node) for (const child of node.childNodes.toReversed()) left.push(child);
  }
  return texts.join('');
}

/** `scopes`: whether rules are yet to be scoped. */
function clean(parent: Parent, scopes: boolean): void {
  parent.childNodes = parent.childNodes.flatMap((child) => cleanChild(child, scopes));
}

function cleanChild(child: Child, scopes: boolean): Child[] {
  if (!('tagName' in child)) return [child];
  const fate = fateOf(child.tagName);
  if (fate === 'refused') return [];
  if (fate === 'named') return [text(child, frameText(attributeOf(child, 'src')))];
  child.attrs = child.attrs.filter(({ name, value }) => staysAttribute(child.tagName, name, value));
  if (child.tagName === 'script') child.attrs.push({ name: 'type', value: INERT_TYPE });
  if (child.tagName === 'style' && scopes) child.childNodes = [text(child, rulesOf(textOf(child)))];
  else clean(child, scopes);
  return [child];
}

/** What an opening token of CSS is closed by. */
const CLOSERS: ReadonlyMap<TokenType, TokenType> = new Map([
  [TokenType.Function, TokenType.CloseParen],
  [TokenType.OpenParen, TokenType.CloseParen],
  [TokenType.OpenSquare, TokenType.CloseSquare],
  [TokenType.OpenCurly, TokenType.CloseCurly],
]);

/** Rules, scoped; none where a brace would close what they stand in. */
function rulesOf(rules: string): string {
  const open: TokenType[] = [];
  for (const [type] of tokenize({ css: rules })) {
    const closer = CLOSERS.get(type);
    if (closer !== undefined) open.push(closer);
    else if (type === open.at(-1)) open.pop();
    else if (type === TokenType.CloseCurly && open.length === 0) return '';
  }
  return scopedRules(rules);
}

function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

function text(parentNode: Parent, value: string): Child {
  return { nodeName: '#text', parentNode, value };
}
