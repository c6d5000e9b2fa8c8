// How a cell's type errors are treated, as people write it in an option or the environment.

import type { DiagnosticsMode } from './language.ts';

const modes: readonly string[] = ['warn', 'strict', 'off'] satisfies DiagnosticsMode[];

/** The mode that a text names; `warn` where it is absent, and where it is none, which is then told. */
export function modeFrom(text: string | undefined, tell: (line: string) => void): DiagnosticsMode {
  if (text === undefined || text === '') return 'warn';
  if (modes.includes(text)) return text as DiagnosticsMode;
  tell(`diagnostics (COKERNEL_DIAGNOSTICS) may be warn, strict or off, and are ${JSON.stringify(text)}; they are warn`);
  return 'warn';
}
