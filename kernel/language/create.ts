// Makes the language service of one notebook: the server, the documents it sees, and the questions put to it.

import { complete, nothing } from './complete.ts';
import { diagnose } from './diagnose.ts';
import { createDocuments } from './documents.ts';
import { EDITED, present } from './edited.ts';
import { inspect, unknown } from './inspect.ts';
import type { Language, LanguageOptions } from './language.ts';
import { modeFrom } from './mode.ts';
import { createNotebook, ROOTS } from './notebook.ts';
import { packageTypes } from './package.ts';
import { offsetOfCursor } from './position.ts';
import { createServer } from './server.ts';
import { settingsStamp, settingsText } from './settings.ts';

/** Longer cells get empty answers at once: nobody edits a megabyte of code by hand. */
const LONGEST = 500_000;
/** How long a running server may take before live names stand in for it, and how long a starting one (about 130 ms). */
const PATIENCE = 200;
const PATIENCE_AT_START = 1500;
/** A cell's type errors may take longer: nothing stands in for them. */
const PATIENCE_FOR_ERRORS = 2000;

export interface CreateOptions extends LanguageOptions {
  /** TypeScript's native program; found by itself where absent. */
  readonly program?: string;
}

/** Starts nothing: the server comes with the first question, or `warm`. */
export function createLanguage(options: CreateOptions): Language & { readonly pid: number | undefined } {
  const { directory, live } = options;
  const server = createServer({ ...options, onStart: () => documents.replay(refresh) });
  const documents = createDocuments(directory, () => server);
  const notebook = createNotebook(documents);
  let stamp: string | undefined;
  let mode = options.mode ?? modeFrom(process.env.COKERNEL_DIAGNOSTICS, options.log);

  function refresh(): void {
    stamp = settingsStamp(directory);
    documents.put('tsconfig.json', settingsText(directory, packageTypes(), ['tsconfig.json', ...EDITED, ...ROOTS]));
  }

  /** The cell as the server will see it, after what it depends on. */
  function show(code: string, cursor?: number): ReturnType<typeof present> {
    if (server.running && stamp !== settingsStamp(directory)) refresh();
    return present(code, cursor, documents, notebook);
  }

  /** Waits for a server that is on its way, for it cannot be told of a cell before. */
  const patience = (): Promise<number> => server.ready(PATIENCE_AT_START).then(() => PATIENCE);

  return {
    async complete(code, cursor) {
      const offset = code.length > LONGEST ? undefined : offsetOfCursor(code, cursor);
      if (offset === undefined) return nothing;
      const within = await patience();
      const edited = show(code, offset);
      return complete({ code, offset, edited, server, live, known: notebook.has, patience: within });
    },
    async inspect(code, cursor, detail) {
      const offset = code.length > LONGEST ? undefined : offsetOfCursor(code, cursor);
      if (offset === undefined) return unknown;
      const within = await patience();
      const edited = show(code, offset);
      return inspect({ code, offset, detail, edited, server, documents, live, patience: within });
    },
    async diagnose(count, source) {
      if (mode === 'off' || source.length > LONGEST) return [];
      await server.ready(PATIENCE_AT_START);
      const edited = show(source);
      if (!edited.source || !server.running) return [];
      const lives = async (name: string): Promise<boolean> =>
        (await live({ ask: 'keys', path: [] }, 50).catch(() => undefined))?.keys?.some((key) => key.name === name) ??
        false;
      return diagnose({
        count,
        code: source,
        edited,
        server,
        known: notebook.has,
        lives,
        patience: PATIENCE_FOR_ERRORS,
      });
    },
    cellRan({ source, defined, ok }) {
      if (source.length <= LONGEST) notebook.add(source, ok ? undefined : (defined ?? []));
    },
    forget: notebook.forget,
    warm() {
      void server.ready(PATIENCE_AT_START).then(() => notebook.prepare());
    },
    get mode() {
      return mode;
    },
    set mode(wanted) {
      mode = wanted;
    },
    get pid() {
      return server.pid;
    },
    close: server.close,
  };
}
