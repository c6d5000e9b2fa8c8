// The language service as the kernel uses it: what can be asked about a notebook. create.ts makes it; Jupyter's message
// shapes around the answers belong to kernel/requests.

import type { DiagnosticsMode, LiveAnswer, LiveLookup, MimeBundle } from '../../runtime/events.ts';

export type { DiagnosticsMode };

/** One completion, with what JupyterLab shows next to it (`_jupyter_types_experimental`). */
export interface CompletionItem {
  /** Where `text` goes, in code points. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** JupyterLab's word for the kind: function, class, interface, keyword, property, module … */
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

/** A cell that ran, as the language service remembers it. */
export interface RanCell {
  /** The number shown next to it, `[3]`. */
  readonly count: number;
  readonly source: string;
  /** The names that the cell declares at its top level (CompiledCell.declares). */
  readonly declares: readonly string[];
  readonly ok: boolean;
  /**
   * For a cell that failed: the names that it declared before it failed. Where this is absent, the running program is
   * asked which names it knows. Functions and types are declared in any case.
   */
  readonly defined?: readonly string[];
}

/**
 * The language service of one notebook. No method rejects. A request waits until earlier cells are remembered and earlier
 * requests answered, then 0.8 s at most for a server that is starting. Each of the few questions that it asks the server
 * waits 180 ms at most, for type errors 10 s; until the server has answered once, what is left of the 0.8 s. COKERNEL_PATIENCE
 * can make these longer.
 */
export interface Language {
  /** `cursor` counts code points. Outside the code, or inside a surrogate pair, the answer is empty. */
  complete(code: string, cursor: number): Promise<Completion>;
  inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection>;
  /**
   * The type errors of a cell that is about to run as number `count`. Call it before `cellRan` for that cell. Empty where
   * the mode is off, the cell does not parse, or the server does not answer in time.
   */
  diagnose(count: number, source: string): Promise<readonly Diagnostic[]>;
  /** Remembers a cell after it ran. Call it in the order in which cells run. */
  cellRan(cell: RanCell): void;
  /** Forgets all cells, because a fresh cell process knows nothing of them. */
  forget(): void;
  mode: DiagnosticsMode;
  /** Ends the server and resolves when it is gone. */
  close(): Promise<void>;
}

/** What the language service needs of the kernel. */
export interface LanguageOptions {
  /** The notebook's folder, from which imports and tsconfig.json are found. */
  readonly directory: string;
  /** Asks the running program; undefined where it does not answer in time, as while a cell spins. */
  readonly live: (lookup: Omit<LiveLookup, 'type' | 'id'>, milliseconds: number) => Promise<LiveAnswer | undefined>;
  /** A line for the kernel's log. */
  readonly log: (line: string) => void;
  /** Default: COKERNEL_DIAGNOSTICS, else `warn`. */
  readonly mode?: DiagnosticsMode;
}
