// The keys of the player, and how the help line describes them. JupyterLab uses some of the same keys; while the figure
// has the focus, they belong to the player.

import type { PageEvent } from './dom.ts';

/** What a button or a key can make the player do. */
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
  | 'stop'
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
  s: 'stop',
  '?': 'help',
};

/** The keys as the help line lists them, most used first. */
export const KEYS_HELP: readonly (readonly [keys: string, does: string])[] = [
  ['space', 'play, pause'],
  ['← →', 'one event back, forward'],
  ['shift ← →', 'ten events'],
  ['home end', 'beginning, end'],
  ['< >', 'slower, faster'],
  ['+ − 0', 'zoom in, out, whole'],
  ['?', 'these keys'],
];

/** True if the focused element handles the key itself: space presses a button, arrows move through a list. */
function isNative({ key, target }: PageEvent): boolean {
  if (target.closest('select') !== null) return true;
  return (key === ' ' || key === 'Enter') && target.closest('button,summary') !== null;
}

/** The command of a key; undefined if the player has none for it. */
export function commandOf(event: PageEvent): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || isNative(event)) return undefined;
  const command = KEYS[event.key];
  if (event.shiftKey && command === 'forward') return 'forward10';
  if (event.shiftKey && command === 'back') return 'back10';
  return command;
}
