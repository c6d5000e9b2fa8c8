// What was recorded, as data: the records of runtime/asyncio, what was lost beside them, and the sources they name.
// Who records it is in record.ts.

import type { TraceRecord } from '../../asyncio/engine/trace-records.ts';

/** A coroutine that was made and never awaited. */
export interface Lost {
  readonly name: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** Nobody awaited it by the end of the trace, and it may still be held somewhere. */
  readonly held?: boolean;
  /** How many records there were when it was noticed. */
  readonly moment: number;
}

/** A trace as it was recorded. */
export interface Recording {
  readonly records: readonly TraceRecord[];
  readonly forgotten: readonly Lost[];
  /** How many records there was no room for; all of them later than those that are there. */
  readonly dropped: number;
  /** The loop's clock when recording stopped; undefined while it goes on. */
  readonly ended: number | undefined;
  readonly clock: 'real' | 'virtual';
  /** The text of a file that places name, where it is known. */
  readonly sourceOf: (file: string) => string | undefined;
}

const LONGEST = 200;

/** An error in one line. Runs none of its code but a plain read of its own text, and never throws. */
export function textOfError(error: unknown): string {
  try {
    const text = Error.isError(error) ? `${error.name}: ${error.message}` : String(error);
    const line = text.replace(/: $/, '').split('\n', 1)[0] ?? '';
    return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  } catch {
    return 'an error that cannot be shown';
  }
}
