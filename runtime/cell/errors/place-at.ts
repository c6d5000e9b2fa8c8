// The stack of an error for code that V8 terminated: it left none, but the awaits that led to it are known.

import type { Task } from '../../asyncio/engine/task.ts';

/** Gives the error the stack of the task's coroutines. */
export function placeAt(error: Error, task: Task<unknown>): void {
  const frames = task.getStack().reverse();
  const lines = frames.map(({ name, file, line }) => {
    const place = line > 0 ? `${file}:${line}` : `${file}`;
    return `    at ${name === file ? place : `${name} (${place})`}`;
  });
  error.stack = [`${error.name}: ${error.message}`, ...lines].join('\n');
}
