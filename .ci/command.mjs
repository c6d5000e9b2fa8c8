// Starting programs: their output passed on or held back until they fail, signals handed down, the same on Windows.

import { spawn } from 'node:child_process';
import { Sentence } from './say.mjs';

const HELD_CHARACTERS = 200_000;

/**
 * Runs a program to its end and resolves with `{ code, output }`. `quiet` holds the output back; `dropOutput` lets
 * only standard error through.
 * Never through a shell, so that paths with spaces and quotes need no escaping on any platform.
 */
export function run(program, args, { quiet = false, dropOutput = false, env = process.env, cwd, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const held = quiet || onLine;
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', dropOutput ? 'ignore' : held ? 'pipe' : 'inherit', held ? 'pipe' : 'inherit'],
      windowsHide: true,
    });
    let output = '';
    let rest = '';
    const take = (chunk) => {
      output = (output + chunk).slice(-HELD_CHARACTERS);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) onLine?.(line);
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    const letGo = handDownSignals(child);
    child.once('error', (error) => {
      letGo();
      reject(new Sentence(`${program} could not be started: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      letGo();
      resolve({ code: code ?? (signal ? 128 : 1), output, signal });
    });
  });
}

/** As `run`, but a failure is thrown as a sentence with the end of the program's output. */
export async function must(what, program, args, options = {}) {
  const { code, output } = await run(program, args, { quiet: true, ...options });
  if (code !== 0) throw new Sentence(`${what} failed (exit code ${code}).\n${output.trimEnd().slice(-6000)}`);
  return output;
}

/**
 * While a child runs, Ctrl-C and a request to end are the child's to answer: this process waits for it. A terminal
 * sends Ctrl-C to the child as well; a second one does it no harm.
 */
function handDownSignals(child) {
  const signals = process.platform === 'win32' ? ['SIGINT'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const handDown = (signal) => {
    if (process.platform !== 'win32') child.kill(signal);
  };
  for (const signal of signals) process.on(signal, handDown);
  return () => {
    for (const signal of signals) process.off(signal, handDown);
  };
}
