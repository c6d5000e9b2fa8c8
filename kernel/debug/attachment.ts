// Whether a debugger is attached to the program, and what that takes: scripts are known, breakpoints and filters are set, and
// all of it again in a process that takes the place of the program's.

import type { Debuggee } from '../../runtime/debuggee.ts';
import type { DebugScript } from '../../runtime/events.ts';
import type { AttachOptions } from './attached-session.ts';
import type { Breakpoints } from './breakpoints.ts';
import type { Program } from './debugged-program.ts';
import type { Exceptions } from './exceptions.ts';
import type { Scripts } from './scripts.ts';

/** What it is attached with. */
export interface AttachmentParts {
  readonly program: Program;
  readonly scripts: Scripts;
  readonly breakpoints: Breakpoints;
  readonly exceptions: Exceptions;
  readonly log: (line: string) => void;
}

/** The debugger's hold on the program. */
export interface Attachment {
  isAttached(): boolean;
  /** Opens it; scripts that run already are known afterwards. A second call only sets the options. */
  attach(options: AttachOptions): Promise<void>;
  /** Lets go: nothing of breakpoints, filters and scripts is left. */
  detach(): void;
  /** A script is about to run; resolves when its breakpoints are set. */
  script(script: DebugScript): Promise<void>;
  /** A fresh process has taken the place of the program's: what was set is set there. */
  renew(): void;
}

const PACKAGES = '/node_modules/';

/** Makes the attachment; nothing is opened. */
export function createAttachment({ program, scripts, breakpoints, exceptions, log }: AttachmentParts): Attachment {
  const { inspector } = program;
  let attached = false;
  let options: AttachOptions = { justMyCode: true };
  let home = '';
  /** Resolves when the scripts of the present process are known. */
  let armed: Promise<unknown> = Promise.resolve();
  /** Steps pass over the kernel's own code, Node's, and packages where only one's own counts. */
  const setPassedOver = async () => {
    const own = ['^node:', `^${home.replace(/[^\w/]/g, '\\$&')}(?:chunks|kernel|runtime)/`];
    const patterns = options.justMyCode ? [...own, PACKAGES] : own;
    await inspector.call('Debugger.setBlackboxPatterns', { patterns, skipAnonymous: true });
  };
  const arm = async () => {
    const { home: url, scripts: known } = await program.ask<ReturnType<Debuggee['attach']>>('attach()');
    home = url;
    for (const script of known) scripts.add(script);
    await inspector.call('Debugger.enable', { maxScriptsCacheSize: 0 });
    await setPassedOver();
    for (const script of scripts.all()) await breakpoints.place(script);
    await exceptions.restore();
  };
  return {
    isAttached: () => attached,
    async attach(wanted) {
      options = wanted;
      if (attached) {
        await armed;
        return setPassedOver();
      }
      attached = true;
      inspector.attached = true;
      armed = arm();
      await armed;
    },
    detach() {
      attached = false;
      inspector.attached = false;
      exceptions.clear();
      breakpoints.clear();
      scripts.clear();
      inspector.end();
    },
    async script(script) {
      if (!attached) return;
      await armed.catch(() => {});
      await breakpoints.place(scripts.add(script));
    },
    renew() {
      scripts.clear();
      breakpoints.forgetPlaces();
      if (!attached) return;
      armed = arm();
      armed.catch((error: Error) => log(`the debugger could not be attached again: ${error.message}`));
    },
  };
}
