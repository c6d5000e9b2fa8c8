// Finds coroutines that were never awaited, at no cost to those that are: only one still unawaited when the next
// is created, or when its step ends, is watched at all. The host's hook takes the warnings; the default writes them to
// stderr.

import { setImmediate } from '#host/native-timers';
import { atExit, writeError } from '#host/process';
import { CREATED, WATCHED } from './coroutine-phase.ts';
import { copyMethods, filtered, max, push, SafeMap, SafeSet, SafeWeakMap } from './primordials.ts';
import type { Frame } from './types.ts';

/** A warning as Python words it. */
export interface Warning {
  /** `asyncio` is what CPython's debug mode writes to the logger of that name. */
  readonly category: 'RuntimeWarning' | 'asyncio';
  /** In Python's words. */
  readonly message: string;
  /** What to do about it. */
  readonly notes: readonly string[];
  /** Who caused it, for the host. */
  readonly owner: unknown;
  /** Where the coroutine function, or the statement, stands. */
  readonly file?: string | undefined;
  /** The line of the statement, from 1. */
  readonly line?: number | undefined;
}

/** What is known of a watched coroutine once it has been collected. */
interface Watch {
  name: string;
  owner: unknown;
  file: string | undefined;
  line: number | undefined;
  created: string | undefined;
}

/** Written at once, because at the exit of the process there is no later. */
function writeWarning({ category, message, notes, file, line }: Warning): void {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
  const lines = [`${place}${category}: ${message}`, ...notes.map((note) => `  ${note}`)];
  writeError(`${lines.join('\n')}\n`);
}

/** What the host sets. */
export const warnings = {
  /** Takes each warning; the default writes it to stderr as Python does. */
  hook: writeWarning,
  /** Who runs now; the loop keeps it. */
  owner: undefined as unknown,
  /** Debug mode: remember where each coroutine is created. */
  origins: false,
};

// Held strongly only until the end of the step, so that nothing lives longer than it would.
let risk: Frame[] = [];
let limit = 1024;
let newest: Frame | null = null;
/** True while a turn runs, which sweeps at its end. */
let swept = false;
let sweepPlanned = false;

let tellsAtExit = false;
const watched = new SafeWeakMap<Frame, Watch>();
const lost = new SafeSet<Watch>();
const registry = new FinalizationRegistry<Watch>((watch) => {
  if (lost.delete(watch)) tellSoon(watch);
});
copyMethods(registry, FinalizationRegistry.prototype);
const origins = new SafeWeakMap<Frame, string>();

let callObservers: ((coroutine: Frame) => void)[] = [];

/** @internal Hears of each coroutine that is made from here on. The function that it returns stops this. */
export function observeCalls(heard: (coroutine: Frame) => void): () => void {
  push(callObservers, heard);
  return () => {
    callObservers = filtered(callObservers, (one) => one !== heard);
  };
}

/** A coroutine was created. */
export function born(coroutine: Frame): void {
  for (let at = 0; at < callObservers.length; at++) callObservers[at]?.(coroutine);
  const last = newest;
  newest = coroutine;
  if (last?.unawaited === true) atRisk(last);
  if (!swept && !sweepPlanned) planSweep();
  if (warnings.origins) origins.set(coroutine, new Error().stack ?? '');
}

function atRisk(coroutine: Frame): void {
  push(risk, coroutine);
  if (risk.length < limit) return;
  risk = filtered(risk, (one) => one.unawaited);
  limit = max(1024, 2 * risk.length);
}

function planSweep(): void {
  setImmediate(() => {
    sweepPlanned = false;
    sweep();
  });
  sweepPlanned = true;
}

/** The loop's turn begins or ends; between turns a sweep is planned where something is created. */
export function inTurn(yes: boolean): void {
  swept = yes;
}

/** At the end of a step, and when the owner changes: coroutines that are still unawaited are watched from here on. */
export function sweep(): void {
  const last = newest;
  newest = null;
  if (last?.unawaited === true) push(risk, last);
  if (risk.length === 0) return;
  const found = risk;
  risk = [];
  limit = 1024;
  for (let at = 0; at < found.length; at++) {
    const coroutine = found[at] as Frame;
    if (coroutine.unawaited && !watched.has(coroutine)) watch(coroutine);
  }
}

