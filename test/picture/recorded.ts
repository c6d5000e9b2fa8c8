// Recordings for the tests of pictures: made by hand, from small programs, and from random ones.

import type { Coroutine } from '../../runtime/asyncio/index.ts';
import { coroutine, currentTask, getRunningLoop, run, type TraceRecord } from '../../runtime/asyncio/index.ts';
import { record } from '../../runtime/picture/record/record.ts';
import type { PictureRecord, Recording } from '../../runtime/picture/record/recording.ts';
import { emitTypescript } from '../asyncio/random/emit.ts';
import { generate } from '../asyncio/random/generate.ts';
import { evaluate, runRandom } from '../asyncio/random/prelude.ts';

/** A recording of these records and nothing else. */
export function recordingOf(records: readonly PictureRecord[], rest: Partial<Recording> = {}): Recording {
  const ended = records.at(-1)?.time;
  return { records, forgotten: [], dropped: 0, ended, clock: 'virtual', sourceOf: () => undefined, ...rest };
}

/** The recording of a random program. */
export async function randomRecording(seed: number): Promise<Recording> {
  const records: TraceRecord[] = [];
  await runRandom(evaluate(emitTypescript(generate(seed), 'generator')), (one) => records.push(one));
  return recordingOf(records);
}

/** Runs a coroutine on a loop of its own and returns the recording, even if the coroutine fails. */
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
