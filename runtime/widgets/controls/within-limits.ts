// Values that depend on others: a number stays between its limits, and what is chosen is one of the options.

import { valueText } from '../model/value-text.ts';
import type { Description } from './descriptions.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * The values that must be others than `values` says, if any. `changing` is the name that is being set.
 *
 * @throws {TypeError} if a number is none @throws {RangeError} if the limits leave nothing between them
 */
export function limited(description: Description, values: Values, changing?: string): Values | undefined {
  const { kind, state } = description;
  for (const name of changing === undefined ? Object.keys(state) : [changing]) ofItsType(kind, name, state, values);
  if ('selectedIndex' in state) return opened(description, values, changing === 'children');
  if ('options' in state) return chosen(values, Array.isArray(state.value), changing);
  for (const name of ['step', 'interval']) if (typeof state[name] === 'number') positive(kind, name, values[name]);
  if (!('min' in state) || typeof state.min !== 'number') return checkedNumber(kind, state, values);
  const [min, max] = [numberOf(kind, 'min', values.min), numberOf(kind, 'max', values.max)];
  if (min > max) throw new RangeError(`${kind}: min is ${min}, which is more than max, ${max}.`);
  const exponential = 'base' in state;
  const [lowest, highest] = exponential ? [Number(values.base) ** min, Number(values.base) ** max] : [min, max];
  const inside = (value: unknown) => Math.min(Math.max(numberOf(kind, 'value', value), lowest), highest);
  const { value } = values;
  if (!Array.isArray(state.value)) return { value: inside(value) };
  if (!Array.isArray(value) || value.length !== 2) {
    throw new TypeError(`${kind}: a pair of numbers was expected as value, got ${valueText(value)}.`);
  }
  const ends = [inside(value[0]), inside(value[1])] as const;
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return low === value[0] && high === value[1] ? undefined : { value: [low, high] };
}

/** Where the open child is taken away, the one opens that is open in the beginning. */
function opened({ kind, state }: Description, { children, selectedIndex }: Values, anew: boolean): Values | undefined {
  const count = Array.isArray(children) ? children.length : 0;
  if (count === 0) return { selectedIndex: null };
  if (selectedIndex === null || [...Array(count).keys()].includes(selectedIndex as number)) return undefined;
  if (anew) return { selectedIndex: state.selectedIndex };
  const found = valueText(selectedIndex);
  throw new RangeError(`${kind}: one of 0 to ${count - 1}, or null, was expected as selectedIndex, got ${found}.`);
}

function checkedNumber(kind: string, state: Values, { value }: Values): undefined {
  if (typeof state.value === 'number') numberOf(kind, 'value', value);
}

/** The page shows nothing, or something else, for a number in place of a text. */
function ofItsType(kind: string, name: string, state: Values, values: Values): void {
  const [usual, value] = [state[name], values[name]];
  if (typeof usual === 'string' && typeof value !== 'string') {
    throw new TypeError(`${kind}: a text was expected as ${name}, got ${valueText(value)}.`);
  }
  if (typeof usual === 'boolean' && typeof value !== 'boolean') {
    throw new TypeError(`${kind}: true or false was expected as ${name}, got ${valueText(value)}.`);
  }
}

/** JSON has no others than finite ones. */
function numberOf(kind: string, name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`${kind}: a number was expected as ${name}, got ${valueText(value)}.`);
}

function positive(kind: string, name: string, value: unknown): void {
  if (numberOf(kind, name, value) > 0) return;
  throw new RangeError(`${kind}: a number above 0 was expected as ${name}, got ${valueText(value)}.`);
}

/**
 * Where a list of options no longer has what was chosen, the first is chosen, or of several those that are left. What is
 * still there is at another place, perhaps.
 */
function chosen({ options, value }: Values, several: boolean, changing: string | undefined): Values | undefined {
  if (!Array.isArray(options) || (changing !== undefined && changing !== 'options')) return undefined;
  if (changing === undefined) return value === undefined ? { value: options[0] } : undefined;
  if (several) return { value: Array.isArray(value) ? value.filter((one) => options.includes(one)) : [] };
  return { value: options.includes(value) ? value : options[0] };
}
