// The compile process: node main.js {kernel's pid} [json], with frames of tasks on stdin and of their results on stdout. It
// ends when its stdin closes. A text that nests too deeply for the parser may crash it; compile-process.ts notices that.

import { Worker } from 'node:worker_threads';
import { createFrameReader, encodeFrame } from '../../runtime/frames.ts';
import { parseEverythingHere } from '../../runtime/parser.ts';
import type { TaskRequest, TaskResult } from './compile-process.ts';
import { packError, type Tasks, work } from './tasks.ts';

/** Ends this process within a second of the kernel's death: the main thread may be at work on a text for a minute. */
const WATCH = `
  const { workerData: kernel } = require('node:worker_threads');
  const { pid, platform } = process;
  setInterval(() => process.ppid !== kernel && process.kill(platform === 'win32' ? pid : -pid, 'SIGKILL'), 1000);
`;

/** A shorter text is done within seconds, and then the end of stdin is heard: the watch takes 20 ms to start, and 6 MB. */
const WATCHED_BYTES = 64 * 1024;

let watched = false;
function watchKernel(): void {
  if (watched) return;
  watched = true;
  // The kernel's id is given: by the time it could be looked up the kernel may be gone.
  new Worker(WATCH, { eval: true, workerData: Number(process.argv[2]) }).unref();
}

// With `json` trees are not read from the parser's memory.
parseEverythingHere(process.argv[3] === undefined);
process.stdin.on(
  'data',
  createFrameReader<TaskRequest>(({ message: { id, task, needs }, buffers: [text] }) => {
    if ((text as Uint8Array).byteLength > WATCHED_BYTES) watchKernel();
    const source = Buffer.from(text as Uint8Array).toString('utf8');
    // One at a time, and each synchronous up to esbuild's part: compile-process.ts sends the next when this one is answered.
    const result = Promise.resolve().then(() => work[task](source, needs as never));
    result.then(
      (value) => answer({ id, ...packed(value, text as Uint8Array) }),
      (error: unknown) => answer({ id, error: packError(error) }),
    );
  }),
);
process.stdin.on('end', () => process.exit(0));

function answer({ buffers, ...message }: TaskResult & { readonly buffers?: readonly Uint8Array[] }): void {
  process.stdout.write(encodeFrame(message, buffers));
}

/** A result; the code, the map and the source of a cell as bytes beside it. */
function packed(
  value: unknown,
  source: Uint8Array,
): { readonly value: unknown; readonly buffers?: readonly Uint8Array[] } {
  if (!isCell(value)) return { value };
  const { code, map, declares } = value.compiled;
  return { value: { ...value, compiled: { declares } }, buffers: [Buffer.from(code), Buffer.from(map), source] };
}

function isCell(value: unknown): value is Tasks['cell']['result'] {
  return typeof value === 'object' && value !== null && 'compiled' in value;
}
