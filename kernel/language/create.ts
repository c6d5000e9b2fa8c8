// Makes the language service of one notebook: the server, the documents it sees, and the requests sent to it.

import { isBuiltIn } from './built-in.ts';
import { readCell } from './cell-source.ts';
import { complete, nothing } from './complete.ts';
import { diagnose } from './diagnose.ts';
import { createDocuments } from './documents.ts';
import { CHECKED, type DocumentPair, EDITED, type Edited, present } from './edited.ts';
import { createFiles } from './files.ts';
import { inspect, unknown } from './inspect.ts';
import type { Language, LanguageOptions } from './language.ts';
import { LONGEST_UNITS } from './longest.ts';
import { modeFrom } from './mode.ts';
import { packageTypes } from './own-types.ts';
import { patienceFor } from './patience.ts';
import { offsetOfCursor } from './position.ts';
import { createNotebook, ROOTS } from './ran-cells.ts';
import { createServer, type Later, type Server } from './server.ts';
import { hasBrowser, settingsStamp, settingsText } from './settings.ts';

/** How long a running server may take for an answer. Live names replace it then, in time for the whole to take 200 ms. */
const PATIENCE_MS = 180;
/** How long the running program may take to say which names it knows. */
const LIVE_MS = 180;
/**
 * How long a server is waited for that starts, which takes about 130 ms, and reads the libraries for its first answer, which
 * takes 250 to 600 ms on two busy cores. With live names in its place the whole takes less than the second after which
 * JupyterLab drops a completion.
 */
const PATIENCE_AT_START_MS = 800;
/** Type errors may take as long as the server may hang, because nothing can replace them. Nobody waits for them. */
const PATIENCE_FOR_ERRORS_MS = 10_000;
/**
 * Documents for the next cells are opened after so many idle milliseconds: just before a first completion they would
 * cost 40 ms.
 */
const IDLE_MS = 100;

export interface CreateOptions extends LanguageOptions {
  /** For tests: TypeScript's native program, and how long, in milliseconds, it may take and may hang. */
  readonly program?: string;
  readonly patience?: number;
  readonly hang?: number;
  /** For tests: the clock by which the server rests. */
  readonly later?: Later;
}

/** The service, with figures for tests and benchmarks. */
export interface Measured extends Language {
  /** The server's process. */
  readonly pid: number | undefined;
  /** How many documents the server holds. */
  readonly documents: number;
}

/** What every kind of request needs. */
interface Query {
  readonly code: string;
  /** UTF-16. */
  readonly offset: number;
  readonly edited: Edited;
  readonly server: Server;
  readonly live: LanguageOptions['live'];
  readonly patience: number;
}

