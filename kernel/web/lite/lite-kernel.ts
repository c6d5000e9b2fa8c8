// A kernel in the page of JupyterLite: the same that a process of Node runs, over the page's messages, with a worker in
// the place of the cell process.

import { sharedMemory, stopCheck } from '../../../runtime/cell/web/shared-words.ts';
import type { CellEvent } from '../../../runtime/events.ts';
import { startParser } from '../../../runtime/host/web/oxc.ts';
import { packError, type Task, type Tasks, unpackError, work } from '../../compile/tasks.ts';
import { createCellProcess } from '../../process/create-cell-process.ts';
import { makeCompiler } from '../../queue/compiler.ts';
import { type RunningKernel, startKernel } from '../../start.ts';
import { createMemoryHistory } from '../memory-history.ts';
import { startWorker } from '../worker-child.ts';
import type { StartLiteKernel } from './kernel-in-page.ts';
import { createLiteWire } from './lite-wire.ts';

/** Starts it. */
export const startLiteKernel: StartLiteKernel = async (parts) => {
  const { id, location, log } = parts;
  let running: RunningKernel | undefined;
  const early: [CellEvent, readonly Uint8Array[]][] = [];
  const folder = location === '' ? '' : `${location.replace(/^\/+|\/+$/g, '')}/`;
  const cellProcess = createCellProcess({
    spawn: (_nonce, listener) => {
      const start = {
        parser: parts.parser,
        memory: parts.isolated ? sharedMemory() : undefined,
        notebook: new URL(`${folder}notebook.ipynb`, parts.files).href,
        modules: {},
        player: parts.player,
        folder,
        variables: { COKERNEL_CLIENT: 'jupyterlite' },
      };
      return startWorker(parts.newWorker(), start, listener);
    },
    descriptors: () => ({ read() {}, fenced: async () => {}, end() {}, reset() {} }),
    memoryLimit: Number.POSITIVE_INFINITY,
    sink: (event, buffers) => {
      if (running) running.cellEvent(event, buffers);
      else early.push([event, buffers]);
    },
    restarted: () => running?.cellsRestarted(),
    log,
  });
  cellProcess.start();
  await startParser(parts.parser);
  const wire = createLiteWire(id, parts.send);
  running = await startKernel({
    openWire: wire.open,
    cellProcess,
    history: createMemoryHistory(),
    compiler: async () =>
      makeCompiler({
        settings: { stop: stopCheck(false) },
        run: runHere,
        stop() {},
        explain: (error) => unpackError(packError(error)),
      }),
    language: async () => undefined,
    diagnostics: 'off',
    about: { place: 'in a browser', links: [] },
    readFile: parts.readFile,
    log,
    ended() {},
  });
  for (const [event, buffers] of early) running.cellEvent(event, buffers);
  const { interrupt, end } = running;
  return { deliver: wire.deliver, interrupt, end };
};

/** A page has no process to compile in: what is too deep for the stack is an error that can be caught. */
async function runHere<Name extends Task>(
  task: Name,
  text: string,
  needs: Tasks[Name]['needs'],
): Promise<Tasks[Name]['result']> {
  try {
    return await work[task](text, needs);
  } catch (error) {
    throw unpackError(packError(error));
  }
}
