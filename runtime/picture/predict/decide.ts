// Which rule decided that one line was printed and not another: read off the trace, between the line before and this one.
// The rules themselves are in runtime/quiz/order-rules.ts.

import { type Lane, type Model, type Stretch, stretchAt } from '../model/model.ts';
import type { PictureRecord } from '../record/recording.ts';
import type { Line } from './printed-line.ts';

/** The rule, and what happened, in a sentence. */
export interface Decision {
  /** The number of the rule. */
  readonly rule: number;
  readonly because: string;
}

/** What was predicted and what ran. */
export interface Ran {
  readonly guess: readonly string[];
  readonly lines: readonly Line[];
  readonly model: Model;
  readonly records: readonly PictureRecord[];
}

/**
 * What decided the line with this index, the first that differs. Undefined if nothing was printed there, or if the
 * predicted line was printed at no later time: the rules are about the order of lines, and not about which there are.
 */
export function decide(ran: Ran, at: number): Decision | undefined {
  const { guess, lines } = ran;
  const [before, line] = [lines[at - 1], lines[at]];
  if (line === undefined) return undefined;
  // The predicted line comes later, if it comes: the question is what kept it from coming now.
  const missed = lines.slice(at + 1).find(({ text }) => text === guess[at]);
  if (missed === undefined && guess[at] !== undefined) return undefined;
  const now = beganAt(ran, line);
  if (before !== undefined && inOneStep(ran, before, line)) return wentOn(ran, before, line, missed);
  if (missed !== undefined && (missed.task === line.task || madeSince(ran, now, line, missed) !== undefined)) {
    return wentOn(ran, { ...line, frame: line.outermost, moment: now, at: 0 }, line, missed);
  }
  if (missed !== undefined && missed.task !== line.task) {
    const held = keptBack(ran, missed, line, now);
    if (held !== undefined) return held;
  }
  return itsTurn(ran, line, now);
}

function laneOf({ model }: Ran, task: number): Lane | undefined {
  return model.lanes.find((lane) => lane.task === task);
}

function nameOf(ran: Ran, { task }: { readonly task: number }): string {
  return laneOf(ran, task)?.name ?? 'the program';
}

/** A task that was made between a moment and a line: the one that was expected to print, if it is known. */
function madeSince({ records }: Ran, moment: number, line: Line, missed: Line | undefined): PictureRecord | undefined {
  return records
    .slice(moment, line.moment)
    .find(({ type, task }) => type === 'created' && (missed === undefined || task === missed.task));
}

function inOneStep({ records }: Ran, before: Line, line: Line): boolean {
  if (before.task !== line.task) return false;
  return !records.slice(before.moment, line.moment).some(({ type, task }) => type === 'running' && task === line.task);
}

/** The moment at which the step began that printed the line. */
function beganAt({ records }: Ran, { moment, task }: Line): number {
  return records.slice(0, moment).findLastIndex((record) => record.type === 'running' && record.task === task);
}

/** The task printed both lines without a pause between them. */
function wentOn(ran: Ran, before: Line, line: Line, missed: Line | undefined): Decision {
  const name = nameOf(ran, line);
  const inner = line.frame?.code.name ?? '';
  const outer = before.frame;
  if (line.frame !== outer && line.frame !== line.outermost)
    return { rule: 3, because: `${name} went on: it awaited ${inner}() directly, so ${inner} ran inside it.` };
  const made = madeSince(ran, before.moment, line, missed);
  if (made !== undefined) {
    return { rule: 2, because: `${name} went on: createTask only put ${nameOf(ran, made)} into the ready queue.` };
  }
  if (line.frame === outer && line.at === before.at) {
    if (missed !== undefined && missed.task === line.task && missed.frame !== line.frame) {
      return {
        rule: 1,
        because: `${name} went on: ${missed.frame?.code.name}() had been called, and not awaited yet.`,
      };
    }
    return { rule: 4, because: `${name} went on: it awaited nothing between the two lines.` };
  }
  return { rule: 4, because: `${name} went on: what it awaited was done.` };
}

/** Why the task of the predicted line did not run when the other one's step began. */
function keptBack(ran: Ran, missed: Line, line: Line, now: number): Decision | undefined {
  const lane = laneOf(ran, missed.task);
  const stretch = lane && stretchAt(lane, now);
  if (lane === undefined || stretch === undefined) return undefined;
  const [name, other] = [nameOf(ran, missed), nameOf(ran, line)];
  if (stretch.state === 'suspended') {
    const on = stretch.on ?? '';
    if (/^sleep\(/.test(on)) return { rule: 7, because: `${name} was still asleep, in ${on}.` };
    return { rule: 4, because: `${name} had to pause: ${waiting(ran, stretch)}.` };
  }
  const paused = lane.stretches.findLast(({ state, to }) => state === 'suspended' && to <= now + 1);
  if (stretch.state === 'ready' && paused !== undefined) {
    if (paused.on === 'sleep(0)')
      return { rule: 6, because: `${name} had given up its turn with sleep(0), so ${other} came first.` };
    if (stretch.by?.kind === 'timer')
      return { rule: 7, because: `${name} woke up later, and stood behind ${other} in the ready queue.` };
    return {
      rule: 8,
      because: `${name} was put at the end of the ready queue when what it awaited was done, behind ${other}.`,
    };
  }
  return { rule: 5, because: `${other} was in the ready queue before ${name}.` };
}

function waiting(ran: Ran, { on, waitsFor }: Stretch): string {
  const lane = typeof waitsFor === 'number' ? laneOf(ran, waitsFor) : undefined;
  return lane === undefined
    ? `it was waiting for ${on ?? 'something'}`
    : `it awaited ${nameOf(ran, lane)}, which was not done yet`;
}

/** How the task came to its turn. */
function itsTurn(ran: Ran, line: Line, now: number): Decision {
  const name = nameOf(ran, line);
  const lane = laneOf(ran, line.task);
  const paused = lane?.stretches.findLast(({ state, to }) => state === 'suspended' && to <= now);
  const ready = lane && now > 0 ? stretchAt(lane, now - 1) : undefined;
  if (paused === undefined) return { rule: 5, because: `${name} was the first in the ready queue.` };
  if (paused.on === 'sleep(0)')
    return { rule: 6, because: `${name} had given up one turn with sleep(0), and this was its next.` };
  if (ready?.by?.kind === 'timer' || /^sleep\(/.test(paused.on ?? ''))
    return { rule: 7, because: `${name}'s sleep was over.` };
  return { rule: 8, because: `${name} was woken: what it awaited was done.` };
}
