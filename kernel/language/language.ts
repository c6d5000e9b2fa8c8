// What TypeScript knows about the notebook: the questions that the kernel may ask. How they are answered is in the
// other files of this folder, made by createLanguage in create.ts; Jupyter's message shapes around the answers belong to kernel/requests.

import type { DiagnosticsMode, LiveAnswer, LiveQuestion, MimeBundle } from '../../runtime/events.ts';

export type { DiagnosticsMode };

/** One completion with what JupyterLab shows beside it (`_jupyter_types_experimental`). */
export interface CompletionItem {
  /** Where `text` goes, in code points. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** JupyterLab's type word: function, class, interface, keyword, property, module … */
  readonly type: string;
  readonly signature: string;
}

/** A complete_reply's content. `matches` is parallel to `types`, both in the order in which they should be shown. */
export interface Completion {
  readonly matches: readonly string[];
  /** In code points, as Jupyter counts. */
  readonly cursorStart: number;
  readonly cursorEnd: number;
  readonly types: readonly CompletionItem[];
}

/** An inspect_reply's content. */
export interface Inspection {
  readonly found: boolean;
  /** text/plain and text/markdown; empty where nothing was found. */
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A type error of one cell. */
export interface Diagnostic {
  /** TypeScript's number, 2322 for TS2322. */
  readonly code: number;
  /** One-based, in the cell as the person wrote it; columns count code points. */
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** `Cell [3]:2:7 - error TS2322: …`, then a code frame with a caret; lines joined by newlines, without colours. */
  readonly text: string;
}

/** A cell that ran, as the language service should remember it. */
export interface RanCell {
  /** The number shown beside it, `[3]`. */
  readonly count: number;
  readonly source: string;
  /** All names that the cell declares at its top level (CompiledCell.declares). */
  readonly declares: readonly string[];
  readonly ok: boolean;
  /**
   * Where the cell failed: the names that it got to declare before. Where it is not said, the running program is asked
   * which of them it knows; functions and types are there in any case.
   */
  readonly defined?: readonly string[];
}

/** TypeScript's knowledge of one notebook. No method ever rejects, and none waits longer than a few hundred milliseconds. */
export interface Language {
  /** `cursor` counts code points; where it lies outside the code or inside a surrogate pair the answer is empty. */
  complete(code: string, cursor: number): Promise<Completion>;
  inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection>;
  /**
   * The type errors of a cell that is about to run, `count` its number. Ask before `cellRan` for that cell. Empty
   * where the mode is off, where the cell does not parse, or where the server did not answer in time.
   */
  diagnose(count: number, source: string): Promise<readonly Diagnostic[]>;
  /** Remembers a cell after it ran; in the order of running. */
  cellRan(cell: RanCell): void;
  /** The cell process started afresh: nothing of what ran is there any more. */
  forget(): void;
  /** Starts the server, if it does not run. Call it when the kernel is first idle; every question does so too. */
  warm(): void;
  mode: DiagnosticsMode;
  /** Whether the server answers at once: it has started and read TypeScript's libraries. */
  readonly prompt: boolean;
  /** Ends the server and resolves when it is gone. */
  close(): Promise<void>;
}

/** What the language service needs of the kernel. */
export interface LanguageOptions {
  /** The notebook's folder, from which imports and tsconfig.json are found. */
  readonly directory: string;
  /** Asks the running program; undefined when it does not answer in time, as while a cell spins. */
  readonly live: (
    question: Omit<LiveQuestion, 'type' | 'question'>,
    milliseconds: number,
  ) => Promise<LiveAnswer | undefined>;
  /** A line for the kernel's log. */
  readonly log: (line: string) => void;
  /** Defaults to COKERNEL_DIAGNOSTICS, else `warn`. */
  readonly mode?: DiagnosticsMode;
}
