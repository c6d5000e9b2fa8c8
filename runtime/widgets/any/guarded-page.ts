// What the page gets of a widget's code: a module that loads it and, where it does not load or throws, shows the error in
// the widget's place. anywidget by itself shows nothing then.

import { isAddress } from './page-source.ts';

/** The module around the person's, which is a text or an address. */
export function guardedPage(source: string): string {
  const address = isAddress(source)
    ? JSON.stringify(source)
    : `URL.createObjectURL(new Blob([${JSON.stringify(source)}], { type: 'text/javascript' }))`;
  return `const load = () => import(${address});
${GUARD}`;
}

// A text because it runs in the page. As anywidget does, it takes a module's default export, an object or what makes one, and
// else its named exports.
const GUARD = `
const show = (el, error) => {
  console.error(error);
  const said = document.createElement('pre');
  said.style.cssText = 'white-space: pre-wrap; color: var(--jp-error-color1, #c62828)';
  said.textContent = 'The code of this widget failed in the page: ' + error + '\\n(The console of the browser, F12, says where.)';
  el.append(said);
};
export default async () => {
  let page;
  let failure;
  try {
    const { default: made, ...named } = await load();
    page = typeof made === 'function' ? await made() : made ?? named;
    if (!page.render && !page.initialize) throw new TypeError('it should have export default { render({ model, el }) { … } }');
  } catch (error) {
    failure = { error };
  }
  return {
    async initialize(context) {
      try {
        return await page?.initialize?.(context);
      } catch (error) {
        failure = { error };
      }
    },
    async render(context) {
      try {
        if (failure) throw failure.error;
        return await page.render?.(context);
      } catch (error) {
        show(context.el, error);
      }
    },
  };
};
`;
