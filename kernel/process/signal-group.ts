// Signals to a process that leads a group, and to what it started.

import { type ChildProcess, spawnSync } from 'node:child_process';

/** Sends the signal to a process that was started `detached`, and to what it started, unless that left the group. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') killTree(child.pid, signal);
    else process.kill(-child.pid, signal);
  } catch {
    // No such process: it is gone already.
  }
}

/** Windows has no process groups; SIGINT cannot be sent there, but the restart that follows helps. (Untested.) */
function killTree(pid: number, signal: NodeJS.Signals): void {
  if (signal === 'SIGKILL') spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
}
