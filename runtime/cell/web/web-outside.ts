// A worker of a page as the outside of a cell process.

import type { Hearing, Outside } from '../cell-outside.ts';
import type { FromWorker, Start, ToWorker } from './messages.ts';
import { wordsIn } from './shared-words.ts';
import { createWebEvents } from './web-events.ts';
import { installWebGlobals } from './web-globals.ts';
import { createWebInterrupts } from './web-interrupts.ts';
import { createWebLoader, type WebLoaderOptions } from './web-loader.ts';
import { openWebOutput } from './web-output.ts';

/** The outside, and where messages of the page go once there is a process. */
export interface WebOutside extends Outside {
  /** Takes an interrupt, an answer or the end of clean-up. */
  heard(message: Extract<ToWorker, { readonly type: 'interrupt' | 'force' | 'answer' }>): void;
}

/** The outside of this worker. `tell` sends to the page. */
export function webOutside(
  { memory, notebook, modules, folder }: Start,
  own: WebLoaderOptions['own'],
  tell: (message: FromWorker) => void,
): WebOutside {
  const shared = wordsIn(memory);
  let hearing: Hearing | undefined;
  return {
    home: new URL('.', import.meta.url).href,
    interruptible: (hooks) => createWebInterrupts(shared, tell, hooks),
    output(parts) {
      const made = openWebOutput(shared, tell, parts);
      installWebGlobals(made.port, (code) => {
        made.port.flush();
        made.port.send({ type: 'exit', code });
      });
      return made;
    },
    install: () => async () => {
      throw new Error("install: a browser installs no packages. Import one by its address: 'https://esm.sh/NAME'.");
    },
    events: createWebEvents(),
    stdin() {},
    loader(port, { registerSource }) {
      const read = async (path: string) => ((await port.ask({ kind: 'file', path })) as string | null) ?? undefined;
      const files = folder === undefined ? undefined : { folder, read, registerSource };
      return createWebLoader({ notebook, offered: modules, own, files });
    },
    debuggee() {},
    hear(parts) {
      hearing = parts;
    },
    writeFences() {},
    tellExit() {},
    breakDown: (reason, port) => port.send({ type: 'broken', reason }),
    exit: (port) => port.send({ type: 'exit', code: 0 }),
    heard(message) {
      if (hearing === undefined) return;
      const { interrupts, answered, whenFree, look } = hearing;
      if (message.type === 'answer') answered(message);
      else {
        if (message.type === 'interrupt') interrupts.hear(message.number, message.execution);
        else interrupts.force(message.execution);
        whenFree();
      }
      look();
    },
  };
}
