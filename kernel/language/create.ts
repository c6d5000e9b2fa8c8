// Makes the language service of one notebook: the server, the documents it sees, and the questions put to it.

import { browserNames } from './browser.ts';
import { createNotebook, ROOTS } from './cells.ts';
import { complete, nothing } from './complete.ts';
import { diagnose } from './diagnose.ts';
import { createDocuments } from './documents.ts';
import { CHECKED, EDITED, type Edited, type Names, present } from './edited.ts';
import { createFiles } from './files.ts';
import { inspect, unknown } from './inspect.ts';
import type { Language, LanguageOptions } from './language.ts';
import { modeFrom } from './mode.ts';
import { packageTypes } from './own-types.ts';
import { patienceFor } from './patience.ts';
import { offsetOfCursor } from './position.ts';
import { readSource } from './read-cell.ts';
import { createServer, type Server } from './server.ts';
import { hasBrowser, settingsStamp, settingsText } from './settings.ts';

/** Longer cells get empty answers at once: nobody edits a megabyte of code by hand. */
const LONGEST = 500_000;
/** How long a running server may take before live names stand in for it within 200, and a starting one (about 130). */
const PATIENCE = 180;
const PATIENCE_AT_START = 1500;
/** A cell's type errors may take longer: nothing stands in for them. */
const PATIENCE_FOR_ERRORS = 2000;
/** Room for the next cells is made when nothing is asked for so long: before a first completion it would cost 40 ms. */
const IDLE = 100;

export interface CreateOptions extends LanguageOptions {
  /** TypeScript's native program, and in milliseconds how long it may take and hang; for tests. */
  readonly program?: string;
  readonly patience?: number;
  readonly hang?: number;
}

/** The service, with what tests and benchmarks measure. */
export interface Measured extends Language {
  /** The server's process. */
  readonly pid: number | undefined;
  /** How many documents the server holds. */
  readonly documents: number;
}

/** What each kind of question needs. */
interface Asked {
  readonly code: string;
  /** UTF-16. */
  readonly offset: number;
  readonly edited: Edited;
  readonly server: Server;
  readonly live: LanguageOptions['live'];
  readonly patience: number;
}

/** Starts nothing: the server comes with the first question, or `warm`. */
export function createLanguage(options: CreateOptions): Measured {
  const { directory, live, log, patience = patienceFor(PATIENCE) } = options;
  const server = createServer({ ...options, onStart: () => documents.replay(refresh) });
  const documents = createDocuments(directory, () => server);
  const notebook = createNotebook(documents);
  const files = createFiles(directory);
  let stamp: string | undefined;
  let browser: ReadonlySet<string> | undefined;
  // Whoever gives no mode has it told elsewhere.
  let mode = options.mode ?? modeFrom(process.env.COKERNEL_DIAGNOSTICS, () => {});
  let remembered: Promise<void> = Promise.resolve();
  let editing: Promise<unknown> = Promise.resolve();
  let preparing: NodeJS.Timeout | undefined;
  let asking = 0;
  let closed = false;

  function refresh(): void {
    stamp = settingsStamp(directory);
    browser = hasBrowser(directory) ? browserNames() : undefined;
    const roots = ['tsconfig.json', ...EDITED, ...CHECKED, ...ROOTS];
    documents.put('tsconfig.json', settingsText(directory, packageTypes(), roots));
  }

  function prepareSoon(): void {
    clearTimeout(preparing);
    if (!closed && asking === 0) preparing = setTimeout(notebook.prepare, IDLE).unref();
  }

  /** A cell as the server will see it, after what it depends on. */
  function show(code: string, names: Names, cursor?: number): Edited {
    if (server.running && stamp !== settingsStamp(directory)) refresh();
    const changes = files.changes();
    if (changes.length > 0) server.tell('workspace/didChangeWatchedFiles', { changes });
    const edited = present(code, cursor, names, documents, notebook, browser);
    files.note(edited.source?.imports ?? []);
    return edited;
  }

  /** One question at a time: each changes the text that the next one is about. */
  function edit<Answer>(
    code: string,
    cursor: number,
    none: Answer,
    ask: (at: Asked) => Promise<Answer>,
  ): Promise<Answer> {
    const offset = code.length > LONGEST ? undefined : offsetOfCursor(code, cursor);
    if (offset === undefined) return Promise.resolve(none);
    clearTimeout(preparing);
    asking += 1;
    const answer = Promise.all([remembered, server.ready(patienceFor(PATIENCE_AT_START)), editing])
      .then(() => ask({ code, offset, edited: show(code, EDITED, offset), server, live, patience }))
      .catch((error) => {
        log(`the language service stumbled: ${String(error)}`);
        return none;
      })
      .finally(() => {
        asking -= 1;
        prepareSoon();
      });
    editing = answer;
    return answer;
  }

  /** Cells, and the checks before them, are taken in one after another. */
  function inOrder<Value>(step: () => Promise<Value> | Value): Promise<Value | undefined> {
    const taken = remembered.then(step).catch((error) => {
      log(`the language service stumbled: ${String(error)}`);
      return undefined;
    });
    remembered = taken.then(() => {});
    return taken;
  }

  return {
    complete: (code, cursor) => edit(code, cursor, nothing, (asked) => complete({ ...asked, known: notebook.word })),
    inspect: (code, cursor, detail) => edit(code, cursor, unknown, (asked) => inspect({ ...asked, detail, documents })),
    async diagnose(count, code) {
      if (mode === 'off' || code.length > LONGEST) return [];
      const lives = async (name: string): Promise<boolean> => (await aliveOf([name], live)).length > 0;
      const asked = await inOrder(async () => {
        await server.ready(patienceFor(PATIENCE_AT_START));
        const edited = show(code, CHECKED);
        if (!edited.source || !server.running) return undefined;
        // In an object, so that only the question is awaited here, not the answer: the cell may be taken in meanwhile.
        const question = {
          count,
          code,
          edited,
          server,
          known: notebook.has,
          lives,
          patience: patienceFor(Math.max(patience, PATIENCE_FOR_ERRORS)),
        };
        return { found: diagnose(question) };
      });
      return (await asked?.found) ?? [];
    },
    cellRan(cell) {
      if (cell.source.length > LONGEST) return;
      void inOrder(async () => {
        const source = readSource(cell.source);
        if (!source) return;
        files.note(source.imports);
        notebook.add(source, cell.ok ? undefined : (cell.defined ?? (await aliveOf(cell.declares, live))));
        prepareSoon();
      });
    },
    forget() {
      void inOrder(notebook.forget);
    },
    warm() {
      void server.ready(PATIENCE_AT_START).then(prepareSoon);
    },
    get mode() {
      return mode;
    },
    set mode(wanted) {
      mode = wanted;
    },
    get prompt() {
      return server.prompt;
    },
    get pid() {
      return server.pid;
    },
    get documents() {
      return documents.size;
    },
    close() {
      closed = true;
      clearTimeout(preparing);
      return server.close();
    },
  };
}

/** Which of some names the running program knows. */
async function aliveOf(names: readonly string[], live: LanguageOptions['live']): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const answer = await live({ ask: 'keys', path: [] }, PATIENCE).catch(() => undefined);
  const alive = new Set(answer?.keys?.map(({ name }) => name));
  return names.filter((name) => alive.has(name));
}
