// Sends the gathered text before user code ends its own process by a signal, since nothing can send it later.
// process.exit needs no such help: it runs the `exit` listeners.

/** Wraps process.abort, and process.kill when its target is this process. */
export function flushBeforeSignals(flush: () => void, target: Pick<NodeJS.Process, 'abort' | 'kill' | 'pid'>): void {
  const { abort, kill } = target;
  target.abort = function (this: unknown): never {
    flush();
    return abort.call(target);
  };
  target.kill = (pid, signal) => {
    // 0 and negative numbers are process groups.
    if (pid === target.pid || pid <= 0) flush();
    return kill.call(target, pid, signal);
  };
}
