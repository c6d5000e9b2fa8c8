// How the library's objects show themselves in a cell's result and in console.log: in one line, as Python's repr would,
// rather than as the fields that the engine keeps in them. Imported for its effect.

import { Barrier } from './barrier.ts';
import { Condition } from './condition.ts';
import { Context, ContextVar, Token } from './engine/context.ts';
import { Coroutine } from './engine/coroutine.ts';
import { Future } from './engine/future.ts';
import { Handle } from './engine/handle.ts';
import { Loop } from './engine/loop.ts';
import { repr } from './engine/repr.ts';
import { Event } from './event.ts';
import { Lock } from './lock.ts';
import { Queue } from './queue.ts';
import { Runner } from './runner.ts';
import { Semaphore } from './semaphore.ts';
import { Server } from './start-server.ts';
import { StreamReader } from './stream-reader.ts';
import { StreamWriter } from './stream-writer.ts';
import { Process } from './subprocess.ts';
import { TaskGroup } from './task-group.ts';
import { Timeout } from './timeout.ts';

/** Node's `util.inspect.custom`, under its registered name, so that no import of Node's is needed. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

function show<Shown extends object>(prototype: Shown, text: (value: Shown) => string): void {
  const value = function (this: Shown): string {
    return text(this);
  };
  Object.defineProperty(prototype, INSPECT, { value, configurable: true, writable: true });
}

const SHOWN = [
  Future,
  Handle,
  Loop,
  Lock,
  Event,
  Condition,
  Semaphore,
  Barrier,
  Queue,
  TaskGroup,
  Timeout,
  Process,
  Runner,
  Server,
  StreamReader,
  StreamWriter,
  Context,
  ContextVar,
  Token,
];
for (const { prototype } of SHOWN) {
  show<object>(prototype, (value) => value.toString());
}
show<Coroutine<unknown>>(Coroutine.prototype, repr);
