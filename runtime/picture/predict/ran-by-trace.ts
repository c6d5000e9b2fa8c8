// What a trace tells runtime/quiz/decide.ts: each line with its task, its step, and where the other tasks stood.

import type { Decided, Ran, Standing } from '../../quiz/decide.ts';
import { type Model, stretchAt } from '../model/model.ts';
import type { PictureRecord } from '../record/recording.ts';
import type { Line } from './printed-line.ts';

/** The lines as `decide` takes them; `main` is the number of the task that was predicted. */
export function ranOf(lines: readonly Line[], model: Model, records: readonly PictureRecord[], main: number): Ran {
  const doer = (task: number) => {
    const created = records.findIndex((record) => record.type === 'created' && record.task === task);
    const made = lines.filter(({ moment }) => moment < created).length;
    return { task, name: nameOf(model, task) ?? 'the program', made };
  };
  return {
    lines: lines.map(({ text, task, moment, stack, at }): Decided => {
      const step = records
        .slice(0, moment)
        .findLastIndex((record) => record.type === 'running' && record.task === task);
      const standing = (other: number): Standing | undefined => standingOf(model, other, step);
      return { ...doer(task), text, step, stack, at, standing };
    }),
    main: doer(main),
  };
}

function nameOf({ lanes }: Model, task: number): string | undefined {
  return lanes.find((lane) => lane.task === task)?.name;
}

/** Where a task stood when the step began whose record is at this moment. */
function standingOf(model: Model, task: number, moment: number): Standing | undefined {
  const lane = model.lanes.find((one) => one.task === task);
  const stretch = lane && stretchAt(lane, moment);
  if (lane === undefined || stretch === undefined) return undefined;
  if (stretch.state === 'suspended') {
    const waitsFor = typeof stretch.waitsFor === 'number' ? nameOf(model, stretch.waitsFor) : undefined;
    return { state: 'suspended', on: stretch.on, task: waitsFor };
  }
  return {
    state: 'ready',
    on: lane.stretches.findLast(({ state, to }) => state === 'suspended' && to <= moment + 1)?.on,
  };
}
