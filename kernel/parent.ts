// Notices when the process that started this one is gone, so that no kernel outlives its server.

/** Milliseconds between two checks, which are nearly all that an idle kernel process does. */
const PERIOD_MS = 2000;

/** Calls `gone` once, within about two seconds after the parent ended. Does not keep this process alive. */
export function watchParent(gone: () => void, env: NodeJS.ProcessEnv = process.env): void {
  const first = process.ppid;
  // Jupyter names the process to watch; on Windows the variable holds a handle, which Node cannot wait for.
  const named = process.platform === 'win32' ? Number.NaN : Number.parseInt(env.JPY_PARENT_PID ?? '', 10);
  const timer = setInterval(() => {
    const left = process.ppid !== first || !isAlive(first) || (named > 1 && !isAlive(named));
    if (!left) return;
    clearInterval(timer);
    gone();
  }, PERIOD_MS);
  timer.unref();
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return true; // In another PID namespace, as in some containers: its end cannot be seen.
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
