// The values of each control, as types: what can be given when it is made, read, and set later.

import type { WidgetLike } from '../model/widget.ts';

/** A colour, a length and such as CSS has them; null: as the theme has it. */
export type Css = string | null;

/** What all controls have. */
export interface Usable extends Labelled {
  /** Shown, but cannot be changed in the page. */
  disabled: boolean;
}

/** What all controls and some views have. */
export interface Labelled extends Shown {
  /** The text before it; on a button, the text on it. */
  label: string;
  /** Whether the label is HTML. */
  labelHtml: boolean;
}

/** What everything in the page has. */
export interface Shown {
  /** Shown while the mouse is over it. */
  tooltip: string;
  /** Whether the Tab key stops at it; null: as is usual. */
  tabbable: boolean | null;
}

/** A slider; `V` is a number or a pair of numbers. */
export interface SliderState<V> extends Bounds, Usable {
  value: V;
  orientation: 'horizontal' | 'vertical';
  /** Whether the number is shown beside it. */
  readout: boolean;
  /** How the number is written, in the format of d3: 'd', '.2f'. */
  readoutFormat: string;
  /** Whether it changes while it is dragged, or only when it is let go. */
  continuousUpdate: boolean;
  /** How it is moved: 'drag-tap', 'drag', 'tap', 'snap' … as noUiSlider calls it. */
  behavior: string;
}

/** A slider whose value is `base` to the power of where its handle is; `min`, `max` and `step` are exponents. */
export interface LogSliderState extends SliderState<number> {
  base: number;
}

/** The limits of a number. */
export interface Bounds {
  min: number;
  max: number;
  step: number;
}

/** A box to tick. */
export interface CheckboxState extends Usable {
  value: boolean;
  /** Whether there is room for a label before it, so that it stands in line with other controls. */
  indent: boolean;
}

/** The colour of a button, by what it means. */
export type ButtonStyle = '' | 'primary' | 'success' | 'info' | 'warning' | 'danger';

/** A button that stays pressed. */
export interface ToggleState extends Usable {
  value: boolean;
  buttonStyle: ButtonStyle;
  /** A name from Font Awesome, such as 'check'. */
  icon: string;
}

/** One of several options. */
export interface ChoiceState<T> extends Usable {
  /** The option that is chosen; undefined if there are none. */
  value: T;
  /** The options; their text is `String(option)`. */
  options: readonly T[];
}

/** One of several options, in a list. */
export interface ListState<T> extends ChoiceState<T> {
  /** How many are visible. */
  rows: number;
}

/** Some of several options. */
export interface MultiSelectState<T> extends Usable {
  value: readonly T[];
  options: readonly T[];
  rows: number;
}

/** One of several options, all visible. */
export interface RadioState<T> extends ChoiceState<T> {
  orientation: 'horizontal' | 'vertical';
}

/** One of several options, as buttons. */
export interface ToggleButtonsState<T> extends ChoiceState<T> {
  buttonStyle: ButtonStyle;
  icons: readonly string[];
  tooltips: readonly string[];
}

/** One of several options, on a slider. */
export interface ChoiceSliderState<T> extends ChoiceState<T>, Omit<SliderState<T>, keyof Bounds | 'readoutFormat'> {}

/** A line of text. */
export interface TextState extends Usable {
  value: string;
  /** Shown while it is empty. */
  placeholder: string;
  /** Whether it changes with every key, or only with Enter and when it is left. */
  continuousUpdate: boolean;
}

/** Several lines of text. */
export interface TextareaState extends TextState {
  rows: number | null;
}

/** A line of text with suggestions. */
export interface ComboboxState extends TextState {
  suggestions: readonly string[];
  /** Whether only the suggestions are allowed. */
  ensureOption: boolean;
}

/** A number to type. */
export interface NumberState extends Usable {
  value: number;
  step: number | null;
  continuousUpdate: boolean;
}

/** A number to type, within limits. */
export interface BoundedNumberState extends NumberState {
  min: number;
  max: number;
}

/** A day, as a Date at its local midnight. */
export interface DateState extends Usable {
  value: Date | null;
  min: Date | null;
  max: Date | null;
  /** Days. */
  step: number;
}

