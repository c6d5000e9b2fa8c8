// Makes the language service of one notebook: the server, the documents it sees, and the questions put to it.

import { complete, nothing } from './complete.ts';
import { diagnose } from './diagnose.ts';
import { createDocuments } from './documents.ts';
import { EDITED, present } from './edited.ts';
import { createFiles } from './files.ts';
import { inspect, unknown } from './inspect.ts';
import type { Language, LanguageOptions } from './language.ts';
import { modeFrom } from './mode.ts';
import { createNotebook, ROOTS } from './notebook.ts';
import { packageTypes } from './package.ts';
import { offsetOfCursor } from './position.ts';
import { createServer } from './server.ts';
import { settingsStamp, settingsText } from './settings.ts';
import { readSource } from './source.ts';

/** Longer cells get empty answers at once: nobody edits a megabyte of code by hand. */
const LONGEST = 500_000;
/** How long a running server may take before live names stand in for it, and how long a starting one (about 130 ms). */
const PATIENCE = 200;
const PATIENCE_AT_START = 1500;
/** A cell's type errors may take longer: nothing stands in for them. */
const PATIENCE_FOR_ERRORS = 2000;

export interface CreateOptions extends LanguageOptions {
  /** TypeScript's native program, and how long it may hang, for tests. */
  readonly program?: string;
  readonly hang?: number;
}

/** The service, with what tests and benchmarks measure. */
export interface Measured extends Language {
  /** The server's process. */
  readonly pid: number | undefined;
  /** How many documents the server holds. */
  readonly documents: number;
}

/** Starts nothing: the server comes with the first question, or `warm`. */
export function createLanguage(options: CreateOptions): Measured {
  const { directory, live } = options;
  const server = createServer({ ...options, onStart: () => documents.replay(refresh) });
  const documents = createDocuments(directory, () => server);
  const notebook = createNotebook(documents);
  const files = createFiles(directory);
  /** The cells are taken in one after another; a question waits for those before it. */
  let remembered: Promise<void> = Promise.resolve();
  let preparing: NodeJS.Timeout | undefined;
  let stamp: string | undefined;
  let mode = options.mode ?? modeFrom(process.env.COKERNEL_DIAGNOSTICS, options.log);

  function refresh(): void {
    stamp = settingsStamp(directory);
    documents.put('tsconfig.json', settingsText(directory, packageTypes(), ['tsconfig.json', ...EDITED, ...ROOTS]));
  }

  /** The cell as the server will see it, after what it depends on. */
  function show(code: string, cursor?: number): ReturnType<typeof present> {
    if (server.running && stamp !== settingsStamp(directory)) refresh();
    const changes = files.changes();
    if (changes.length > 0) server.tell('workspace/didChangeWatchedFiles', { changes });
    const edited = present(code, cursor, documents, notebook);
    files.note(edited.source?.imports ?? []);
    return edited;
  }

  /** Waits for a server that is on its way, and for what ran before. */
  async function ready(): Promise<void> {
    await remembered;
    await server.ready(PATIENCE_AT_START);
  }

  return {
    async complete(code, cursor) {
      const offset = code.length > LONGEST ? undefined : offsetOfCursor(code, cursor);
      if (offset === undefined) return nothing;
      await ready();
      const edited = show(code, offset);
      return complete({ code, offset, edited, server, live, known: notebook.word, patience: PATIENCE });
    },
    async inspect(code, cursor, detail) {
      const offset = code.length > LONGEST ? undefined : offsetOfCursor(code, cursor);
      if (offset === undefined) return unknown;
      await ready();
      const edited = show(code, offset);
      return inspect({ code, offset, detail, edited, server, documents, live, patience: PATIENCE });
    },
    async diagnose(count, source) {
      if (mode === 'off' || source.length > LONGEST) return [];
      await ready();
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
    cellRan(cell) {
      if (cell.source.length > LONGEST) return;
      remembered = remembered.then(async () => {
        const source = readSource(cell.source);
        if (!source) return;
        files.note(source.imports);
        notebook.add(source, cell.ok ? undefined : (cell.defined ?? (await aliveOf(cell.declares, live))));
        // Room for the next cells is made when this one's reply is out, for it would delay a question.
        clearTimeout(preparing);
        preparing = setTimeout(notebook.prepare, 100).unref();
      });
    },
    forget() {
      remembered = remembered.then(notebook.forget);
    },
    warm() {
      void server.ready(PATIENCE_AT_START).then(notebook.prepare);
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
    get documents() {
      return documents.size;
    },
    close() {
      clearTimeout(preparing);
      return server.close();
    },
  };
}

/** Which of a failed cell's names the running program knows. */
async function aliveOf(names: readonly string[], live: LanguageOptions['live']): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const answer = await live({ ask: 'keys', path: [] }, PATIENCE).catch(() => undefined);
  const alive = new Set(answer?.keys?.map(({ name }) => name));
  return names.filter((name) => alive.has(name));
}
