// The end of a cell process by its own hand.

const { kill, pid, platform } = process;

/** Ends this process and what it started, unless that left the group. */
export function killGroup(): void {
  try {
    if (platform !== 'win32') kill(-pid, 'SIGKILL');
  } finally {
    kill(pid, 'SIGKILL');
  }
}
