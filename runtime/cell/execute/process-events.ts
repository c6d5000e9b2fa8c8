// What the process tells of errors and rejections that nobody caught, and of warnings; and the person's own listeners.

/** What is heard, until the process ends. */
export interface ProcessListeners {
  uncaughtException(error: unknown): void;
  unhandledRejection(reason: unknown, promise: object): void;
  /** A rejection that was told was handled after all. */
  rejectionHandled(promise: object): void;
  warning(warning: Error): void;
}

/** The events of the process, or of the worker of a page. */
export interface ProcessEvents {
  /** Listens from now on; called again when a cell starts, for an earlier one may have removed all listeners. */
  listen(listeners: ProcessListeners): void;
  /** Whether the person listens to the event too. They are called, and in a program nothing else would happen. */
  handled(event: 'uncaughtException' | 'unhandledRejection'): boolean;
  /** Calls the person's own listeners. @throws what they throw */
  emit(error: unknown, origin: 'uncaughtException' | 'unhandledRejection'): void;
}
