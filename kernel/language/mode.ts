// Reads from an option or the environment how a cell's type errors are treated, and whether there is a language server.

import type { DiagnosticsMode } from './language.ts';

const modes: readonly string[] = ['warn', 'strict', 'off'] satisfies DiagnosticsMode[];

/** The mode that a text names; `warn` where the text is absent, or names none, which is reported. */
export function modeFrom(text: string | undefined, report: (line: string) => void): DiagnosticsMode {
  if (text === undefined || text === '') return 'warn';
  if (modes.includes(text)) return text as DiagnosticsMode;
  report(
    `diagnostics (COKERNEL_DIAGNOSTICS): warn, strict or off was expected, found ${JSON.stringify(text)}; using warn`,
  );
  return 'warn';
}

/** Whether the value of `--language` asks for the language server. @throws a sentence if it is neither on nor off */
export function hasLanguage(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new Error(`--language expects on or off, but found '${text}'.`);
}
