// A trace that shows itself: as lanes in a notebook, as text in a terminal, as data for other tools.

import { inspect } from '#host/inspection';
import type { Task } from '../../asyncio/engine/task.ts';
import { type PngOptions, toPng } from '../draw/png.ts';
import { toCsv } from '../export/csv.ts';
import { writeTrace } from '../export/file.ts';
import { type TraceData, toData } from '../export/json.ts';
import { type TraceFile, toPerfetto } from '../export/perfetto.ts';
import { drawLanes } from '../lanes/lane-document.ts';
import type { LanesOptions } from '../lanes/lanes.ts';
import { textOf } from '../lanes/lanes-text.ts';
import { modelOf } from '../model/from-records.ts';
import type { Model } from '../model/model.ts';
import { host } from '../record/picture-host.ts';
import type { Recording } from '../record/recording.ts';
import type { Looks } from './looks.ts';
import { htmlOf } from './trace-page.ts';

const NOTHING: Recording = {
  records: [],
  forgotten: [],
  dropped: 0,
  ended: undefined,
  clock: 'real',
  sourceOf: () => undefined,
};
const OFF = 'Nothing was traced: tracing is off. Call trace.on(), run some coroutines, then timeline().';

/** What was recorded, and its pictures. */
export class Trace {
  /** @internal */ readonly recording: Recording;
  private readonly off: boolean;
  private readonly looks: Looks;
  private made: Model | undefined;

  /** @internal */
  constructor(recording: Recording | undefined, looks: Looks = {}) {
    this.looks = looks;
    this.off = recording === undefined;
    // The recorder may go on, so this copies what there is now.
    this.recording =
      recording === undefined
        ? NOTHING
        : { ...recording, records: recording.records.slice(), forgotten: recording.forgotten.slice() };
  }

  /** The lanes as data: tasks, their stretches, cancellations, and the clock. */
  get model(): Model {
    this.made ??= modelOf(this.recording);
    return this.made;
  }

  /** The lanes as one SVG document. */
  svg(options: LanesOptions = {}): string {
    return drawLanes(this.model, this.off ? { title: OFF, ...options } : options).svg;
  }

  /** The lanes as PNG, for print. @throws Error if the optional package @resvg/resvg-js is not installed */
  png(options: PngOptions = {}): Uint8Array {
    return toPng(this.svg(), options);
  }

  /** The pictures as self-contained HTML. */
  html(): string {
    return this.off ? `<div>${OFF}</div>` : htmlOf(this.recording, this.model, this.looks);
  }

  /** The lanes as text. */
  toString(): string {
    return this.off ? OFF : textOf(this.model);
  }

  /** The trace for ui.perfetto.dev and chrome://tracing: write it with JSON.stringify. */
  perfetto(): TraceFile {
    return toPerfetto(this.model);
  }

  /** The trace as CSV, one row per stretch. */
  csv(): string {
    return toCsv(this.model);
  }

  /** The lanes as plain data for JSON.stringify. */
  toJSON(): TraceData {
    return toData(this.model);
  }

  /** Writes a file: .svg, .png, .html, .txt, .csv, or .json for Perfetto. @throws TypeError for any other extension */
  save(path: string): void {
    writeTrace(this, path);
  }

  [inspect.custom](): string {
    return this.toString();
  }

  [Symbol.for('Jupyter.display')](): Record<string, string> {
    if (this.off) return { 'text/plain': OFF };
    // Without the SVG: the page has it as an image, and a notebook would store it twice.
    const html = htmlOf(this.recording, this.model, this.looks, {
      alone: host().bringsPlayer(),
      kernel: host().kernel,
    });
    return { 'text/html': html, 'text/plain': textOf(this.model, 'brief') };
  }
}

/** The trace of one coroutine, with its result or error. */
export class Traced<T> extends Trace {
  private readonly task: Task<T>;

  /** @internal */
  constructor(recording: Recording, task: Task<T>, looks: Looks = {}) {
    super(recording, looks);
    this.task = task;
  }

  /** What the coroutine returned. @throws what it threw */
  get result(): T {
    return this.task.result();
  }

  /** What the coroutine threw, or null. */
  get error(): unknown {
    return this.task.cancelled() ? new Error('the task was cancelled') : this.task.exception();
  }
}
