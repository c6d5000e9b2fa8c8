// The markup that a cell displays, as a live page shows it: without what run/page/safe-markup.ts refuses.

import { fateOf, frameText, INERT_TYPE, isFigure, scopedRules, staysAttribute } from '../../run/page/safe-markup.ts';

/** A box, not yet in the page, with what is shown of some markup. */
export function boxOf(html: string): HTMLDivElement {
  // What is in a template is not of the page yet: nothing is loaded, and no policy complains.
  const { content } = Object.assign(document.createElement('template'), { innerHTML: html });
  for (const element of content.querySelectorAll('*')) {
    const name = element.localName;
    const fate = fateOf(name);
    if (fate === 'refused') {
      element.remove();
      continue;
    }
    if (fate === 'named') {
      element.replaceWith(frameText(element.getAttribute('src') ?? undefined));
      continue;
    }
    for (const attribute of [...element.attributes])
      if (!staysAttribute(name, attribute.localName, attribute.value)) element.removeAttributeNode(attribute);
    if (name === 'script' && !element.hasAttribute('type')) element.setAttribute('type', INERT_TYPE);
    if (name === 'style' && !inFigure(element)) element.textContent = scopedRules(element.textContent ?? '');
  }
  const root = document.createElement('div');
  root.append(content);
  return root;
}

function inFigure(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement) if (isFigure(at.getAttribute('class'))) return true;
  return false;
}
