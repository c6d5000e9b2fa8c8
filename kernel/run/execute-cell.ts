// Executes one cell through the client and reports how it ended, with its outputs.

import type { KernelMessage } from '@jupyterlab/services';
import type { RunningKernel } from './kernel/client.ts';
import type { ErrorOutput, Output } from './notebook/notebook.ts';
import { createCollector, type Displays } from './outputs.ts';

/** How a cell ended. */
export interface CellResult {
  /** `lost`: the kernel is gone or does not answer, so no later cell can run. */
  readonly status: 'ok' | 'error' | 'timeout' | 'lost';
  readonly count: number | null;
  /** Grows while later cells run, because a timer of this cell may still print. */
  readonly outputs: Output[];
  /** The error, as Jupyter shows errors; for `timeout` and `lost` its `evalue` is a sentence. */
  readonly error?: Pick<ErrorOutput, 'ename' | 'evalue' | 'traceback'>;
  readonly seconds: number;
  /** Resolves when the cell's idle has arrived: warnings about type errors come after the reply. */
  readonly idle: Promise<unknown>;
}

/** The error of a cell, or of a callback of it (such as a timer) that failed later: that one is among its outputs. */
export function errorOf({ error, outputs }: CellResult): CellResult['error'] {
  return error ?? outputs.find((output): output is ErrorOutput => output.output_type === 'error');
}

/** How long an interrupted cell may take to end: `finally` blocks have 2 s, then the cell process is restarted. */
const INTERRUPT_MS = 6_000;

export interface CellRequest {
  readonly source: string;
  /** The cell's id in the notebook, which front ends send along. */
  readonly id?: string;
  readonly displays: Displays;
  /** Seconds; without it the cell may take as long as it needs. */
  readonly timeout?: number;
}

/**
 * Resolves at the cell's reply: the kernel goes on with the next cell while it checks the types of this one.
 * Never rejects.
 */
export async function executeCell(kernel: RunningKernel, request: CellRequest): Promise<CellResult> {
  const began = performance.now();
  const collector = createCollector(request.displays);
  const content = { code: request.source, allow_stdin: false, stop_on_error: false };
  // Not disposed of when it is done, because what the cell prints later belongs to it too.
  const future = kernel.client.requestExecute(content, false, request.id === undefined ? {} : { cellId: request.id });
  future.onIOPub = collector.take;
  const replied = Promise.withResolvers<KernelMessage.IExecuteReplyMsg>();
  future.onReply = replied.resolve;
  const idle = future.done.catch(replied.reject);
  const how = await waitFor(kernel, replied.promise, request.timeout);
  return { ...how, outputs: collector.outputs, seconds: (performance.now() - began) / 1000, idle };
}

type How = Pick<CellResult, 'status' | 'count' | 'error'>;

async function waitFor(
  kernel: RunningKernel,
  replied: Promise<KernelMessage.IExecuteReplyMsg>,
  timeout: number | undefined,
): Promise<How> {
  const gone = kernel.ended.catch((error: Error) => lost(error.message));
  const outcome = await within(Promise.race([replied.then(howOf, (error) => lost(String(error))), gone]), timeout);
  if (outcome !== undefined) return outcome;
  const evalue = `the cell did not end within ${timeout} s and was interrupted`;
  kernel.client.interrupt().catch(() => {});
  const after = await within(Promise.race([replied.then(howOf), gone]), INTERRUPT_MS / 1000);
  if (after === undefined) return lost(`the cell did not end within ${timeout} s, and an interrupt did not stop it`);
  if (after.status === 'lost') return after;
  return {
    status: 'timeout',
    count: after.count,
    error: { ename: 'Timeout', evalue, traceback: after.error?.traceback ?? [] },
  };
}

function howOf({ content }: KernelMessage.IExecuteReplyMsg): How {
  const count = content.execution_count ?? null;
  if (content.status === 'ok') return { status: 'ok', count };
  if (content.status !== 'error')
    return { status: 'error', count, error: plain('Aborted', 'the kernel did not run the cell') };
  const { ename, evalue, traceback } = content as unknown as ErrorOutput;
  return { status: 'error', count, error: { ename, evalue, traceback } };
}

function lost(why: string): How {
  return { status: 'lost', count: null, error: plain('KernelLost', why) };
}

function plain(ename: string, evalue: string) {
  return { ename, evalue, traceback: [] };
}

/** Resolves to undefined if the promise takes longer than that many seconds; without `seconds` there is no limit. */
async function within<Value>(promise: Promise<Value>, seconds: number | undefined): Promise<Value | undefined> {
  if (seconds === undefined) return promise;
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), seconds * 1000);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
