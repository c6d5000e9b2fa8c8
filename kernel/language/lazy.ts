// The language service before it is loaded: what is told and asked meanwhile is kept, in order, so that loading it
// (and TypeScript's server) never delays a kernel's start or its first cell.

import type { Diagnostic, DiagnosticsMode, Language, RanCell } from './language.ts';

export interface LazyLanguage {
  /** Loads it where that has not been done; undefined where there is none. */
  load(): Promise<Language | undefined>;
  /** Loads it and starts the server in a moment, unless a cell begins before: clients that connect wait 200 ms. */
  warmSoon(): void;
  /** A first cell must not share the machine with a starting server. */
  cellBegins(): void;
  /**
   * Cells are at work whose front end also shows what comes after their idle: until `release` nothing is told to the
   * service, so that it takes no time from them. A question (`load`) tells it all the same.
   */
  hold(): void;
  release(): void;
  /** True once it is loaded. */
  readonly loaded: boolean;
  /** As Language's; false until it is loaded. */
  readonly prompt: boolean;
  /** As Language's, and loads it. */
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

/** Milliseconds; a cell that was sent together with kernel_info has begun by then. */
const SOON = 20;

export function createLazyLanguage(options: LazyOptions): LazyLanguage {
  let { mode } = options;
  let language: Language | undefined;
  let loading: Promise<Language | undefined> | undefined;
  let warming: NodeJS.Timeout | undefined;
  let untold: ((language: Language) => unknown)[] = [];
  let catchingUp = false;
  let held = false;
  /** Something was asked that only the loaded service can answer. */
  let wanted = false;

  async function begin(): Promise<Language | undefined> {
    try {
      language = await options.language();
    } catch (error) {
      options.log(`the language service could not be loaded: ${String(error)}`);
    }
    if (language) language.mode = mode;
    else untold = [];
    return language;
  }

  const begun = (): Promise<Language | undefined> => {
    loading ??= begin();
    return loading;
  };
  const load = async (): Promise<Language | undefined> => {
    const one = await begun();
    tellAll();
    return one;
  };

  /** One message after the other, so that cells that come meanwhile find the machine free. */
  async function catchUp(): Promise<void> {
    if (catchingUp) return;
    catchingUp = true;
    while (language && !held && untold.length > 0) await untold.shift()?.(language);
    catchingUp = false;
  }

  function tell(message: (language: Language) => unknown): void {
    if (language && !held && untold.length === 0) return void message(language);
    untold.push(message);
    void catchUp();
  }

  function tellAll(): void {
    if (!language) return;
    const messages = untold;
    untold = [];
    for (const message of messages) message(language);
  }

  return {
    load,
    warmSoon() {
      warming ??= setTimeout(() => void load().then((one) => one?.warm()), SOON);
    },
    cellBegins: () => clearTimeout(warming),
    hold() {
      held = true;
    },
    release() {
      held = false;
      if (wanted) void begun().then(catchUp);
      else void catchUp();
    },
    get loaded() {
      return language !== undefined;
    },
    get prompt() {
      return language?.prompt ?? false;
    },
    diagnose(count, source) {
      const found = new Promise<readonly Diagnostic[]>((resolve) =>
        tell((one) => {
          const answer = one.diagnose(count, source);
          resolve(answer);
          return answer;
        }),
      );
      wanted = true;
      if (held) return found;
      // Where there is no service, nobody would ever answer.
      return load().then((one) => (one ? found : []));
    },
    cellRan: (cell) => tell((one) => one.cellRan(cell)),
    forget() {
      untold = [];
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
      clearTimeout(warming);
      await (await loading)?.close();
    },
  };
}
