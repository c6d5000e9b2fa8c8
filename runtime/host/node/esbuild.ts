// esbuild, whose service is a process. It never outlives this one, and whoever waits for it hears of its end.

import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import {
  transform as ask,
  stop as end,
  type TransformFailure,
  type TransformOptions,
  type TransformResult,
} from 'esbuild';

export type { TransformFailure, TransformOptions, TransformResult } from 'esbuild';

interface Service {
  /** Undefined where somebody else in this process has started esbuild. */
  process: ChildProcess | undefined;
  /** Rejects the texts that it has not answered yet: esbuild leaves them unanswered when it is told to stop. */
  readonly unanswered: Set<(error: Error) => void>;
}

let service: Service | undefined;

/** As esbuild's own. Rejects also where the service ends, or is stopped, before it answers; the next text starts another. */
export async function transform(code: string, options: TransformOptions): Promise<TransformResult> {
  service ??= { process: undefined, unanswered: new Set() };
  const asked = service;
  const { promise, resolve, reject } = Promise.withResolvers<TransformResult>();
  asked.unanswered.add(reject);
  try {
    begin(asked, code, options).then(resolve, reject);
    return await promise;
  } catch (error) {
    // Not an error of the text: no other will be answered either.
    if ((error as Partial<TransformFailure>).errors === undefined && service === asked) await stop();
    throw error;
  } finally {
    asked.unanswered.delete(reject);
  }
}

/** esbuild does not show its process, and needs it to be stopped by a signal that a process can leave unheard. */
function begin(asked: Service, code: string, options: TransformOptions): Promise<TransformResult> {
  if (asked.process !== undefined) return ask(code, options);
  const started = (message: unknown) => {
    asked.process = (message as { readonly process: ChildProcess }).process;
  };
  subscribe(STARTED, started);
  try {
    return ask(code, options);
  } finally {
    unsubscribe(STARTED, started);
  }
}

/** Node publishes each process there at the moment that it is started. */
const STARTED = 'child_process';

process.once('exit', () => service?.process?.kill('SIGKILL'));

/** Ends the service, also one that does not react. */
export async function stop(): Promise<void> {
  const stopped = service;
  service = undefined;
  stopped?.process?.kill('SIGKILL');
  await end();
  for (const reject of stopped?.unanswered ?? []) reject(new Error('esbuild was stopped'));
}
