// Things to choose: yes or no, and one or some of several options.

import { type Control, control, type Options } from './control.ts';
import type {
  CheckboxState,
  ChoiceSliderState,
  ChoiceState,
  ColorState,
  DateState,
  FileUploadState,
  ListState,
  MultiSelectState,
  RadioState,
  ToggleButtonsState,
  ToggleState,
} from './control-states.ts';

/** The options must be given. */
type Choosing<State extends { readonly options: unknown }> = Options<State> & Pick<State, 'options'>;

/** A box to tick. @example const verbose = checkbox({ label: 'verbose', value: true }) */
export function checkbox(options: Options<CheckboxState> = {}): Control<CheckboxState> {
  return control('checkbox', options);
}

/** A button that stays pressed. @example const live = toggle({ label: 'live' }) */
export function toggle(options: Options<ToggleState> = {}): Control<ToggleState> {
  return control('toggle', options);
}

/**
 * One of several options, in a menu. The options may be any values; their text is `String(option)`.
 * @example const city = select({ options: ['Oslo', 'Rome'], label: 'city' })
 */
export function select<T>(options: Choosing<ChoiceState<T>>): Control<ChoiceState<T>> {
  return control('select', options);
}

/** One of several options, in a list. @example const city = list({ options: cities, rows: 8 }) */
export function list<T>(options: Choosing<ListState<T>>): Control<ListState<T>> {
  return control('list', options);
}

/** Some of several options. @example const picked = multiSelect({ options: ['a', 'b', 'c'] }) */
export function multiSelect<T>(options: Choosing<MultiSelectState<T>>): Control<MultiSelectState<T>> {
  return control('multiSelect', options);
}

/** One of several options, all visible. @example const size = radio({ options: ['S', 'M', 'L'] }) */
export function radio<T>(options: Choosing<RadioState<T>>): Control<RadioState<T>> {
  return control('radio', options);
}

/** One of several options, as buttons. @example const view = toggleButtons({ options: ['table', 'chart'] }) */
export function toggleButtons<T>(options: Choosing<ToggleButtonsState<T>>): Control<ToggleButtonsState<T>> {
  return control('toggleButtons', options);
}

/** One of several options, on a slider. @example const month = choiceSlider({ options: ['Jan', 'Feb', 'Mar'] }) */
export function choiceSlider<T>(options: Choosing<ChoiceSliderState<T>>): Control<ChoiceSliderState<T>> {
  return control('choiceSlider', options);
}

/** A day; null if none is chosen. @example const day = date({ value: new Date(2026, 0, 31) }) */
export function date(options: Options<DateState> = {}): Control<DateState> {
  return control('date', options);
}

/** A colour. @example const ink = color({ value: '#0b57a4' }) */
export function color(options: Options<ColorState> = {}): Control<ColorState> {
  return control('color', options);
}

/**
 * Files from the person's machine. They come through Jupyter's server in one message, so that together they can have at
 * most about 9 MB unless the server is started with `--ServerApp.websocket_max_message_size=…` (bytes).
 * @example
 * const upload = fileUpload({ accept: '.csv' })
 * const [file] = await upload.changed()
 */
export function fileUpload(options: Options<FileUploadState> = {}): Control<FileUploadState> {
  return control('fileUpload', { tooltip: LARGEST, ...options });
}

const LARGEST = 'At most 9 MB, unless Jupyter was started with a larger --ServerApp.websocket_max_message_size';
