// The keys of the player, and how the help line says them. JupyterLab has commands on some of the same keys: they are
// the player's while its figure has the focus.

import type { PageEvent } from './dom.ts';

/** What the player can be told to do, by a button or a key. */
export type Command =
  | 'play'
  | 'back'
  | 'forward'
  | 'back10'
  | 'forward10'
  | 'first'
  | 'last'
  | 'in'
  | 'out'
  | 'fit'
  | 'slower'
  | 'faster'
  | 'help';

const KEYS: Readonly<Record<string, Command>> = {
  ' ': 'play',
  ArrowRight: 'forward',
  ArrowLeft: 'back',
  Home: 'first',
  End: 'last',
  '+': 'in',
  '=': 'in',
  '-': 'out',
  '0': 'fit',
  '<': 'slower',
  ',': 'slower',
  '>': 'faster',
  '.': 'faster',
  '?': 'help',
};

/** The keys as they are told, in the order of use. */
export const TOLD: readonly (readonly [keys: string, does: string])[] = [
  ['space', 'play, pause'],
  ['← →', 'one event back, forward'],
  ['shift ← →', 'ten events'],
  ['home end', 'beginning, end'],
  ['< >', 'slower, faster'],
  ['+ − 0', 'zoom in, out, whole'],
  ['?', 'these keys'],
];

/** Native to what has the focus: a button is pressed by space, a list of choices is walked by arrows. */
function isNative({ key, target }: PageEvent): boolean {
  if (target.closest('select') !== null) return true;
  return (key === ' ' || key === 'Enter') && target.closest('button,summary') !== null;
}

/** What a key asks for; undefined where it is not the player's. */
export function commandOf(event: PageEvent): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || isNative(event)) return undefined;
  const command = KEYS[event.key];
  if (event.shiftKey && command === 'forward') return 'forward10';
  if (event.shiftKey && command === 'back') return 'back10';
  return command;
}
