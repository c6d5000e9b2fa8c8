// For programs outside notebooks: node --import cokernel/trace program.js --trace FILE. Records every loop of the
// program, and writes the file when the process ends; each further loop that ran tasks gets a file of its own.

import { extname } from 'node:path';
import { newLoops } from '../asyncio/engine/tracing.ts';
import { checkEnding, writeTrace } from './export/file.ts';
import { type Recorder, record } from './record/record.ts';
import { Trace } from './trace/traced.ts';

/** Where the trace of this program goes; undefined if none was requested. */
export const traceFile: string | undefined = fileFrom(process.argv);
const recorders: Recorder[] = [];

if (traceFile !== undefined) {
  const path = traceFile;
  newLoops.trace = (loop) => void recorders.push(record(loop));
  process.once('exit', () => {
    const recordings = recorders.map((recorder) => recorder.recording()).filter(({ records }) => records.length > 0);
    for (const [at, recording] of recordings.entries()) writeTrace(new Trace(recording), numbered(path, at));
    if (recordings.length === 0) process.stderr.write(`cokernel: no task ran, so ${path} was not written\n`);
  });
}

/** The file that `--trace FILE` or COKERNEL_TRACE_FILE names. Removes the option, so that the program does not see it. */
function fileFrom(args: string[]): string | undefined {
  const at = args.indexOf('--trace');
  const found = at === -1 ? process.env.COKERNEL_TRACE_FILE : args[at + 1];
  if (at !== -1) args.splice(at, 2);
  if (at !== -1 && found === undefined)
    throw new TypeError('--trace: a file name was expected, such as --trace run.svg');
  if (found !== undefined && found !== '') checkEnding(found);
  return found === '' ? undefined : found;
}

function numbered(file: string, at: number): string {
  if (at === 0) return file;
  const ending = extname(file);
  return `${file.slice(0, -ending.length)}-${at + 1}${ending}`;
}
