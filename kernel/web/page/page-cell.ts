// One cell of a live page: its code, which can be edited, its buttons, and its outputs.

import { escapeHtml } from '../../../runtime/escape.ts';
import type { Output } from '../../run/notebook/notebook.ts';
import { outputToHtml, type Showing } from '../../run/page/output.ts';
import { VIEW } from '../../run/widget-states.ts';
import { boxOf, placeOf } from './clean-element.ts';
import type { Editor } from './editor.ts';
import { playFigures } from './page-figures.ts';
import { markdownIn } from './page-markdown.ts';
import type { PageCell } from './page-session.ts';

/** What the page does for its cells. */
export interface CellHooks {
  /** Runs the cell; with `above`, all before it first. */
  run(above: boolean): void;
  stop(): void;
  /** The code of the cell has changed; undefined: it is again what the page came with. */
  edited(source: string | undefined): void;
  /** Undefined where it could not be loaded; the page has said so. */
  editor(): Promise<typeof Editor | undefined>;
  /** Puts the focus on the next cell. */
  next(): void;
  /** Shows a widget in an element; rejects where the page cannot. */
  widget(id: string, box: HTMLElement): Promise<void>;
}

const FRAME_MS = 16;
/** What a page shows at most of a text, in UTF-16 units, and of the outputs of a cell. The newest is what it shows. */
const [MOST_UNITS, MOST_OUTPUTS] = [200_000, 500];

const RUN = ['Run', 'Run this cell (Shift+Enter)'] as const;
const STOP = ['Stop', 'Stop this cell'] as const;
const RESET = ['Reset', 'Back to the code that the page came with'] as const;
const UNDO = ['Undo reset', 'Back to your own code'] as const;

/** A cell whose code runs in the page. */
export class LiveCell implements PageCell {
  private readonly element: HTMLElement;
  private readonly code: HTMLElement;
  private readonly outputs: HTMLElement;
  private readonly runButton = button(...RUN);
  private readonly aboveButton = button('Run what is above', 'Run all cells above this one, then this one');
  private readonly resetButton = button(...RESET);
  private readonly count: HTMLElement;
  /** The code that the page came with. */
  readonly original: string;
  private readonly hooks: CellHooks;
  private editor: Editor | undefined;
  /** The code that the last Reset took away, until the next edit. */
  private takenAway: string | undefined;
  /** The HTML of each output that is shown. */
  private shown: string[] = [];
  private question: HTMLElement | undefined;
  private latest: readonly Output[] = [];
  private readonly showing: Showing = {
    states: new Map(),
    markdown: markdownIn(() => this.show(this.latest)),
    markup: placeOf,
  };
  /** What is to be shown, until it is. */
  private pending: readonly Output[] | undefined;
  private drawing: ReturnType<typeof setTimeout> | undefined;
  private drawAfter = 0;

  constructor(element: HTMLElement, hooks: CellHooks) {
    this.element = element;
    this.hooks = hooks;
    this.code = element.querySelector('.input code, pre.source') as HTMLElement;
    this.original = this.code.textContent ?? '';
    this.outputs = element.querySelector('.outputs') as HTMLElement;
    this.count = element.querySelector('.count') ?? document.createElement('span');
    this.count.className = 'count';
    this.count.textContent = '[ ]';
    this.foldStored();
    const input = element.querySelector<HTMLElement>('.input');
    if (input === null) return;
    input.prepend(this.count);
    const bar = document.createElement('div');
    bar.className = 'bar';
    bar.append(this.runButton, this.aboveButton, this.resetButton);
    input.append(bar);
    this.resetButton.hidden = true;
    this.runButton.onclick = () => (this.element.classList.contains('running') ? hooks.stop() : hooks.run(false));
    this.aboveButton.onclick = () => hooks.run(true);
    this.resetButton.onclick = () => this.reset();
    const box = this.code.parentElement as HTMLElement;
    box.tabIndex = 0;
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', 'Code. Press Enter to edit it, Shift+Enter or Ctrl+Enter to run it.');
    box.onclick = (event) => void this.edit({ x: event.clientX, y: event.clientY });
    box.onkeydown = (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      if (event.shiftKey || event.ctrlKey || event.metaKey) this.press(event.shiftKey);
      else void this.edit();
    };
  }

