// The controls and boxes of ipywidgets 8, as data: the model and view of each, its style, and the values that it starts
// with. Their types are in controls/control-states.ts; what makes a control of a description is control.ts.

/** One kind of widget. */
export interface Description {
  /** What messages and its text call it: `slider`. */
  readonly kind: string;
  readonly model: string;
  readonly view: string | null;
  readonly module: string;
  readonly version: string;
  /** The model of its style, if it has one. */
  readonly style: string | undefined;
  /** The names that a person uses, with the values they have unless the person gives others. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Classes that the view should have, and does not give itself. */
  readonly classes?: readonly string[];
}

const CONTROLS = '@jupyter-widgets/controls';
const BASE = '@jupyter-widgets/base';

const shared = { tooltip: '', tabbable: null };
const labelled = { ...shared, label: '', labelHtml: false };
const usable = { ...labelled, disabled: false };
const slider = {
  ...usable,
  orientation: 'horizontal',
  readout: true,
  continuousUpdate: true,
  behavior: 'drag-tap',
};
const typed = { ...usable, placeholder: '\u200b', continuousUpdate: true };
const box = { ...shared, children: [], boxStyle: '' };

function control(
  kind: string,
  model: string,
  state: Readonly<Record<string, unknown>>,
  {
    style = 'DescriptionStyleModel',
    view = `${model}View`,
  }: { readonly style?: string | undefined; readonly view?: string } = {},
): Description {
  return { kind, model: `${model}Model`, view, module: CONTROLS, version: '2.0.0', style, state };
}

function plainControl(kind: string, model: string, state: Readonly<Record<string, unknown>>): Description {
  return { ...control(kind, model, state), style: undefined };
}

const number = { value: 0, min: 0, max: 100, step: 1 };
const range = { value: [25, 75], min: 0, max: 100, step: 1 };
const sliderStyle = { style: 'SliderStyleModel' };
const textStyle = { style: 'TextStyleModel' };

/** Its label stands beside it, as those of the others. */
const BESIDE_LABEL = ['jupyter-widgets', 'widget-inline-hbox'];

