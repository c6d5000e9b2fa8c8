// input, prompt, confirm and alert: questions to the person before the notebook.

import type { CellPort } from '../output/port.ts';

export interface Dialogs {
  /**
   * Asks for a line of text without blocking: other tasks go on running.
   *
   * @throws {Error} if the front end accepts no input, as nbconvert does
   * @example const name = await input('Name? ')
   */
  input(text?: string, options?: { readonly password?: boolean }): Promise<string>;
  /** Asks for a line of text and blocks until it is entered; an empty answer means `defaultValue`. Prefer `await input()`. */
  prompt(text?: string, defaultValue?: string): string;
  /** Asks a yes-or-no question (y or n) and blocks until it is answered. */
  confirm(text?: string): boolean;
  /** Shows a text and blocks until Enter is pressed. */
  alert(text?: string): void;
}

/** Makes the dialogs for a port. */
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
