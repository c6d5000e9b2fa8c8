// Starts this package's kernel as a process, with a connection file in a folder of its own, and removes both at the
// end.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v4 as uuid } from 'uuid';
import { nodeFlags } from '../../install/kernelspec.ts';
import { packageFolder } from '../../install/package.ts';
import { type Connection, parseConnection } from '../../wire/connection.ts';
import { freshKeys } from '../../wire/encryption.ts';
import { freePorts } from '../../wire/ports.ts';

/** The path of an ipc socket, its folder included, has at most 103 bytes on macOS and 107 on Linux. */
const LONGEST_SOCKET_BYTES = 100;
const FAREWELL_MS = 3_000;
/**
 * How many milliseconds the kernel waits for type errors, up to the time after which TypeScript's server counts as
 * hung.
 */
const PATIENCE_MS = 9_000;

export interface KernelProcess {
  readonly connection: Connection;
  /** Rejects with a sentence when the process ends; never resolves. */
  readonly ended: Promise<never>;
  /** Ends the process: `ask` requests an orderly end; after 3 s the process is killed. Removes the files. */
  end(ask: () => void): Promise<void>;
  /** Kills the process and removes the files, at once. */
  kill(): void;
}

export interface KernelSettings {
  /** The notebook's folder, where imports start. */
  readonly directory: string;
  /** Environment variables on top of this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** The kernel's entry; the package's own by default. */
  readonly main?: string;
}

/** Starts a kernel. @throws a sentence if the package is not built. */
export async function startProcess(settings: KernelSettings): Promise<KernelProcess> {
  const main = settings.main ?? join(packageFolder(), 'dist', 'kernel', 'main.js');
  if (!existsSync(main))
    throw new Error(`the kernel was expected at ${main}, but it is not there. Build it: npm run build`);
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-run-'));
  try {
    // If this process is killed, the kernel notices, ends, and removes the folder.
    const text = JSON.stringify({
      ...(await place(folder)),
      key: uuid(),
      signature_scheme: 'hmac-sha256',
      own_folder: true,
    });
    const file = join(folder, 'connection.json');
    writeFileSync(file, text, { mode: 0o600 });
    return follow(spawnKernel(main, file, settings), parseConnection(text), folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Sockets in the folder, which only this user can enter, if the system has them and the path is short enough; else ports,
 * which every user of the machine can connect to, and so encrypted.
 */
async function place(folder: string): Promise<object> {
  const names = ['shell', 'iopub', 'stdin', 'control', 'hb'].map((name) => `${name}_port`);
  const ip = join(folder, 'k');
  if (process.platform !== 'win32' && Buffer.byteLength(ip) + 2 < LONGEST_SOCKET_BYTES) {
    return { transport: 'ipc', ip, ...Object.fromEntries(names.map((name, index) => [name, index + 1])) };
  }
  const ports = await freePorts(names.length);
  const fields = Object.fromEntries(names.map((name, index) => [name, ports[index]]));
  return { transport: 'tcp', ip: '127.0.0.1', ...fields, ...(await freshKeys()) };
}

function spawnKernel(main: string, file: string, { directory, env }: KernelSettings): ChildProcess {
  return spawn(process.execPath, [...nodeFlags, main, file], {
    cwd: directory,
    env: {
      ...process.env,
      // These cells do not belong in anybody's history.
      COKERNEL_HISTORY: ':memory:',
      COKERNEL_PATIENCE: String(PATIENCE_MS),
      ...env,
      // By this number the kernel notices if the runner is killed, and ends.
      JPY_PARENT_PID: String(process.pid),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C in the terminal reaches the runner, which shuts its kernels down in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

function follow(child: ChildProcess, connection: Connection, folder: string): KernelProcess {
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      printed = (printed + chunk).slice(-4000);
      if (process.env.COKERNEL_TRACE) process.stderr.write(chunk);
    });
  }
  const closed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`the kernel could not be started: ${error.message}`));
    child.once('close', (code, signal) => {
      const log = printed.trimEnd();
      resolve(
        `the kernel's process ended (${signal ?? `exit code ${code}`})${log ? `; its log ends with:\n${log}` : ''}`,
      );
    });
  });
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const ended = closed.then((why) => {
    throw new Error(why);
  });
  // It also rejects after an orderly end, when nobody waits for it any more.
  ended.catch(() => {});
  return {
    connection,
    ended,
    async end(ask) {
      const timer = setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS);
      ask();
      await closed;
      clearTimeout(timer);
      remove();
    },
    kill() {
      child.kill('SIGKILL');
      remove();
    },
  };
}
