// The markup that a cell displays, as a live page shows it: without what run/page/safe-markup.ts refuses.

import { escapeHtml } from '../../../runtime/escape.ts';
import { fateOf, frameText, INERT_TYPE, scopedRules, staysAttribute } from '../../run/page/safe-markup.ts';

/** A document of which nothing is loaded, no policy complains, and no refresh leads away. */
const inert = document.implementation.createHTMLDocument('');

/** What the markup is within an element such as `context`, cleaned; not yet in the page. */
export function nodesOf(html: string, context: Element = document.createElement('div')): readonly ChildNode[] {
  const box = inert.importNode(context, false);
  box.innerHTML = html;
  for (const element of box.querySelectorAll('*')) clean(element);
  return [...box.childNodes];
}

function clean(element: Element): void {
  const name = element.localName;
  const fate = fateOf(name);
  if (fate === 'refused') element.remove();
  if (fate === 'named') element.replaceWith(frameText(element.getAttribute('src') ?? undefined));
  if (fate !== 'kept') return;
  for (const attribute of [...element.attributes])
    if (!staysAttribute(name, attribute.localName, attribute.value)) element.removeAttributeNode(attribute);
  if (name === 'script') element.setAttribute('type', INERT_TYPE);
  if (name === 'style') element.textContent = scopedRules(rulesIn(element.textContent ?? ''));
}

/** Rules as the browser understands them: what it writes out closes all that it opens. */
function rulesIn(text: string): string {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map(({ cssText }) => cssText).join('\n');
}

const PART = 'data-markup';

/** The place of the markup of others in HTML of ours: what is not opened there closes nothing around it. */
export function placeOf(html: string): string {
  return `<div ${PART}="${escapeHtml(html)}"></div>`;
}

/** A box, not yet in the page, with HTML of ours and, in its places, the markup of others. */
export function boxOf(html: string): HTMLDivElement {
  const box = document.createElement('div');
  box.innerHTML = html;
  for (const place of box.querySelectorAll(`[${PART}]`)) place.replaceWith(...nodesOf(place.getAttribute(PART) ?? ''));
  return box;
}