  /** Shows the code of an earlier visit. */
  restore(edit: string): void {
    if (edit === this.original) return;
    this.code.textContent = edit;
    this.resetButton.hidden = false;
  }

  /** What the page came with is the answer to a question that the reader may be about to think over: it opens at a press. */
  private foldStored(): void {
    if (this.outputs.childElementCount === 0) return;
    const folded = document.createElement('details');
    folded.className = 'stored';
    const summary = document.createElement('summary');
    summary.textContent = 'What it showed when this page was made';
    folded.append(summary, ...this.outputs.childNodes);
    folded.addEventListener('toggle', () => playFigures(folded), { once: true });
    this.outputs.append(folded);
  }

  /** Whether its author expects it to fail: what comes after it runs all the same. */
  get raises(): boolean {
    return this.element.hasAttribute('data-raises');
  }

  /** Puts the focus on its code. */
  focus(): void {
    if (this.editor) this.editor.focus();
    else this.code.parentElement?.focus();
  }

  /** Shift+Enter, which goes on to the next cell, or Ctrl+Enter. */
  private press(moves: boolean): void {
    this.hooks.run(false);
    if (moves) this.hooks.next();
  }

  /** The code as it stands. */
  get source(): string {
    return this.editor?.text ?? this.code.textContent ?? '';
  }

  /** Puts an editor in the place of the code. */
  async edit(at?: { readonly x: number; readonly y: number }): Promise<void> {
    if (this.editor) return;
    // A stretch of code that is being selected is no wish to edit.
    if (at && !(document.getSelection()?.isCollapsed ?? true)) return;
    const EditorClass = await this.hooks.editor();
    if (this.editor || EditorClass === undefined) return;
    const box = this.code.parentElement as HTMLElement;
    this.editor = new EditorClass(this.source, {
      changed: (text) => this.changed(text),
      run: (moves) => this.press(moves),
    });
    box.replaceWith(this.editor.element);
    this.editor.focus(at);
  }

  show(outputs: readonly Output[]): void {
    this.latest = outputs;
    this.pending = outputs;
    if (this.drawing !== undefined) return;
    const wait = Math.max(0, this.drawAfter - performance.now());
    this.drawing = setTimeout(() => this.draw(), wait);
  }

  /** Shows what has come. Drawing takes at most a third of the time, however much a cell prints. */
  private draw(): void {
    clearTimeout(this.drawing);
    this.drawing = undefined;
    if (this.pending === undefined) return;
    const began = performance.now();
    this.drawNow(this.pending);
    this.pending = undefined;
    // Has the page laid out: that takes longest.
    void this.outputs.offsetHeight;
    const now = performance.now();
    this.drawAfter = now + Math.max(FRAME_MS, 2 * (now - began));
  }

  private drawNow(outputs: readonly Output[]): void {
    const html = newest(outputs).map((output) => htmlOf(output, this.showing));
    if (this.shown.length === 0) {
      for (const stored of [...this.outputs.childNodes]) if (stored !== this.question) stored.remove();
    }
    html.forEach((text, at) => {
      if (this.shown[at] === text) return;
      const made = boxOf(text);
      const before = this.outputs.children[at];
      if (before && before !== this.question) before.replaceWith(made);
      else this.outputs.insertBefore(made, this.question ?? null);
      playFigures(made);
      // Of what is printed the end is what is new.
      const stream = made.querySelector<HTMLElement>(':scope > :is(.stdout, .stderr)');
      if (stream) stream.scrollTop = stream.scrollHeight;
      for (const box of made.querySelectorAll<HTMLElement>(':scope > [data-widget]')) this.showWidget(box);
    });
    for (let at = this.shown.length - 1; at >= html.length; at--) this.outputs.children[at]?.remove();
    this.shown = html;
  }

  private showWidget(box: HTMLElement): void {
    const [text] = box.children;
    this.hooks.widget(box.dataset.widget ?? '', box).then(
      () => text?.remove(),
      () => text?.removeAttribute('hidden'),
    );
  }

