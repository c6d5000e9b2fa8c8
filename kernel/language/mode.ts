// How a cell's type errors are treated, as people write it in an option or the environment.

import type { DiagnosticsMode } from './language.ts';

const modes: readonly string[] = ['warn', 'strict', 'off'] satisfies DiagnosticsMode[];

/** The mode that a text names; `warn` where it is absent, and where it is none, which the log then says. */
export function modeFrom(text: string | undefined, log: (line: string) => void): DiagnosticsMode {
  if (text === undefined || text === '') return 'warn';
  if (modes.includes(text)) return text as DiagnosticsMode;
  log(`Diagnostics may be ${modes.join(', ')}, and found ${JSON.stringify(text)}; using warn.`);
  return 'warn';
}
