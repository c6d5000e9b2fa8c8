// input, prompt, confirm and alert: questions to the person before the notebook.

import type { CellPort } from '../output/port.ts';

export interface Dialogs {
  /**
   * Asks for a line of text, without blocking: other tasks run on.
   *
   * @throws {Error} where the front end takes no input (nbconvert, for one)
   * @example const name = await input('Name? ')
   */
  input(text?: string, options?: { readonly password?: boolean }): Promise<string>;
  /** Asks for a line of text and blocks until it is there; an empty answer gives `defaultValue`. Prefer `await input()`. */
  prompt(text?: string, defaultValue?: string): string;
  /** Asks a question to be answered with y or n, and blocks until it is. */
  confirm(text?: string): boolean;
  /** Shows a text and blocks until Enter is pressed. */
  alert(text?: string): void;
}

/** Makes the questions for a port. */
export function createDialogs(port: CellPort): Dialogs {
  const now = (prompt: string): string => String(port.askNow({ kind: 'input', prompt, password: false }));
  return {
    async input(text = '', { password = false } = {}) {
      return String(await port.ask({ kind: 'input', prompt: String(text), password }));
    },
    prompt(text = 'Prompt', defaultValue = '') {
      const answer = now(`${text} ${defaultValue === '' ? '' : `[${defaultValue}] `}`);
      return answer === '' ? String(defaultValue) : answer;
    },
    confirm(text = 'Confirm') {
      return /^\s*y(es)?\s*$/i.test(now(`${text} [y/N] `));
    },
    alert(text = 'Alert') {
      now(`${text} [Enter] `);
    },
  };
}
