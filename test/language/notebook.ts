// A notebook for tests of the language service: a folder with files to import, cells, and a live program that answers
// from a table. One server serves a whole file of tests.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CreateOptions, createLanguage } from '../../kernel/language/create.ts';
import type { Completion, Diagnostic, DiagnosticsMode, Inspection } from '../../kernel/language/language.ts';
import type { LiveAnswer } from '../../runtime/events.ts';

/** Stands for the cursor in a test's code. */
export const CURSOR = '‸';

export interface TestNotebook {
  readonly directory: string;
  readonly language: ReturnType<typeof createLanguage>;
  /** What was logged. */
  readonly log: string[];
  /** What the running program would say, by the path of names joined with dots. */
  readonly live: Map<string, Partial<LiveAnswer>>;
  /** Diagnoses and remembers a cell, as a run does. */
  run(source: string, options?: { ok?: boolean; defined?: string[] }): Promise<readonly Diagnostic[]>;
  complete(marked: string): Promise<Completion & { readonly replaced: string }>;
  inspect(marked: string, detail?: 0 | 1): Promise<Inspection>;
  end(): Promise<void>;
}

export interface TestOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly mode?: DiagnosticsMode;
  readonly program?: string;
  readonly hang?: number;
  readonly patience?: number;
  readonly later?: CreateOptions['later'];
}

export function openNotebook({ files = {}, ...options }: TestOptions = {}): TestNotebook {
  const directory = mkdtempSync(path.join(tmpdir(), 'cokernel language ü-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), text);
  }
  const log: string[] = [];
  const live = new Map<string, Partial<LiveAnswer>>();
  const language = createLanguage({
    directory,
    log: (line) => log.push(line),
    live: async ({ path: names }) => {
      const answer = live.get(names.join('.'));
      return answer && { type: 'live_answer', id: 0, ...answer };
    },
    // A busy machine must not turn a completion into a guess from live names.
    patience: 10_000,
    ...options,
  });
  let count = 0;
  return {
    directory,
    language,
    log,
    live,
    async run(source, { ok = true, defined } = {}) {
      count += 1;
      const found = await language.diagnose(count, source);
      language.cellRan({ count, source, declares: defined ?? [], ok, defined });
      return found;
    },
    async complete(marked) {
      const { code, cursor } = unmark(marked);
      const completion = await language.complete(code, cursor);
      const replaced = [...code].slice(completion.cursorStart, completion.cursorEnd).join('');
      return { ...completion, replaced };
    },
    inspect(marked, detail = 0) {
      const { code, cursor } = unmark(marked);
      return language.inspect(code, cursor, detail);
    },
    async end() {
      await language.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The code without the mark, and where it stood, in code points. */
export function unmark(marked: string): { readonly code: string; readonly cursor: number } {
  const [before, after] = marked.split(CURSOR);
  if (before === undefined || after === undefined) throw new Error(`a ${CURSOR} was expected in ${marked}`);
  return { code: before + after, cursor: [...before].length };
}
