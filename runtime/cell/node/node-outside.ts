// A process of Node as the outside of a cell process: pipes, the watcher thread, V8's inspector, Node's loader.

import type { MessagePort } from 'node:worker_threads';
import type { Hearing, Outside } from '../cell-outside.ts';
import { offerDebuggee } from '../debug/offer-debuggee.ts';
import { installTimerText } from '../display/show-timers.ts';
import { createInstall } from '../globals/install-packages.ts';
import { installStdin } from '../input/stdin.ts';
import { createInterruptible } from '../interrupt/interruptible.ts';
import { dispatchInterruptMessage, type FromWatcher } from '../interrupt/shared-memory.ts';
import { agreeToRests } from '../interrupt/watch-memory.ts';
import { createLoader } from '../loader/loader.ts';
import { openOutput } from '../output/cell-output.ts';
import { breakDown, tellExit } from './exit.ts';
import { writeFences } from './fences.ts';
import { createNodeEvents } from './node-events.ts';

/** What the process gives. */
export interface NodeParts {
  readonly shared: Int32Array<SharedArrayBuffer>;
  /** To the watcher thread. */
  readonly watcher: MessagePort;
  readonly nonce: string;
  /** The URL of the folder in which the kernel's own code lies. */
  readonly home: string;
  /** Specifier → file URL of the library that runs the loop. */
  readonly instances: Readonly<Record<string, string>>;
}

/** The outside of this process. */
export function nodeOutside({ shared, watcher, nonce, home, instances }: NodeParts): Outside {
  return {
    home,
    interruptible: (hooks) => createInterruptible(shared, watcher, home, hooks),
    output(parts) {
      installTimerText();
      return openOutput(shared, watcher, parts);
    },
    install: (shown) => createInstall(shown, process.cwd()),
    events: createNodeEvents(),
    stdin: installStdin,
    // Local files are compiled by the kernel process; an import may need that at once, so it blocks.
    loader: (port, { registerSource }) =>
      createLoader({
        directory: process.cwd(),
        compile: (path, source) =>
          port.askNow({ kind: 'compile', path, source }) as { readonly code: string; readonly maps: readonly string[] },
        registerSource,
        instances,
      }),
    debuggee: offerDebuggee,
    hear: (hearing) => hearWatcher(watcher, hearing),
    writeFences: (execution) => writeFences(nonce, execution),
    tellExit: (port) => tellExit(port, watcher),
    breakDown: (reason, port) => breakDown(reason, port, watcher),
    exit: () => process.exit(0),
  };
}

function hearWatcher(watcher: MessagePort, { guard, interrupts, answered, whenFree, look }: Hearing): void {
  const rest = agreeToRests((message) => watcher.postMessage(message));
  const take = (message: FromWatcher) => {
    if (message.type === 'answer') answered(message);
    else if (message.type === 'rest') rest(message.rest);
    else {
      dispatchInterruptMessage(message, interrupts);
      whenFree();
    }
    look();
  };
  watcher.on('message', (message: FromWatcher) => guard.asKernel(() => take(message)));
}
