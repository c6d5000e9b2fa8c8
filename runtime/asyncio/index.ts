// The public door of the coroutine library: import { coroutine, gather, run, sleep } from 'cokernel'.
// Exports only; each noun and verb has its own file.

import './shown.ts';

export { asCompleted, type Completions } from './as-completed.ts';
export { type AsyncGeneratorFunction, AsyncGeneratorObject, anext, asyncGenerator } from './async-generator.ts';
export { awaiting } from './awaiting.ts';
export { Barrier } from './barrier.ts';
export { Condition } from './condition.ts';
export { Context, ContextVar, copyContext, Token } from './context.ts';
export { type Code, Coroutine, type CoroutineState } from './coroutine.ts';
export { type CoroutineFunction, coroutine } from './define.ts';
export {
  addNote,
  BrokenBarrierError,
  CancelledError,
  InvalidStateError,
  LookupError,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  RuntimeError,
  StopAsyncIteration,
  TimeoutError,
  ValueError,
} from './errors.ts';
export { Event } from './event.ts';
export { Future } from './future.ts';
export { type GatherOptions, gather } from './gather.ts';
export {
  type CallGraph,
  type CallGraphOptions,
  captureCallGraph,
  formatCallGraph,
  printCallGraph,
  pstree,
} from './graph.ts';
export { ExceptionGroup, type Selector } from './group.ts';
export { Handle, TimerHandle } from './handle.ts';
export { getCoroutineState, isAwaitable, isCoroutine, isCoroutineFunction, isFuture, type } from './kinds.ts';
export { type Held, Lock, type Named } from './lock.ts';
export { type ExceptionContext, type ExceptionHandler, Loop, type LoopOptions } from './loop.ts';
export { LifoQueue, PriorityQueue, Queue } from './queue.ts';
export { type RunOptions, run } from './run.ts';
export { Runner } from './runner.ts';
export { type CancelScope, cancelScope, type ScopeOptions } from './scope.ts';
export { BoundedSemaphore, Semaphore } from './semaphore.ts';
export { shield } from './shield.ts';
export { sleep } from './sleep.ts';
export { type Awaitable, allTasks, createTask, currentTask, ensureFuture, getRunningLoop } from './spawn.ts';
export {
  IncompleteReadError,
  openConnection,
  type Server,
  StreamReader,
  StreamWriter,
  startServer,
} from './streams.ts';
export { createSubprocess, type Process, type SubprocessOptions } from './subprocess.ts';
export { Task, type TaskOptions } from './task.ts';
export { TaskGroup, type TaskGroupOptions, taskGroup } from './task-group.ts';
export { toThread } from './thread.ts';
export { Timeout, type TimeoutOptions, timeout, timeoutAt } from './timeout.ts';
export type { TraceCause, TracePlace, TraceRecord, TraceSink } from './trace.ts';
export { type PassedFrame, passedFrames } from './trail.ts';
export { type Warning, warnings } from './unawaited.ts';
export { type ReturnWhen, type WaitOptions, wait } from './wait.ts';
export { waitFor } from './wait-for.ts';
