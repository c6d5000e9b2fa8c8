// The language service before it is loaded: messages to it are queued, in order, so that loading it (and TypeScript's
// server) never delays a kernel's start or its first cell.

import { check, createBacklog, type Message } from './backlog.ts';
import type { Diagnostic, DiagnosticsMode, Language, RanCell } from './language.ts';

export interface LazyLanguage {
  /** Loads it at the first call and sends what is queued; undefined where there is no service. */
  load(): Promise<Language | undefined>;
  /**
   * Holds messages back until `release`, so that the service does not compete with running cells. Only for front ends
   * that still show output after idle. `load` overrides it.
   */
  hold(): void;
  /** Ends `hold` and sends what is queued. */
  release(): void;
  /** True once it is loaded. */
  readonly loaded: boolean;
  /** As in Language; loads it. */
  diagnose(count: number, source: string): Promise<readonly Diagnostic[]>;
  cellRan(cell: RanCell): void;
  forget(): void;
  mode: DiagnosticsMode;
  close(): Promise<void>;
}

export interface LazyOptions {
  readonly language: () => Promise<Language | undefined>;
  readonly mode: DiagnosticsMode;
  readonly log: (line: string) => void;
}

export function createLazyLanguage(options: LazyOptions): LazyLanguage {
  let { mode } = options;
  let language: Language | undefined;
  let loading: Promise<Language | undefined> | undefined;
  const backlog = createBacklog();
  let catchingUp = false;
  let held = false;
  /** Whether any check was ever requested. */
  let wanted = false;
  let missing = false;

  async function begin(): Promise<Language | undefined> {
    try {
      language = await options.language();
    } catch (error) {
      options.log(`the language service could not be loaded: ${String(error)}`);
    }
    if (language) language.mode = mode;
    missing = language === undefined;
    if (missing) backlog.clear();
    return language;
  }

  const loadOnce = (): Promise<Language | undefined> => {
    loading ??= begin();
    return loading;
  };
  const load = async (): Promise<Language | undefined> => {
    const one = await loadOnce();
    sendAll();
    return one;
  };

  /** Sends one message after the other, so that cells that arrive meanwhile find the machine free. */
  async function catchUp(): Promise<void> {
    if (catchingUp) return;
    catchingUp = true;
    while (language && !held && !backlog.empty) await backlog.shift()?.send(language);
    catchingUp = false;
  }

  function send(message: Message): void {
    if (language && !held && backlog.empty) return void message.send(language);
    if (missing) return void message.giveUp?.();
    backlog.push(message);
    void catchUp();
  }

  function sendAll(): void {
    if (!language) return;
    for (const message of backlog.takeAll()) message.send(language);
  }

  return {
    load,
    hold() {
      held = true;
    },
    release() {
      held = false;
      if (wanted) void loadOnce().then(catchUp);
      else void catchUp();
    },
    get loaded() {
      return language !== undefined;
    },
    diagnose(count, source) {
      const [message, found] = check(count, source);
      send(message);
      wanted = true;
      if (held) return found;
      // Without a service, `found` would never resolve.
      return load().then((one) => (one ? found : []));
    },
    cellRan: (cell) => send({ cell, send: (one) => one.cellRan(cell) }),
    forget() {
      backlog.clear();
      language?.forget();
    },
    get mode() {
      return mode;
    },
    set mode(chosen) {
      mode = chosen;
      if (language) language.mode = chosen;
    },
    async close() {
      backlog.clear();
      await (await loading)?.close();
    },
  };
}
