// A value as text: util.inspect if that is safe, else util.inspect of a tame copy; always bounded.

import { type InspectOptions, inspect } from '#host/inspection';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { copyOf } from './copy.ts';
import { type Bounds, cut, LIMITS, SHALLOW } from './limits.ts';
import { listingOnce } from './listing.ts';
import { classNameOf, isObject } from './reflect.ts';
import { survey } from './tame.ts';

/** Options of util.inspect. Each is obeyed within the bounds of the whole. */
export type TextOptions = Readonly<InspectOptions>;

/**
 * The text of a value as Node shows it, at most 100,000 characters. None of the value's getters or traps runs. Throws
 * only the interrupt that ended an inspect method of its own. `nodes`: how many values it may hold.
 */
export function plainText(value: unknown, options: TextOptions = {}, nodes?: number): string {
  const usual = boundsOf(options);
  return listingOnce(() => boundedText(value, options, nodes === undefined ? usual : { ...usual, nodes }));
}

function boundedText(value: unknown, options: TextOptions, bounds: Bounds): string {
  const text = (shown: unknown, within: Bounds) =>
    cut(inspect(shown, { ...options, ...inspected(within), depth: within.depth }));
  const copied = (within: Bounds, ownMethods: boolean) => {
    const { likeness, items } = copyOf(value, within, ownMethods);
    return text(likeness, { ...within, items });
  };
  if (!isObject(value)) return text(value, bounds);
  try {
    const { tame, depth } = survey(value, bounds);
    // Fewer elements say more than hardly a level.
    const shortened = bounds.items > LIMITS.items && depth < Math.min(SHALLOW, bounds.depth);
    const within = shortened ? bounds : { ...bounds, depth };
    return tame && !shortened ? text(value, within) : copied(within, options.customInspect ?? true);
  } catch (failure) {
    if (failure instanceof KeyboardInterrupt) throw failure;
    // Its own inspect method threw.
    try {
      return copied(bounds, false);
    } catch {
      return `[${classNameOf(value) ?? 'Object: null prototype'}]`;
    }
  }
}

/** Where a person asks for more, more is surveyed: twice as many values still take less than 0.2 s. */
const WIDE = 2;
/** As many levels as a reader may follow. */
const DEEPEST = 100;

function boundsOf({ depth, maxArrayLength, maxStringLength }: TextOptions): Bounds {
  const most = (asked: number | null | undefined, usual: number, widest = LIMITS.nodes * WIDE) =>
    asked === undefined ? usual : Math.min(asked ?? Number.POSITIVE_INFINITY, widest);
  const wide = [depth, maxArrayLength, maxStringLength].some((asked) => asked !== undefined);
  return {
    depth: most(depth, LIMITS.depth, DEEPEST),
    items: most(maxArrayLength, LIMITS.items),
    string: most(maxStringLength, LIMITS.string),
    nodes: LIMITS.nodes * (wide ? WIDE : 1),
    text: LIMITS.text,
  };
}

function inspected({ items, string }: Bounds): object {
  return { maxArrayLength: items, maxStringLength: string, customInspect: true };
}