/** Makes the service. The server starts with the first request. */
export function createLanguage(options: CreateOptions): Measured {
  const { directory, live, log, patience = patienceFor(PATIENCE_MS) } = options;
  const server = createServer({ ...options, onStart: () => documents.replay(refresh) });
  const documents = createDocuments(directory, () => server);
  let browser = false;
  const builtIn = (name: string) => isBuiltIn(name, browser);
  const notebook = createNotebook(documents, builtIn);
  const files = createFiles(directory);
  let stamp: string | undefined;
  // Without a mode, a wrong value of the environment has been reported elsewhere.
  let mode = options.mode ?? modeFrom(process.env.COKERNEL_DIAGNOSTICS, () => {});
  let remembered: Promise<void> = Promise.resolve();
  let editing: Promise<unknown> = Promise.resolve();
  let preparing: NodeJS.Timeout | undefined;
  let running = 0;
  let closed = false;

  function refresh(): void {
    stamp = settingsStamp(directory);
    browser = hasBrowser(directory);
    const roots = ['tsconfig.json', ...EDITED, ...CHECKED, ...ROOTS];
    documents.put('tsconfig.json', settingsText(directory, packageTypes(), roots));
  }

  function prepareSoon(): void {
    clearTimeout(preparing);
    if (!closed && running === 0) preparing = setTimeout(notebook.prepare, IDLE_MS).unref();
  }

  /** Shows the server a cell, and first what the cell depends on. */
  async function show(code: string, names: DocumentPair, cursor?: number): Promise<Edited> {
    if (server.running && stamp !== settingsStamp(directory)) refresh();
    tellChanges();
    const edited = await present(code, cursor, names, documents, notebook, builtIn);
    if (edited.source) await files.note(edited.source);
    tellChanges();
    return edited;
  }

  function tellChanges(): void {
    const changes = files.changes();
    if (changes.length > 0) server.notify('workspace/didChangeWatchedFiles', { changes });
  }

  /** Answers one request at a time, because each changes the document that the next one is about. */
  function edit<Answer>(
    code: string,
    cursor: number,
    none: Answer,
    ask: (query: Query) => Promise<Answer>,
  ): Promise<Answer> {
    const offset = code.length > LONGEST_UNITS ? undefined : offsetOfCursor(code, cursor);
    if (offset === undefined) return Promise.resolve(none);
    clearTimeout(preparing);
    running += 1;
    const first = patienceFor(PATIENCE_AT_START_MS);
    const deadline = performance.now() + first;
    const answer = Promise.all([remembered, server.ready(first), editing])
      .then(async () => {
        const edited = await show(code, EDITED, offset);
        const left = server.answered ? patience : Math.max(patience, deadline - performance.now());
        return ask({ code, offset, edited, server, live, patience: left });
      })
      .catch((error) => {
        log(`the language service failed: ${String(error)}`);
        return none;
      })
      .finally(() => {
        running -= 1;
        prepareSoon();
      });
    editing = answer;
    return answer;
  }

  /** Runs steps one after another: cells are remembered in order, and checked before they are. */
  function inOrder<Value>(step: () => Promise<Value> | Value): Promise<Value | undefined> {
    // After the end nobody reads the result, and thousands of steps would delay the end.
    const taken = remembered
      .then(() => (closed ? undefined : step()))
      .catch((error) => {
        log(`the language service failed: ${String(error)}`);
        return undefined;
      });
    remembered = taken.then(() => {});
    return taken;
  }

  return {
    complete: (code, cursor) => edit(code, cursor, nothing, (query) => complete({ ...query, known: notebook.word })),
    inspect: (code, cursor, detail) => edit(code, cursor, unknown, (query) => inspect({ ...query, detail, documents })),
    async diagnose(count, code) {
      if (mode === 'off' || code.length > LONGEST_UNITS) return [];
      const lives = async (name: string): Promise<boolean> => (await liveAmong([name], live)).length > 0;
      const requested = await inOrder(async () => {
        await server.ready(patienceFor(PATIENCE_FOR_ERRORS_MS));
        const edited = await show(code, CHECKED);
        if (!edited.source || !server.running) return undefined;
        // The answer is wrapped in an object, so that the step ends when the request is sent: the cell may be
        // remembered before TypeScript answers.
        const question = {
          count,
          code,
          edited,
          server,
          known: notebook.has,
          given: notebook.gave,
          lives,
          patience: patienceFor(Math.max(patience, PATIENCE_FOR_ERRORS_MS)),
        };
        return { found: diagnose(question) };
      });
      return (await requested?.found) ?? [];
    },
    cellRan(cell) {
      if (cell.source.length > LONGEST_UNITS) return;
      void inOrder(async () => {
        await server.drained();
        const source = await readCell(cell.source);
        if (!source) return;
        await files.note(source);
        notebook.add(source, cell.ok ? undefined : (cell.defined ?? (await liveAmong(cell.declares, live))));
        prepareSoon();
      });
    },
    forget() {
      void inOrder(notebook.forget);
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
      closed = true;
      clearTimeout(preparing);
      return server.close();
    },
  };
}

/** The names among `names` that the running program knows. */
async function liveAmong(names: readonly string[], live: LanguageOptions['live']): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const answer = await live({ kind: 'keys', path: [] }, LIVE_MS).catch(() => undefined);
  const alive = new Set(answer?.keys?.map(({ name }) => name));
  return names.filter((name) => alive.has(name));
}
