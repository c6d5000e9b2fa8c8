// Texts to type, and things to look at.

import { type Control, control, type Options } from './control.ts';
import type {
  ComboboxState,
  ImageViewState,
  ProgressBarState,
  TextareaState,
  TextState,
  TextViewState,
} from './control-states.ts';

/** A line of text. @example const name = text({ label: 'name', placeholder: 'Ada' }) */
export function text(options: Options<TextState> = {}): Control<TextState> {
  return control('text', options);
}

/** A line of text that nobody can read. It is stored in the notebook with the other values. */
export function password(options: Options<TextState> = {}): Control<TextState> {
  return control('password', options);
}

/** Several lines of text. @example const poem = textarea({ rows: 8 }) */
export function textarea(options: Options<TextareaState> = {}): Control<TextareaState> {
  return control('textarea', options);
}

/** A line of text with suggestions. @example const city = combobox({ suggestions: ['Oslo', 'Rome'] }) */
export function combobox(options: Options<ComboboxState> = {}): Control<ComboboxState> {
  return control('combobox', options);
}

/** A text that can be replaced. @example const state = label('waiting'); state.value = 'done' */
export function label(value = '', options: Options<TextViewState> = {}): Control<TextViewState> {
  return control('label', { value, ...options });
}

/** HTML that can be replaced. @example const view = htmlView('<b>0</b>'); view.value = '<b>1</b>' */
export function htmlView(value = '', options: Options<TextViewState> = {}): Control<TextViewState> {
  return control('htmlView', { value, ...options });
}

/** A picture that can be replaced. @example const view = imageView(await readFile('photo.png')) */
export function imageView(
  value: Uint8Array = new Uint8Array(),
  options: Options<ImageViewState> = {},
): Control<ImageViewState> {
  return control('imageView', { value, ...options });
}

/** A bar that fills. @example const bar = progressBar({ max: 10 }); bar.value += 1 */
export function progressBar(options: Options<ProgressBarState> = {}): Control<ProgressBarState> {
  return control('progressBar', options);
}
