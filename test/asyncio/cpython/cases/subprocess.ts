// test_subprocess.py: see subprocess.py for the same in Python.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coroutine,
  createSubprocess,
  createSubprocessShell,
  createTask,
  gather,
  type StreamWriter,
  sleep,
  TimeoutError,
  waitFor,
} from 'cokernel';
import { outcome, print, raised, ticks } from '../judge.ts';

const start = createSubprocess;
const head = (text: string): string => text.split('(')[0] as string;

export const SubprocessMixin = {
  test_stdin_stdout: coroutine(async () => {
    const process = await start('cat');
    process.stdin?.write('some data');
    await (process.stdin as StreamWriter).drain();
    process.stdin?.close();
    print(await (process.stdout as NonNullable<typeof process.stdout>).read(), await process.wait());
  }),

  test_communicate: coroutine(async () => {
    const process = await start('cat');
    print(await process.communicate('some data'), process.returncode);
  }),

  test_shell: coroutine(async () => {
    const process = await createSubprocessShell('exit 7');
    print(await process.wait());
  }),

  test_our_shell_pipeline: coroutine(async () => {
    const process = await createSubprocessShell("printf 'b\\na\\n' | sort");
    print(await process.communicate());
  }),

  test_kill: coroutine(async () => {
    const process = await start('sleep', ['60']);
    process.kill();
    print((await process.wait()) === -constants.signals.SIGKILL, process.returncode);
  }),

  test_terminate: coroutine(async () => {
    const process = await start('sleep', ['60']);
    process.terminate();
    print((await process.wait()) === -constants.signals.SIGTERM, process.returncode);
  }),

  test_send_signal: coroutine(async () => {
    const process = await start('sh', ['-c', "trap 'exit 3' HUP; echo ready; while :; do sleep 0.01; done"]);
    print(await (process.stdout as NonNullable<typeof process.stdout>).readline());
    process.sendSignal('SIGHUP');
    print(await process.wait());
  }),

  test_our_exit_codes_by_signal: coroutine(async () => {
    for (const name of ['USR1', 'SEGV', 'PIPE', 'QUIT', 'ALRM', 'TERM', 'INT']) {
      const process = await start('sh', ['-c', `kill -${name} $$`]);
      print(name, await process.wait());
    }
  }),

  test_stdin_broken_pipe: coroutine(async () => {
    const process = await start('true');
    await process.wait();
    let ended = 'None';
    for (let left = 50; left > 0; left--) {
      process.stdin?.write('x'.repeat(100_000));
      ended = await outcome((process.stdin as StreamWriter).drain());
      if (ended !== 'None') break;
      await sleep(0.001);
    }
    print(['BrokenPipeError', 'ConnectionResetError'].includes(head(ended)));
  }),

  test_communicate_ignore_broken_pipe: coroutine(async () => {
    const process = await start('true');
    print(await process.communicate('x'.repeat(1_000_000)), process.returncode);
  }),

  test_empty_input: coroutine(async () => {
    const process = await start('cat');
    print(await process.communicate(''));
  }),

  test_devnull_input: coroutine(async () => {
    const process = await start('cat', [], { stdin: 'ignore' });
    print(process.stdin, await process.communicate());
  }),

  test_devnull_output: coroutine(async () => {
    const process = await start('echo', ['hello'], { stdout: 'ignore' });
    print(process.stdout, await process.communicate());
  }),

  test_devnull_error: coroutine(async () => {
    const process = await start('sh', ['-c', 'echo error >&2'], { stderr: 'ignore' });
    print(process.stderr, await process.communicate());
  }),

  test_our_no_pipes: coroutine(async () => {
    const process = await start('true', [], { stdin: 'inherit', stdout: 'inherit', stderr: 'inherit' });
    print(process.stdin, process.stdout, process.stderr, await process.communicate());
  }),

  test_our_stderr: coroutine(async () => {
    const process = await start('sh', ['-c', 'echo out; echo err >&2']);
    print(await process.communicate());
  }),

  test_our_stderr_redirect_to_stdout: coroutine(async () => {
    const process = await start('sh', ['-c', 'echo out; echo err >&2'], { stderr: 'stdout' });
    print(process.stderr, await process.communicate());
  }),

  test_cancel_process_wait: coroutine(async () => {
    const process = await start('sleep', ['60']);
    const task = createTask(process.wait());
    await sleep(0.01);
    task.cancel();
    print(await outcome(task), process.returncode);
    process.kill();
    print(await process.wait());
  }),

  test_popen_error: coroutine(async () => {
    print(head(await outcome(start('no-such-program-at-all'))));
  }),

  test_our_popen_error_with_cwd: coroutine(async () => {
    print(head(await outcome(start('true', [], { cwd: '/nowhere/at/all' }))));
  }),

  test_read_stdout_after_process_exit: coroutine(async () => {
    const process = await start('sh', ['-c', 'echo one; echo two']);
    await process.wait();
    await sleep(0.02);
    const stdout = process.stdout as NonNullable<typeof process.stdout>;
    print(await stdout.readline(), await stdout.read());
  }),

  test_subprocess_communicate_stdout: coroutine(async () => {
    const process = await start('echo', ['hello'], { stdin: 'inherit', stderr: 'inherit' });
    print(await process.communicate());
  }),

  test_our_returncode_while_running: coroutine(async () => {
    const process = await start('sleep', ['60']);
    print(process.returncode, process.pid > 0);
    process.kill();
    await process.wait();
  }),

  test_our_wait_twice: coroutine(async () => {
    const process = await start('sh', ['-c', 'exit 5']);
    print(await gather(process.wait(), process.wait()), await process.wait());
  }),

  test_our_signal_after_exit: coroutine(async () => {
    const process = await start('true');
    await process.communicate();
    await ticks(5);
    print(head(raised(() => process.terminate())), head(raised(() => process.kill())));
    print(head(raised(() => process.sendSignal('SIGHUP'))));
  }),

  test_our_env: coroutine(async () => {
    const env = { MINE: 'yes', PATH: globalThis.process.env.PATH };
    const process = await start('sh', ['-c', 'echo $MINE'], { env });
    print(await process.communicate());
  }),

  test_our_cwd: coroutine(async () => {
    const process = await start('pwd', [], { cwd: '/' });
    print(await process.communicate());
  }),

  test_our_large_output: coroutine(async () => {
    const process = await start('sh', ['-c', 'head -c 1000000 /dev/zero']);
    const [out] = await process.communicate();
    print(out?.length);
  }),

  test_our_stdout_lines: coroutine(async () => {
    const process = await start('sh', ['-c', 'echo a; echo b; echo c']);
    const lines: Buffer[] = [];
    for await (const line of process.stdout as NonNullable<typeof process.stdout>) lines.push(line);
    print(lines, await process.wait());
  }),

  test_our_two_at_once: coroutine(async () => {
    const run = coroutine(async (word: string) => {
      const process = await start('echo', [word]);
      const [out] = await process.communicate();
      return out;
    });
    print(await gather(run('a'), run('b')));
  }),

  test_our_timeout_kills_by_hand: coroutine(async () => {
    const process = await start('sleep', ['60']);
    try {
      await waitFor(process.communicate(), 0.05);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      process.kill();
      print(await process.wait());
    }
  }),

  test_our_cancelled_while_starting: coroutine(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cokernel-'));
    try {
      const script = 'until [ -e go ]; do [ -e "$PWD" ] || exit; sleep 0.01; done; echo > alive';
      const starting = start('sh', ['-c', script], { cwd: folder });
      print(await outcome(waitFor(starting, 1e-6)));
      writeFileSync(join(folder, 'go'), '');
      await sleep(0.2);
      print(readdirSync(folder).filter((name) => name !== 'go'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }),

  test_subprocess_repr: coroutine(async () => {
    const process = await start('true');
    print(String(process).replace(String(process.pid), 'PID'));
    await process.wait();
  }),
};