/** A colour: '#ff8800' or a name of CSS. */
export interface ColorState extends Usable {
  value: string;
  /** Whether only the coloured field is shown, without its name. */
  concise: boolean;
}

/** A file that the person chose. */
export interface UploadedFile {
  readonly name: string;
  /** A MIME type such as 'text/csv'; empty if the browser knows none. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
  readonly content: Uint8Array;
  /** The content as text in UTF-8. */
  text(): string;
}

/** Files from the person's machine. */
export interface FileUploadState extends Usable {
  /** The files; can be set to `[]`. */
  value: readonly UploadedFile[];
  /** What the dialog offers: '.csv', 'image/*'. */
  accept: string;
  multiple: boolean;
  icon: string;
  buttonStyle: ButtonStyle;
  /** What went wrong in the page. */
  error: string;
}

/** A button. */
export interface ButtonState extends Shown {
  label: string;
  disabled: boolean;
  buttonStyle: ButtonStyle;
  icon: string;
}

/** A bar that fills. */
export interface ProgressBarState extends Labelled {
  value: number;
  min: number;
  max: number;
  barStyle: '' | 'success' | 'info' | 'warning' | 'danger';
  orientation: 'horizontal' | 'vertical';
}

/** A text in the page. */
export interface TextViewState extends Labelled {
  value: string;
  placeholder: string;
}

/** A picture in the page. */
export interface ImageViewState extends Shown {
  /** The bytes of the file. */
  value: Uint8Array;
  /** 'png', 'jpeg', 'gif', 'svg+xml'; 'url' if the value is the UTF-8 text of an address. */
  format: string;
  /** Pixels, as a text. */
  width: string;
  height: string;
}

/** Buttons that make a number grow by itself. */
export interface PlayState extends Usable, Bounds {
  value: number;
  /** Milliseconds between two steps. */
  interval: number;
  playing: boolean;
  /** Whether it begins again at the end. */
  repeat: boolean;
  showRepeat: boolean;
}

/** What a cell can show, in a widget. */
export interface OutputState extends Shown {
  /** The outputs as notebooks store them. */
  outputs: readonly object[];
}

/** Widgets inside a widget. */
export interface BoxState extends Shown {
  children: readonly WidgetLike[];
  boxStyle: '' | 'success' | 'info' | 'warning' | 'danger';
}

/** Widgets of which one is visible, by titles. */
export interface TitledState extends BoxState {
  titles: readonly string[];
  /** The visible one, from 0; null if there is none. */
  selectedIndex: number | null;
}

/** Where a widget is and how large, by the names of CSS: `{ width: '50%', margin: '4px' }`. */
export interface LayoutState {
  alignContent: Css;
  alignItems: Css;
  alignSelf: Css;
  borderTop: Css;
  borderRight: Css;
  borderBottom: Css;
  borderLeft: Css;
  bottom: Css;
  display: Css;
  flex: Css;
  flexFlow: Css;
  gridArea: Css;
  gridAutoColumns: Css;
  gridAutoFlow: Css;
  gridAutoRows: Css;
  gridColumn: Css;
  gridGap: Css;
  gridRow: Css;
  gridTemplateAreas: Css;
  gridTemplateColumns: Css;
  gridTemplateRows: Css;
  height: Css;
  justifyContent: Css;
  justifyItems: Css;
  left: Css;
  margin: Css;
  maxHeight: Css;
  maxWidth: Css;
  minHeight: Css;
  minWidth: Css;
  objectFit: Css;
  objectPosition: Css;
  order: Css;
  overflow: Css;
  padding: Css;
  right: Css;
  top: Css;
  visibility: 'visible' | 'hidden' | 'inherit' | null;
  width: Css;
}

/** How a control looks. Which of these it has depends on its kind; others are refused. */
export interface StyleState {
  /** The width of the label; 'initial' for as wide as its text. */
  labelWidth: Css;
  handleColor: Css;
  barColor: Css;
  background: Css;
  buttonColor: Css;
  buttonWidth: Css;
  fontFamily: Css;
  fontSize: Css;
  fontStyle: Css;
  fontVariant: Css;
  fontWeight: Css;
  textColor: Css;
  textDecoration: Css;
}
