// The console's methods, over two streams of text.

import { Console, type ConsoleOptions } from 'node:console';

/** What a console writes to, and how. */
export interface ConsoleSettings extends ConsoleOptions {
  /** How many columns a text takes; Node has its own count. */
  readonly width: (text: string) => number;
}

/** Node's own. */
export function makeConsole(settings: ConsoleSettings): Console {
  return new Console(settings);
}
