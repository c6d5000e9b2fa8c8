// While a debugger is attached, each script is announced before it runs: the kernel process answers once the breakpoints
// of its text are set. Without a debugger nothing is asked.

import type { DebugScript } from '../../events.ts';

/** Takes scripts by their names. */
interface Registry {
  registerSource(name: string, script: Script): void;
}

type Script = Pick<DebugScript, 'source' | 'maps'> & { readonly code?: string };

/** The registry, which announces what is registered while a debugger is attached. */
export function announcing<Scripts extends Registry>(
  sources: Scripts,
  announce: (script: DebugScript) => void,
): { readonly sources: Scripts; readonly attached: (on: boolean) => void } {
  let on = false;
  return {
    sources: {
      ...sources,
      registerSource(name: string, script: Script) {
        sources.registerSource(name, script);
        if (on) announce({ code: '', ...script, name });
      },
    },
    attached(now) {
      on = now;
    },
  };
}
