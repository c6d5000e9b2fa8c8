// The public door of the coroutine library: import { coroutine, gather, run, sleep } from 'cokernel'.
// Exports only; each noun and verb has its own file.

import './shown.ts';
import './signal-handlers.ts';

export { asCompleted, type Completions } from './as-completed.ts';
export { type AsyncGeneratorFunction, AsyncGeneratorObject, anext, asyncGenerator } from './async-generator.ts';
export { awaiting } from './awaiting.ts';
export { Barrier } from './barrier.ts';
export {
  type CallGraph,
  type CallGraphOptions,
  captureCallGraph,
  formatCallGraph,
  futureAddToAwaitedBy,
  futureDiscardFromAwaitedBy,
  printCallGraph,
  pstree,
} from './call-graph.ts';
export { Condition } from './condition.ts';
export { createEagerTaskFactory, eagerTaskFactory } from './eager-task-factory.ts';
export type { InContext } from './engine/callback-arguments.ts';
export { Context, ContextVar, copyContext, Token } from './engine/context.ts';
export { Coroutine } from './engine/coroutine.ts';
export {
  type Awaitable,
  allTasks,
  createTask,
  currentTask,
  ensureFuture,
  getRunningLoop,
  wrapFuture,
} from './engine/create-task.ts';
export { type CoroutineFunction, coroutine } from './engine/define.ts';
export {
  addNote,
  BrokenBarrierError,
  CancelledError,
  InvalidStateError,
  KeyboardInterrupt,
  LookupError,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  RuntimeError,
  StopAsyncIteration,
  TimeoutError,
  ValueError,
} from './engine/errors.ts';
export { Future } from './engine/future.ts';
export { Handle, TimerHandle } from './engine/handle.ts';
export { Loop } from './engine/loop.ts';
export type { ExceptionContext, ExceptionHandler, LoopOptions } from './engine/loop-options.ts';
export {
  getCoroutineState,
  isAwaitable,
  isCoroutine,
  isCoroutineFunction,
  isFuture,
  type,
} from './engine/predicates.ts';
export { sleep } from './engine/sleep.ts';
export { Task } from './engine/task.ts';
export type { TaskFactory, TaskOptions } from './engine/task-options.ts';
export type { TraceCause, TracePlace, TraceRecord, TraceSink } from './engine/trace-records.ts';
export { type PassedFrame, passedFrames } from './engine/trail.ts';
export type { Code, CoroutineState } from './engine/types.ts';
export { type Warning, warnings } from './engine/unawaited.ts';
export { Event } from './event.ts';
export { ExceptionGroup, type Selector } from './exception-group.ts';
export { type GatherOptions, gather } from './gather.ts';
export { LifoQueue } from './lifo-queue.ts';
export { type Held, Lock, type Named } from './lock.ts';
export {
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileNotFoundError,
  OSError,
  PermissionError,
  ProcessLookupError,
} from './os-error.ts';
export { PriorityQueue } from './priority-queue.ts';
export { Queue } from './queue.ts';
export { type RunOptions, run } from './run.ts';
export { Runner } from './runner.ts';
export { type CancelScope, cancelScope, type ScopeOptions } from './scope.ts';
export { BoundedSemaphore, Semaphore } from './semaphore.ts';
export { shield } from './shield.ts';
export { SSLCertVerificationError, SSLError } from './ssl-error.ts';
export {
  type ConnectionHandler,
  Server,
  type ServerOptions,
  type ServerSocket,
  startServer,
  startUnixServer,
} from './start-server.ts';
export {
  EOFError,
  IncompleteReadError,
  LimitOverrunError,
  type Separator,
  StreamReader,
} from './stream-reader.ts';
export { StreamWriter } from './stream-writer.ts';
export { type ConnectionOptions, openConnection, openUnixConnection } from './streams.ts';
export { createSubprocess, createSubprocessShell, type Process, type SubprocessOptions } from './subprocess.ts';
export { TaskGroup, type TaskGroupOptions, taskGroup } from './task-group.ts';
export { toThread } from './thread.ts';
export { Timeout, type TimeoutOptions, timeout, timeoutAt } from './timeout.ts';
export type { TlsContext, TlsOptions } from './tls-options.ts';
export { type ReturnWhen, type WaitOptions, wait } from './wait.ts';
export { waitFor } from './wait-for.ts';
