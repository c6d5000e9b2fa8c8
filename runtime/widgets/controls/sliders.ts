// Numbers to choose: by sliding, by typing, or by themselves.

import { type Control, control, type Options } from './control.ts';
import type { BoundedNumberState, LogSliderState, NumberState, PlayState, SliderState } from './control-states.ts';

/** What a slider is made with. */
export type SliderOptions = Options<SliderState<number>>;
/** What a slider with two handles is made with. */
export type RangeSliderOptions = Options<SliderState<readonly [low: number, high: number]>>;
/** What a logarithmic slider is made with. */
export type LogSliderOptions = Options<LogSliderState>;

/**
 * A slider. It is in whole numbers if `min`, `max`, `step` and `value` are, as they are unless others are given.
 * @example
 * const n = slider({ min: 0, max: 10, value: 3, label: 'n' })
 * n.value = 4
 * await n.changed()
 * for await (const value of n) console.log(value)
 */
export function slider(options: SliderOptions = {}): Control<SliderState<number>> {
  const whole = areWhole(options.min, options.max, options.step, options.value);
  const value = options.min !== undefined && options.min > 0 ? { value: options.min } : {};
  return control(whole ? 'intSlider' : 'floatSlider', { ...value, ...options });
}

/**
 * A slider with two handles; its value is a pair of numbers.
 * @example const ages = rangeSlider({ min: 0, max: 120, value: [18, 65] })
 */
export function rangeSlider(
  options: RangeSliderOptions = {},
): Control<SliderState<readonly [low: number, high: number]>> {
  const { min = 0, max = 100, value = [min + (max - min) / 4, min + (3 * (max - min)) / 4] as const } = options;
  const whole = areWhole(options.min, options.max, options.step, ...(options.value ?? []));
  const pair = whole ? ([Math.round(value[0]), Math.round(value[1])] as const) : value;
  return control(whole ? 'intRangeSlider' : 'floatRangeSlider', { ...options, value: pair });
}

/**
 * A slider whose value is a power: `min`, `max` and `step` are exponents of `base`, which is 10.
 * @example const rate = logSlider({ min: -3, max: 3, value: 0.1 })
 */
export function logSlider(options: LogSliderOptions = {}): Control<LogSliderState> {
  return control('logSlider', options);
}

/**
 * A number to type; with `min` or `max` it stays between them.
 * @example const seed = number({ value: 42, label: 'seed' })
 */
export function number(options: Options<BoundedNumberState> = {}): Control<BoundedNumberState> {
  const { min, max } = options;
  // Without limits there are none to set later either: the page has another model for that.
  if (min === undefined && max === undefined) {
    return control<NumberState>('number', options) as Control<BoundedNumberState>;
  }
  return control('boundedNumber', {
    ...options,
    min: min ?? -Number.MAX_VALUE,
    max: max ?? Number.MAX_VALUE,
  });
}

/**
 * Buttons that make a number grow by itself, one step after the other.
 * @example
 * const frame = play({ max: 50, interval: 200 })
 * link(frame, 'value', slider({ max: 50 }), 'value')
 */
export function play(options: Options<PlayState> = {}): Control<PlayState> {
  return control('play', options);
}

function areWhole(...numbers: readonly (number | undefined)[]): boolean {
  return numbers.every((one) => one === undefined || Number.isInteger(one));
}
