// A recording as data: the records that runtime/asyncio emits, the coroutines that were forgotten, and the sources that
// the records name. record.ts makes it.

import type { TraceRecord } from '../../asyncio/engine/trace-records.ts';
import type { PrintStream } from './picture-host.ts';

/** A coroutine that was created and never awaited. */
export interface Lost {
  readonly name: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** True if nobody had awaited it by the end of the trace, though something may still refer to it. */
  readonly held?: boolean;
  /** How many records there were when it was noticed. */
  readonly moment: number;
}

/** A text that was printed during the recording. */
export interface Printed {
  readonly type: 'printed';
  /** The task whose step printed it; 0 if a callback or code outside of the loop did. */
  readonly task: number;
  readonly time: number;
  readonly iteration: number;
  readonly stream: PrintStream;
  readonly text: string;
}

/** A task that was alive before the recording began. */
export type Found = Omit<Extract<TraceRecord, { readonly type: 'created' }>, 'type'> & {
  readonly type: 'found';
  /** False if it had not taken its first step. */
  readonly begun: boolean;
};

/** What pictures record: what the loop tells, and what only they look for. */
export type PictureRecord = TraceRecord | Printed | Found;

/** What a recorder has recorded. */
export interface Recording {
  readonly records: readonly PictureRecord[];
  readonly forgotten: readonly Lost[];
  /** How many records did not fit; all of them are later than those that did. */
  readonly dropped: number;
  /** The loop's time when the recording stopped, or its present time; undefined if unknown. */
  readonly ended: number | undefined;
  readonly clock: 'real' | 'virtual';
  /** The text of a file that a place names, if known. */
  readonly sourceOf: (file: string) => string | undefined;
}

const LONGEST = 200;

/** An error in one line. Never throws, whatever the error's own code does when its text is read. */
export function textOfError(error: unknown): string {
  try {
    const text = Error.isError(error) ? `${error.name}: ${error.message}` : String(error);
    const line = text.replace(/: $/, '').split('\n', 1)[0] ?? '';
    return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  } catch {
    return 'an error that cannot be shown';
  }
}
