// The signal handlers of test_events.py and test_unix_events.py: see signals.py for the same in Python.
import { coroutine, Event, getRunningLoop, waitFor } from 'cokernel';
import { print, raised } from '../judge.ts';

function note(...args: unknown[]): void {
  print('signal', ...args);
}

export const EventLoopTestsMixin = {
  test_add_signal_handler: coroutine(async () => {
    const got = new Event();
    getRunningLoop().addSignalHandler('SIGUSR1', () => got.set());
    process.kill(process.pid, 'SIGUSR1');
    await waitFor(got.wait(), 1);
    print(getRunningLoop().removeSignalHandler('SIGUSR1'), getRunningLoop().removeSignalHandler('SIGUSR1'));
  }),

  test_signal_handling_args: coroutine(async () => {
    const got = new Event();
    const handle = (...args: string[]) => {
      note(...args);
      got.set();
    };
    getRunningLoop().addSignalHandler('SIGUSR2', handle, 'some', 'args');
    process.kill(process.pid, 'SIGUSR2');
    await waitFor(got.wait(), 1);
    getRunningLoop().removeSignalHandler('SIGUSR2');
  }),
};

export const SelectorEventLoopSignalTests = {
  test_add_signal_handler_coroutine_error: coroutine(async () => {
    const coro = coroutine(async () => {});
    const one = coro();
    print(raised(() => getRunningLoop().addSignalHandler('SIGUSR1', one as never)));
    one.close();
  }),

  test_add_signal_handler_install_error2: coroutine(async () => {
    print(raised(() => getRunningLoop().addSignalHandler('SIGKILL', note)).split('(')[0]);
  }),

  test_remove_signal_handler: coroutine(async () => {
    print(getRunningLoop().removeSignalHandler('SIGUSR1'));
  }),

  test_our_second_handler_replaces_the_first: coroutine(async () => {
    const got = new Event();
    getRunningLoop().addSignalHandler('SIGUSR1', note, 'first');
    getRunningLoop().addSignalHandler('SIGUSR1', () => got.set());
    process.kill(process.pid, 'SIGUSR1');
    await waitFor(got.wait(), 1);
    print('second only', getRunningLoop().removeSignalHandler('SIGUSR1'));
  }),
};
