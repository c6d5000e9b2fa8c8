// What arrange() runs in the page: a list whose lines are put in order by dragging, by tapping one line and then its new
// place, or by the keyboard. Text, because it runs in the page: it may use only its arguments and what a browser has.

/** The module, as anywidget loads it. */
export const ARRANGE_ESM = `
export default {
  render({ model, el }) {
    const list = document.createElement('ol');
    const said = document.createElement('div');
    list.className = 'ck-arrange';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', model.get('label') || 'Lines to put in order');
    // JupyterLab leaves the keys of what bears this alone.
    list.setAttribute('data-lm-suppress-shortcuts', 'true');
    said.className = 'ck-arrange-said';
    said.setAttribute('aria-live', 'polite');
    el.append(list, said);
    let items = [...model.get('value')];
    let held = -1;
    const say = (text) => { said.textContent = text; };
    const place = (at) => (at + 1) + ' of ' + items.length;
    const keep = () => { model.set('value', [...items]); model.save_changes(); };
    const move = (from, to) => {
      const [item] = items.splice(from, 1);
      items.splice(to, 0, item);
    };
    const show = (focus) => {
      list.replaceChildren(...items.map((text, at) => {
        const line = document.createElement('li');
        const grip = document.createElement('span');
        const code = document.createElement('code');
        line.tabIndex = at === (focus ?? 0) ? 0 : -1;
        line.setAttribute('role', 'option');
        line.setAttribute('aria-selected', String(at === held));
        line.setAttribute('aria-posinset', String(at + 1));
        line.setAttribute('aria-setsize', String(items.length));
        line.classList.toggle('held', at === held);
        grip.className = 'grip';
        grip.textContent = '\\u283f';
        grip.setAttribute('aria-hidden', 'true');
        code.textContent = text;
        line.append(grip, code);
        return line;
      }));
      if (focus !== undefined) list.children[focus]?.focus({ preventScroll: true });
    };
    const indexOf = (target) => [...list.children].indexOf(target.closest?.('li'));
    list.addEventListener('keydown', (event) => {
      const at = indexOf(event.target);
      if (at < 0) return;
      const step = { ArrowUp: -1, ArrowDown: 1, Home: -at, End: items.length - 1 - at }[event.key];
      if (event.key === ' ' || event.key === 'Enter') {
        event.preventDefault();
        held = held === at ? -1 : at;
        say(items[at] + (held === at ? ': picked up, ' : ': put down, ') + place(at));
        if (held < 0) keep();
        show(at);
      } else if (event.key === 'Escape' && held >= 0) {
        held = -1;
        items = [...model.get('value')];
        say('The order is as it was.');
        show(at);
      } else if (step !== undefined) {
        event.preventDefault();
        const to = Math.min(Math.max(at + step, 0), items.length - 1);
        if (held === at || event.altKey) {
          move(at, to);
          if (held === at) held = to;
          else keep();
          say(items[to] + ': ' + place(to));
        }
        show(to);
      }
    });
    let drag;
    list.addEventListener('pointerdown', (event) => {
      const at = indexOf(event.target);
      if (at < 0 || event.button !== 0) return;
      event.preventDefault();
      drag = { at, from: at, y: event.clientY, moved: false };
      list.setPointerCapture(event.pointerId);
    });
    list.addEventListener('pointermove', (event) => {
      if (!drag || (!drag.moved && Math.abs(event.clientY - drag.y) < 5)) return;
      drag.moved = true;
      const heights = [...list.children].map((line) => line.getBoundingClientRect());
      const to = heights.findIndex(({ bottom }) => event.clientY < bottom);
      const target = to < 0 ? items.length - 1 : to;
      held = target;
      if (target !== drag.at) move(drag.at, target);
      drag.at = target;
      show();
    });
    const drop = (event) => {
      if (!drag) return;
      const { at, moved } = drag;
      drag = undefined;
      if (moved) {
        held = -1;
        if (event.type === 'pointercancel') items = [...model.get('value')];
        else keep();
      } else if (held < 0) {
        held = at;
        say(items[at] + ': picked up. Tap its new place.');
      } else {
        if (held !== at) move(held, at);
        held = -1;
        keep();
        say(items[at] + ': ' + place(at));
      }
      show(at);
    };
    list.addEventListener('pointerup', drop);
    list.addEventListener('pointercancel', drop);
    model.on('change:value', () => {
      const value = model.get('value');
      if (value.length === items.length && value.every((text, at) => text === items[at])) return;
      items = [...value];
      held = -1;
      show();
    });
    show();
  },
};
`;

/** Its styles, in the colours of the page's theme. */
export const ARRANGE_CSS = `
.ck-arrange { list-style: none; margin: 4px 0; padding: 0; max-width: 560px; touch-action: none; user-select: none; }
.ck-arrange li { display: flex; align-items: center; gap: 8px; margin: 3px 0; padding: 5px 10px; cursor: grab;
  border: 1px solid var(--jp-border-color2, #c8ccd1); border-radius: 6px;
  background: var(--jp-layout-color1, #fff); color: var(--jp-content-font-color1, #1c1e21); }
.ck-arrange li:focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px; }
.ck-arrange li.held { border-color: var(--jp-brand-color1, #1976d2); background: var(--jp-layout-color2, #eef3f8); cursor: grabbing; }
.ck-arrange code { font-family: var(--jp-code-font-family, ui-monospace, monospace); font-size: 13px; background: none; white-space: pre-wrap; }
.ck-arrange .grip { color: var(--jp-content-font-color3, #767676); font-size: 13px; line-height: 1; }
.ck-arrange-said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;