  /** Shows where the cell is: running or waiting for its turn, done, failed, or not run. */
  mark(state: 'running' | 'done' | 'failed' | 'stale', count?: number): void {
    this.draw();
    const running = state === 'running';
    this.element.classList.toggle('running', running);
    this.element.classList.toggle('failed', state === 'failed');
    const [text, title] = running ? STOP : RUN;
    nameButton(this.runButton, text, title);
    this.count.textContent = running ? '[*]' : state === 'stale' || !count ? '[ ]' : `[${count}]`;
  }

  ask(prompt: string, password: boolean): Promise<string> {
    this.draw();
    this.dropQuestion();
    return new Promise((resolve, reject) => {
      const form = document.createElement('form');
      form.className = 'question';
      const label = document.createElement('label');
      label.textContent = prompt;
      const field = document.createElement('input');
      field.type = password ? 'password' : 'text';
      field.autocomplete = 'off';
      label.append(' ', field);
      form.append(label);
      form.onsubmit = (event) => {
        event.preventDefault();
        this.dropped = undefined;
        this.dropQuestion();
        resolve(field.value);
      };
      this.dropped = () => reject(new Error('the question was dropped'));
      this.question = form;
      this.outputs.append(form);
      // What somebody is writing elsewhere must not end up here.
      if (!isWriting() || this.element.contains(document.activeElement)) field.focus();
      form.scrollIntoView({ block: 'nearest' });
    });
  }

  private dropped: (() => void) | undefined;

  dropQuestion(): void {
    this.question?.remove();
    this.question = undefined;
    this.dropped?.();
    this.dropped = undefined;
  }

  /** Back to the code that the page came with; pressed again, to the person's own. */
  private reset(): void {
    const own = this.source;
    const text = this.takenAway ?? this.original;
    if (this.editor) this.editor.text = text;
    else this.code.textContent = text;
    this.changed(text);
    if (text !== this.original) return;
    this.takenAway = own;
    nameButton(this.resetButton, ...UNDO);
    this.resetButton.hidden = false;
  }

  /** The code is now this one. */
  private changed(text: string): void {
    const isOriginal = text === this.original;
    this.takenAway = undefined;
    nameButton(this.resetButton, ...RESET);
    this.resetButton.hidden = isOriginal;
    this.hooks.edited(isOriginal ? undefined : text);
  }
}

/** Somebody who pressed a key this long ago still writes. */
const WRITES_MS = 2_000;
let wroteAt = Number.NEGATIVE_INFINITY;
document.addEventListener('keydown', ({ key }) => {
  if (key.length === 1) wroteAt = performance.now();
});

/** Whether somebody writes in a field of the page. */
function isWriting(): boolean {
  const isField = Boolean(document.activeElement?.closest('.cm-editor, input, textarea'));
  return isField && performance.now() - wroteAt < WRITES_MS;
}

/** What is shown of what may be very much, with a sentence on the rest. */
function newest(outputs: readonly Output[]): readonly Output[] {
  const hidden = outputs.length - MOST_OUTPUTS;
  const shown = hidden > 0 ? [note(`${hidden} older outputs are not shown`), ...outputs.slice(hidden)] : outputs;
  return shown.flatMap((output) => {
    const text = output.output_type === 'stream' ? String(output.text) : '';
    const over = text.length - MOST_UNITS;
    return over <= 0
      ? [output]
      : [note(`${over} older characters are not shown`), { ...output, text: text.slice(over) }];
  });
}

function note(text: string): Output {
  return { output_type: 'stream', name: 'stderr', text: `${text}\n` };
}

/** An output; of a widget a box with its text, which is shown where the widget cannot be. */
function htmlOf(output: Output, showing: Showing): string {
  const html = outputToHtml(output, showing);
  const isDisplay = output.output_type === 'display_data' || output.output_type === 'execute_result';
  const view = isDisplay ? (output.data[VIEW] as { readonly model_id?: unknown } | undefined) : undefined;
  if (view === undefined) return html;
  return `<div class="widget-view" data-widget="${escapeHtml(String(view.model_id))}"><div hidden>${html}</div></div>`;
}

/** A button of a cell or of the page. */
export function button(text: string, title: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  nameButton(made, text, title);
  return made;
}

function nameButton(made: HTMLButtonElement, text: string, title: string): void {
  made.textContent = text;
  made.title = title;
}