function watch(coroutine: Frame): void {
  if (!tellsAtExit) {
    tellsAtExit = true;
    atExit(tellLost);
  }
  const record = describe(coroutine);
  coroutine.phase = WATCHED;
  watched.set(coroutine, record);
  lost.add(record);
  registry.register(coroutine, record, record);
  for (let at = 0; at < observers.length; at++) observers[at]?.(record);
}

/** What a trace is told of a watched coroutine. */
export interface Unawaited extends Readonly<Pick<Watch, 'name' | 'owner' | 'file' | 'line'>> {
  /** What `stamp` gave when it was found, at the end of its step. */
  readonly stamp: number;
}

let observers: ((watch: Watch) => void)[] = [];

/**
 * @internal Notes coroutines that are made from here on and not awaited by the end of their step. The function that it
 * returns stops this, and returns those still unawaited. They may be held somewhere, and awaited later.
 */
export function observeUnawaited(stamp: () => number): () => readonly Unawaited[] {
  // Coroutines made before this call do not count.
  sweep();
  const found = new SafeMap<Watch, number>();
  const observer = (one: Watch): void => void found.set(one, stamp());
  push(observers, observer);
  return () => {
    sweep();
    observers = filtered(observers, (one) => one !== observer);
    const left: Unawaited[] = [];
    found.forEach((at, one) => {
      const { name, owner, file, line } = one;
      if (lost.has(one)) push(left, { name, owner, file, line, stamp: at });
    });
    return left;
  };
}

function describe(coroutine: Frame): Watch {
  const { name, file, line } = coroutine.code;
  return { name, owner: warnings.owner, file, line, created: origins.get(coroutine) };
}

/** After a termination: that its step's coroutines are lost is not the program's fault. */
export function forgetNewest(): void {
  newest = null;
  risk = [];
}

/** A watched coroutine was awaited, closed or reported after all. */
export function settleLoss(coroutine: Frame): void {
  if (coroutine.phase !== WATCHED) return;
  coroutine.phase = CREATED;
  const it = coroutine;
  const record = watched.get(it);
  if (record === undefined) return;
  watched.delete(it);
  lost.delete(record);
  registry.unregister(record);
}

/**
 * Warns at once of a coroutine that a statement made and dropped. One that was made earlier may be held elsewhere. So
 * may one that a function made, kept and returned, so it can still be awaited.
 */
export function dropped(coroutine: Frame, line: number, file?: string): void {
  if (!coroutine.unawaited || coroutine !== newest) return;
  newest = null;
  const record = describe(coroutine);
  // The place is the statement's own; the function may be of another cell.
  tell({ ...record, line, file: file ?? record.file }, true);
}

/** At shutdown: every watched coroutine that nobody awaited. */
export function tellLost(): void {
  sweep();
  const records = collected;
  lost.forEach((one) => {
    push(records, one);
  });
  collected = [];
  lost.clear();
  tellAll(records);
}

/** What a collection has shown so far: a million losses become one warning. */
let collected: Watch[] = [];

function tellSoon(record: Watch): void {
  push(collected, record);
  if (collected.length > 1) return;
  setImmediate(() => {
    const records = collected;
    collected = [];
    tellAll(records);
  });
}

/** Up to this many losses of one function and owner are reported one by one. */
const FEW = 10;

function tellAll(records: readonly Watch[]): void {
  const alike = Map.groupBy(records, ({ name, file, line }) => `${name} ${file} ${line}`);
  for (const same of alike.values()) {
    for (const group of Map.groupBy(same, ({ owner }) => owner).values()) {
      if (group.length <= FEW) for (const record of group) tell(record, false);
      else tell(group[0] as Watch, false, [`This happened to ${group.length} coroutines.`]);
    }
  }
}

function tell(record: Watch, discarded: boolean, more: readonly string[] = []): void {
  const notes = [`Did you forget to await it: await ${record.name}()?`, ...more];
  if (record.created !== undefined) notes.push(`Coroutine created at\n${record.created}`);
  warnings.hook({
    category: 'RuntimeWarning',
    message: `coroutine '${record.name}' was never awaited`,
    notes,
    owner: record.owner,
    file: record.file,
    line: discarded ? record.line : undefined,
  });
}
