// The topic `loop` of COKERNEL_TRACE: what an event loop does, as lines made from its trace records. Nothing here runs
// while the topic is off, and the loop then has no sink.

import type { Loop } from '../../asyncio/engine/loop.ts';
import type { TraceCause, TraceRecord } from '../../asyncio/engine/trace-records.ts';
import { newLoops } from '../../asyncio/engine/tracing.ts';
import { traceLog } from '../../trace-log.ts';

/** Traces every loop that is made from now on, if the topic is on. */
export function traceLoops(): void {
  if (traceLog.loop !== undefined) newLoops.trace = traceLoop;
}

function traceLoop(loop: Loop): void {
  const names = new Map<number, string>();
  const nameOf = (task: number): string => names.get(task) ?? `Task-${task}`;
  /** Tasks that ended in this pass: what they woke names them, so their names are kept until the next pass. */
  const ended: number[] = [];
  let pass = loop.passCount;
  loop.trace = (record) => {
    if (record.iteration !== pass) {
      pass = record.iteration;
      for (const task of ended.splice(0)) names.delete(task);
      traceLog.loop?.(`pass ${pass}`);
    }
    if (record.type === 'created') names.set(record.task, record.name);
    traceLog.loop?.(`${nameOf(record.task)} ${words(record, nameOf)}`);
    if (record.type === 'done' || record.type === 'failed') ended.push(record.task);
  };
}

function words(record: TraceRecord, nameOf: (task: number) => string): string {
  switch (record.type) {
    case 'created':
      return record.parent === null ? 'created' : `created by ${nameOf(record.parent)}`;
    case 'scheduled':
      return `ready, by ${cause(record.by, nameOf)}`;
    case 'running':
      return 'runs';
    case 'suspended':
      return `waits for ${record.on}`;
    case 'cancelled':
      return `cancelled by ${record.through ?? cause(record.by, nameOf)}`;
    case 'done':
      return record.outcome === 'cancelled' ? 'ended as cancelled' : 'done';
    case 'failed':
      return 'failed';
  }
}

function cause(by: TraceCause, nameOf: (task: number) => string): string {
  return by.kind === 'task' ? nameOf(by.task) : by.kind;
}
