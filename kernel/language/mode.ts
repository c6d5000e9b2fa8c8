// Reads the diagnostics mode (how a cell's type errors are treated) from an option or the environment.

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