/** By the name under which control.ts finds them. */
export const DESCRIPTIONS = {
  intSlider: control('slider', 'IntSlider', { ...slider, ...number, readoutFormat: 'd' }, sliderStyle),
  floatSlider: control('slider', 'FloatSlider', { ...slider, ...number, step: 0.1, readoutFormat: '.2f' }, sliderStyle),
  intRangeSlider: control('rangeSlider', 'IntRangeSlider', { ...slider, ...range, readoutFormat: 'd' }, sliderStyle),
  floatRangeSlider: control(
    'rangeSlider',
    'FloatRangeSlider',
    { ...slider, ...range, step: 0.1, readoutFormat: '.2f' },
    sliderStyle,
  ),
  logSlider: control(
    'logSlider',
    'FloatLogSlider',
    { ...slider, value: 1, base: 10, min: 0, max: 4, step: 0.1, readoutFormat: '.3g' },
    sliderStyle,
  ),
  choiceSlider: {
    ...control('choiceSlider', 'SelectionSlider', { ...slider, options: [], value: undefined }, sliderStyle),
    classes: BESIDE_LABEL,
  },
  checkbox: control('checkbox', 'Checkbox', { ...usable, value: false, indent: true }, { style: 'CheckboxStyleModel' }),
  toggle: control(
    'toggle',
    'ToggleButton',
    { ...usable, value: false, buttonStyle: '', icon: '' },
    { style: 'ToggleButtonStyleModel' },
  ),
  select: control('select', 'Dropdown', { ...usable, options: [], value: undefined }),
  list: control('list', 'Select', { ...usable, options: [], value: undefined, rows: 5 }),
  multiSelect: control('multiSelect', 'SelectMultiple', { ...usable, options: [], value: [], rows: 5 }),
  radio: {
    ...control('radio', 'RadioButtons', { ...usable, options: [], value: undefined, orientation: 'vertical' }),
    classes: BESIDE_LABEL,
  },
  toggleButtons: {
    ...control(
      'toggleButtons',
      'ToggleButtons',
      { ...usable, options: [], value: undefined, buttonStyle: '', icons: [], tooltips: [] },
      { style: 'ToggleButtonsStyleModel' },
    ),
    classes: BESIDE_LABEL,
  },
  text: control('text', 'Text', { ...typed, value: '' }, textStyle),
  password: control('password', 'Password', { ...typed, value: '' }, textStyle),
  textarea: control('textarea', 'Textarea', { ...typed, value: '', rows: null }, textStyle),
  combobox: control('combobox', 'Combobox', { ...typed, value: '', suggestions: [], ensureOption: false }, textStyle),
  number: control('number', 'FloatText', { ...usable, value: 0, step: null, continuousUpdate: false }),
  boundedNumber: control(
    'number',
    'BoundedFloatText',
    { ...usable, value: 0, min: 0, max: 100, step: null, continuousUpdate: false },
    { view: 'FloatTextView' },
  ),
  date: control('date', 'DatePicker', { ...usable, value: null, min: null, max: null, step: 1 }),
  color: control('color', 'ColorPicker', { ...usable, value: 'black', concise: false }),
  fileUpload: control(
    'fileUpload',
    'FileUpload',
    { ...usable, label: 'Upload', value: [], accept: '', multiple: false, icon: 'upload', buttonStyle: '', error: '' },
    { style: 'ButtonStyleModel' },
  ),
  button: control(
    'button',
    'Button',
    { ...shared, label: '', disabled: false, buttonStyle: '', icon: '' },
    { style: 'ButtonStyleModel' },
  ),
  progressBar: control(
    'progressBar',
    'FloatProgress',
    { ...labelled, value: 0, min: 0, max: 100, barStyle: '', orientation: 'horizontal' },
    { style: 'ProgressStyleModel', view: 'ProgressView' },
  ),
  label: control('label', 'Label', { ...labelled, value: '', placeholder: '\u200b' }, { style: 'LabelStyleModel' }),
  htmlView: control('htmlView', 'HTML', { ...labelled, value: '', placeholder: '\u200b' }, { style: 'HTMLStyleModel' }),
  imageView: plainControl('imageView', 'Image', {
    ...shared,
    value: new Uint8Array(),
    format: 'png',
    width: '',
    height: '',
  }),
  play: control('play', 'Play', {
    ...usable,
    ...number,
    interval: 100,
    playing: false,
    repeat: false,
    showRepeat: true,
  }),
  output: {
    ...plainControl('output', 'Output', { ...shared, outputs: [] }),
    module: '@jupyter-widgets/output',
    version: '1.0.0',
  },
  row: plainControl('row', 'HBox', box),
  column: plainControl('column', 'VBox', box),
  grid: plainControl('grid', 'GridBox', box),
  tabs: plainControl('tabs', 'Tab', { ...box, titles: [], selectedIndex: 0 }),
  accordion: plainControl('accordion', 'Accordion', { ...box, titles: [], selectedIndex: null }),
} as const satisfies Readonly<Record<string, Description>>;

/** The model that every view has: its place and size, by names of CSS. Only what a person gives is sent. */
export const LAYOUT: Description = {
  ...{ kind: 'layout', model: 'LayoutModel', view: 'LayoutView', module: BASE, version: '2.0.0', style: undefined },
  state: nothing(
    'alignContent alignItems alignSelf borderTop borderRight borderBottom borderLeft bottom display flex flexFlow',
    'gridArea gridAutoColumns gridAutoFlow gridAutoRows gridColumn gridGap gridRow gridTemplateAreas',
    'gridTemplateColumns gridTemplateRows height justifyContent justifyItems left margin maxHeight maxWidth minHeight',
    'minWidth objectFit objectPosition order overflow padding right top visibility width',
  ),
};

const font = 'fontFamily fontSize fontStyle fontVariant fontWeight textColor textDecoration';

/** What the style of a control may say, by its model. */
export const STYLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  DescriptionStyleModel: nothing('labelWidth'),
  SliderStyleModel: nothing('labelWidth handleColor'),
  ProgressStyleModel: nothing('labelWidth barColor'),
  CheckboxStyleModel: nothing('labelWidth background'),
  ToggleButtonStyleModel: nothing('labelWidth', font),
  ToggleButtonsStyleModel: nothing('labelWidth buttonWidth fontWeight'),
  TextStyleModel: nothing('labelWidth background fontSize textColor'),
  LabelStyleModel: nothing('labelWidth background', font),
  HTMLStyleModel: nothing('labelWidth background fontSize textColor'),
  ButtonStyleModel: nothing('buttonColor', font),
};

/** The description of a style. */
export function styleDescription(model: string): Description {
  const state = STYLES[model] ?? {};
  return { kind: 'style', model, view: 'StyleView', module: CONTROLS, version: '2.0.0', style: undefined, state };
}

function nothing(...names: readonly string[]): Readonly<Record<string, null>> {
  return Object.fromEntries(
    names
      .join(' ')
      .split(' ')
      .map((name) => [name, null]),
  );
}
