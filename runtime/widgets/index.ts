// What people import: import { slider, interact } from 'cokernel/widgets'. Exports only.

export { type Arrangement, type ArrangeState, arrange } from './any/arrange.ts';
export { type CustomOptions, CustomWidget, widget } from './any/custom-widget.ts';
export { accordion, type Child, column, grid, row, tabs } from './controls/boxes.ts';
export { type Button, button } from './controls/button.ts';
export {
  checkbox,
  choiceSlider,
  color,
  date,
  fileUpload,
  list,
  multiSelect,
  radio,
  select,
  toggle,
  toggleButtons,
} from './controls/choices.ts';
export {
  type Control,
  ControlWidget,
  type Layout,
  type LayoutOptions,
  type Options,
  type Style,
} from './controls/control.ts';
export type * from './controls/control-states.ts';
export { type Output, output } from './controls/output-view.ts';
export {
  type LogSliderOptions,
  logSlider,
  number,
  play,
  type RangeSliderOptions,
  rangeSlider,
  type SliderOptions,
  slider,
} from './controls/sliders.ts';
export {
  combobox,
  htmlView,
  imageView,
  label,
  password,
  progressBar,
  text,
  textarea,
} from './controls/text-controls.ts';
export {
  type Interaction,
  type Interactive,
  type InteractOptions,
  interact,
  type ValueOf,
} from './interact/interact.ts';
export { link } from './link.ts';
export type { Handler } from './model/handler.ts';
export { type NameOf, Widget, type WidgetLike } from './model/widget.ts';
