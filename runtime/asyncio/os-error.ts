// Errors of the operating system under Python's names. Node's own error is the cause, and gives message and code.

import { named, TimeoutError } from './engine/errors.ts';

/** libuv's own numbers, such as those of name look-ups, begin here. */
const NOT_THE_SYSTEMS = 3000;

/** The operating system refused something (Python: `OSError`). */
export class OSError extends Error {
  /** The system's word for it, such as `EADDRINUSE`. */
  readonly code: string | undefined;
  /** Its number; undefined if there is none. */
  readonly errno: number | undefined;

  constructor(message = '', options: ErrorOptions = {}) {
    super(message, options);
    const { code, errno } = (options.cause ?? {}) as NodeJS.ErrnoException;
    this.code = code;
    this.errno = errno === undefined || -errno >= NOT_THE_SYSTEMS ? undefined : -errno;
  }
}

/** Something between two ends broke (Python: `ConnectionError`). */
export class ConnectionError extends OSError {}
/** Nobody listens there (Python: `ConnectionRefusedError`). */
export class ConnectionRefusedError extends ConnectionError {}
/** The other end is gone (Python: `ConnectionResetError`). */
export class ConnectionResetError extends ConnectionError {}
/** The connection was given up on this side (Python: `ConnectionAbortedError`). */
export class ConnectionAbortedError extends ConnectionError {}
/** Nobody reads any more what is written (Python: `BrokenPipeError`). */
export class BrokenPipeError extends ConnectionError {}
/** There is no such file (Python: `FileNotFoundError`). */
export class FileNotFoundError extends OSError {}
/** It is not allowed (Python: `PermissionError`). */
export class PermissionError extends OSError {}
/** There is no such process any more (Python: `ProcessLookupError`). */
export class ProcessLookupError extends OSError {}

const KINDS: Readonly<Record<string, new (message: string, options: ErrorOptions) => Error>> = {
  ECONNREFUSED: ConnectionRefusedError,
  ECONNRESET: ConnectionResetError,
  ECONNABORTED: ConnectionAbortedError,
  EPIPE: BrokenPipeError,
  ESHUTDOWN: BrokenPipeError,
  ENOENT: FileNotFoundError,
  EACCES: PermissionError,
  EPERM: PermissionError,
  ESRCH: ProcessLookupError,
  ETIMEDOUT: TimeoutError,
};

for (const [name, kind] of Object.entries({
  OSError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  ConnectionAbortedError,
  BrokenPipeError,
  FileNotFoundError,
  PermissionError,
  ProcessLookupError,
})) {
  named(kind, name);
}

/** @internal Node's error of a system call as Python's; any other error as it is. */
export function osError(error: Error): Error {
  // Every address of a host was tried.
  if (error instanceof AggregateError) return osError(error.errors[0]);
  const { code, syscall } = error as NodeJS.ErrnoException;
  // TLS has words of its own with the system's code: `ECONNRESET` for an end that went away in the handshake.
  if (code === undefined || (syscall === undefined && !Object.hasOwn(KINDS, code))) return error;
  return new (KINDS[code] ?? OSError)(error.message, { cause: error });
}
