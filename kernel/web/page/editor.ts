// The editor of a cell, which comes when a cell is first edited: CodeMirror with TypeScript's colours, in those of the
// page.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** What an editor tells. */
export interface EditorHooks {
  changed(text: string): void;
  /** Shift+Enter was pressed, which goes on to the next cell, or Ctrl+Enter. */
  run(moves: boolean): void;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null], color: 'var(--keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--string)' },
  { tag: tags.number, color: 'var(--number)' },
  { tag: tags.comment, color: 'var(--comment)', fontStyle: 'italic' },
]);

/** An editor for the code of one cell. Tab leaves it. */
export class Editor {
  private readonly view: EditorView;

  constructor(text: string, { changed, run }: EditorHooks) {
    const runs = (key: string, moves: boolean) => ({
      key,
      run() {
        run(moves);
        return true;
      },
    });
    this.view = new EditorView({
      state: EditorState.create({
        doc: text,
        extensions: [
          keymap.of([runs('Shift-Enter', true), runs('Mod-Enter', false), ...historyKeymap, ...defaultKeymap]),
          history(),
          javascript({ typescript: true, jsx: true }),
          syntaxHighlighting(colours),
          bracketMatching(),
          indentOnInput(),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'Code. Shift+Enter runs it, Tab leaves it.' }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) changed(state.doc.toString());
          }),
        ],
      }),
    });
  }

  get element(): HTMLElement {
    return this.view.dom;
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /** Puts the cursor where the person clicked, else at the start. */
  focus(at?: { readonly x: number; readonly y: number }): void {
    this.view.focus();
    const position = at && this.view.posAtCoords(at);
    if (typeof position === 'number') this.view.dispatch({ selection: { anchor: position } });
  }
}
