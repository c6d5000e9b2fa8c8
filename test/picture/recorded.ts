// Recordings for the tests of pictures: of random programs, of small ones, and made by hand.

import type { Coroutine } from '../../runtime/asyncio/index.ts';
import { coroutine, currentTask, getRunningLoop, run, type TraceRecord } from '../../runtime/asyncio/index.ts';
import { record } from '../../runtime/picture/record/record.ts';
import type { Recording } from '../../runtime/picture/record/recording.ts';
import { emitTypescript } from '../asyncio/random/emit.ts';
import { generate } from '../asyncio/random/generate.ts';
import { evaluate, runRandom } from '../asyncio/random/prelude.ts';

/** Records as a recording that has nothing else. */
export function recordingOf(records: readonly TraceRecord[], rest: Partial<Recording> = {}): Recording {
  const ended = records.at(-1)?.time;
  return { records, forgotten: [], dropped: 0, ended, clock: 'virtual', sourceOf: () => undefined, ...rest };
}

/** A random program's recording. */
export async function randomRecording(seed: number): Promise<Recording> {
  const records: TraceRecord[] = [];
  await runRandom(evaluate(emitTypescript(generate(seed), 'generator')), (one) => records.push(one));
  return recordingOf(records);
}

/** Runs a coroutine on a virtual loop of its own and gives the recording, also where it fails. */
export async function recorded(body: Coroutine<unknown>, clock: 'virtual' | 'real' = 'virtual'): Promise<Recording> {
  let stop: () => Recording = () => recordingOf([]);
  const main = coroutine(function* () {
    const recorder = record(getRunningLoop(), { root: currentTask() ?? undefined });
    stop = () => {
      recorder.stop();
      return recorder.recording();
    };
    yield* body;
  });
  await run(main(), { clock }).catch(() => {});
  return stop();
}
