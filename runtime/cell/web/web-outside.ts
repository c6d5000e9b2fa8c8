// A worker of a page as the outside of a cell process.

import type { Hearing, Outside } from '../cell-outside.ts';
import { type Mail, openMailbox } from './mail.ts';
import type { FromWorker, Start } from './messages.ts';
import { stopCheck, wordsIn } from './shared-words.ts';
import { createWebEvents } from './web-events.ts';
import { installWebGlobals } from './web-globals.ts';
import { createWebInterrupts } from './web-interrupts.ts';
import { createWebLoader, type WebLoaderOptions } from './web-loader.ts';
import { openWebOutput } from './web-output.ts';

/** The outside, and where messages of the page go once there is a process. */
export interface WebOutside extends Outside {
  /** Takes an interrupt, an answer or the end of clean-up. */
  heard(message: Mail): void;
}

/** The outside of this worker. `tell` sends to the page. */
export function webOutside(
  { memory, mail, notebook, modules, folder }: Start,
  own: WebLoaderOptions['own'],
  tell: (message: FromWorker) => void,
): WebOutside {
  const shared = wordsIn(memory);
  const box = memory === undefined && mail !== undefined ? openMailbox(mail) : undefined;
  let hearing: Hearing | undefined;
  /** What the main thread hears while it runs or blocks: nothing of it is begun by that. */
  const hearNow = (message: Mail) => {
    if (hearing === undefined) return;
    if (message.type === 'answer') hearing.answered(message);
    else if (message.type === 'interrupt') hearing.interrupts.hear(message.number, message.execution);
    else hearing.interrupts.force(message.execution);
  };
  const fetchMail = box && ((wait: boolean) => box.fetch(wait).forEach(hearNow));
  return {
    home: new URL('.', import.meta.url).href,
    interruptible: (hooks) => createWebInterrupts(shared, tell, hooks, fetchMail && (() => fetchMail(false))),
    output(parts) {
      const made = openWebOutput(shared, tell, parts, fetchMail && (() => fetchMail(true)));
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
      const files =
        folder === undefined ? undefined : { folder, read, registerSource, stop: stopCheck(box !== undefined) };
      return createWebLoader({ notebook, offered: modules, own, files });
    },
    debuggee() {},
    hear(parts) {
      hearing = parts;
    },
    writeFences: () => [],
    tellExit() {},
    breakDown: (reason, port) => port.send({ type: 'broken', reason }),
    exit: (port) => port.send({ type: 'exit', code: 0 }),
    heard(message) {
      hearNow(message);
      if (message.type !== 'answer') hearing?.whenFree();
      hearing?.look();
    },
  };
}
