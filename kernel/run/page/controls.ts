// Widgets in a page without a kernel: controls as they stand, inert, made of the states that the notebook stores.

import { escapeHtml } from '../../../runtime/escape.ts';
import type { Fields } from '../notebook/notebook.ts';

/** The states of a notebook's widgets, by model. */
export type States = ReadonlyMap<string, Fields>;

/** What widgets are shown with. */
export interface ShowingWidgets {
  /** The states of the notebook's widgets. */
  readonly states: States;
  /** What stands for the markup of others in HTML of ours. */
  readonly markup: (html: string) => string;
}

/** The HTML of a view; undefined if the page cannot show it, as widgets of one's own. */
export function viewToHtml(view: unknown, showing: ShowingWidgets): string | undefined {
  const id = typeof view === 'object' && view !== null ? (view as Fields).model_id : undefined;
  return typeof id === 'string' ? widgetToHtml(id, showing, 0) : undefined;
}

type Show = (state: Fields, children: readonly string[], showing: ShowingWidgets) => string;

/** Boxes in boxes; deeper ones are left out, as is one that contains itself. */
const DEEPEST = 20;
const REFERENCE = 'IPY_MODEL_';

function widgetToHtml(id: string, showing: ShowingWidgets, depth: number): string | undefined {
  const state = showing.states.get(id);
  const show = state && SHOWS[String(state._model_name)];
  if (!state || !show || depth > DEEPEST) return undefined;
  const children = Array.isArray(state.children) ? state.children : [];
  const inner = children.map((child) => widgetToHtml(String(child).slice(REFERENCE.length), showing, depth + 1) ?? '');
  return `<div class="widget">${labelOf(state)}${show(state, inner, showing)}</div>`;
}

/** Those whose label is inside them. */
const INSIDE = new Set(['CheckboxModel', 'ToggleButtonModel', 'ButtonModel', 'FileUploadModel']);

function labelOf({ description, _model_name }: Fields): string {
  const text = typeof description === 'string' && !INSIDE.has(String(_model_name)) ? description : '';
  return text === '' ? '' : `<span class="widget-label">${escapeHtml(text)}</span>`;
}

const attribute = (name: string, value: unknown) =>
  value === null || value === undefined ? '' : ` ${name}="${escapeHtml(String(value))}"`;
const input = (type: string, attributes: string) => `<input type="${type}" disabled${attributes}>`;
const readout = (text: unknown) => `<output>${escapeHtml(String(text))}</output>`;
const optionsOf = ({ _options_labels: labels }: Fields): readonly string[] =>
  Array.isArray(labels) ? labels.map(String) : [];
const chosen = ({ index }: Fields, at: number) => (Array.isArray(index) ? index.includes(at) : index === at);

const slider: Show = ({ value, min, max, step }) =>
  input(
    'range',
    ['min', 'max', 'step', 'value'].map((name) => attribute(name, { min, max, step, value }[name])).join(''),
  ) + readout(value);
const range: Show = ({ value }) => readout(Array.isArray(value) ? value.join(' – ') : value);
const typed =
  (type: string): Show =>
  ({ value }) =>
    input(type, attribute('value', value));
const button: Show = ({ description, value }) =>
  `<button disabled${value === true ? ' class="pressed"' : ''}>${escapeHtml(String(description ?? ''))}</button>`;
const menu =
  (attributes: string): Show =>
  (state) =>
    `<select disabled${attributes}>${optionsOf(state)
      .map((text, at) => `<option${chosen(state, at) ? ' selected' : ''}>${escapeHtml(text)}</option>`)
      .join('')}</select>`;
const each =
  (show: (text: string, is: boolean) => string): Show =>
  (state) =>
    optionsOf(state)
      .map((text, at) => show(escapeHtml(text), chosen(state, at)))
      .join('');
const box =
  (kind: string): Show =>
  (_, children) =>
    `<div class="widget-${kind}">${children.join('')}</div>`;
const titled: Show = ({ titles, selected_index: open }, children) =>
  children
    .map((child, at) => {
      const title = Array.isArray(titles) ? String(titles[at] ?? '') : '';
      return `<details${open === at ? ' open' : ''}><summary>${escapeHtml(title)}</summary>${child}</details>`;
    })
    .join('');

/** By the name of the model in ipywidgets. */
const SHOWS: Readonly<Record<string, Show>> = {
  IntSliderModel: slider,
  FloatSliderModel: slider,
  FloatLogSliderModel: ({ value }) => readout(value),
  IntRangeSliderModel: range,
  FloatRangeSliderModel: range,
  SelectionSliderModel: (state) => readout(optionsOf(state).find((_, at) => chosen(state, at)) ?? ''),
  CheckboxModel: ({ value, description }) =>
    `<label>${input('checkbox', value === true ? ' checked' : '')} ${escapeHtml(String(description ?? ''))}</label>`,
  ToggleButtonModel: button,
  ButtonModel: button,
  FileUploadModel: button,
  DropdownModel: menu(''),
  SelectModel: menu(' size="5"'),
  SelectMultipleModel: menu(' multiple'),
  RadioButtonsModel: each((text, is) => `<label>${input('radio', is ? ' checked' : '')} ${text}</label>`),
  ToggleButtonsModel: each((text, is) => `<button disabled${is ? ' class="pressed"' : ''}>${text}</button>`),
  TextModel: typed('text'),
  PasswordModel: () => input('password', ''),
  ComboboxModel: typed('text'),
  TextareaModel: ({ value, rows }) =>
    `<textarea disabled${attribute('rows', rows)}>${escapeHtml(String(value ?? ''))}</textarea>`,
  FloatTextModel: typed('number'),
  BoundedFloatTextModel: typed('number'),
  DatePickerModel: ({ value }) => input('date', attribute('value', dayOf(value))),
  ColorPickerModel: typed('color'),
  FloatProgressModel: ({ value, min, max }) =>
    `<progress${attribute('value', Number(value) - Number(min))}${attribute('max', Number(max) - Number(min))}></progress>`,
  LabelModel: ({ value }) => `<span>${escapeHtml(String(value ?? ''))}</span>`,
  HTMLModel: ({ value }, _, { markup }) => `<div>${markup(String(value ?? ''))}</div>`,
  ImageModel: ({ value, format, width, height }) =>
    `<img src="data:image/${escapeHtml(String(format))};base64,${escapeHtml(String(value ?? ''))}" alt=""${width ? attribute('width', width) : ''}${height ? attribute('height', height) : ''}>`,
  PlayModel: ({ value }) => readout(value),
  HBoxModel: box('row'),
  VBoxModel: box('column'),
  GridBoxModel: box('row'),
  BoxModel: box('row'),
  TabModel: titled,
  AccordionModel: titled,
};

/** The page counts months from 0. */
function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { year, month, date } = value as Readonly<Record<string, number>>;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year}-${two(Number(month) + 1)}-${two(Number(date))}`;
}
