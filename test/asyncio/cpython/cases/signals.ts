// The signal handlers of test_events.py and test_unix_events.py: see signals.py for the same in Python.
import { type Coroutine, coroutine, Event, getRunningLoop, waitFor } from 'cokernel';
import { print, raised } from '../judge.ts';

function note(...args: unknown[]): void {
  print('signal', ...args);
}

/** What the loop is to have, for the cases that are listed in known.ts until it has. */
interface Signals {
  addSignalHandler<A extends unknown[]>(signal: NodeJS.Signals, call: (...args: A) => unknown, ...args: A): void;
  addSignalHandler(signal: NodeJS.Signals, call: Coroutine<unknown>): void;
  removeSignalHandler(signal: NodeJS.Signals): boolean;
}
const signals = (): Signals => {
  const loop = getRunningLoop() as unknown as Signals;
  // Without it the signal would end the process that runs all the cases.
  if (typeof loop.addSignalHandler !== 'function') throw new TypeError('addSignalHandler is missing');
  return loop;
};

export const EventLoopTestsMixin = {
  test_add_signal_handler: coroutine(async () => {
    const got = new Event();
    signals().addSignalHandler('SIGUSR1', () => got.set());
    process.kill(process.pid, 'SIGUSR1');
    await waitFor(got.wait(), 1);
    print(signals().removeSignalHandler('SIGUSR1'), signals().removeSignalHandler('SIGUSR1'));
  }),

  test_signal_handling_args: coroutine(async () => {
    const got = new Event();
    const handle = (...args: string[]) => {
      note(...args);
      got.set();
    };
    signals().addSignalHandler('SIGUSR2', handle, 'some', 'args');
    process.kill(process.pid, 'SIGUSR2');
    await waitFor(got.wait(), 1);
    signals().removeSignalHandler('SIGUSR2');
  }),
};

export const SelectorEventLoopSignalTests = {
  test_add_signal_handler_coroutine_error: coroutine(async () => {
    const coro = coroutine(async () => {});
    const one = coro();
    print(raised(() => signals().addSignalHandler('SIGUSR1', one)));
    one.close();
  }),

  test_add_signal_handler_install_error2: coroutine(async () => {
    print(raised(() => signals().addSignalHandler('SIGKILL', note)).split('(')[0]);
  }),

  test_remove_signal_handler: coroutine(async () => {
    print(signals().removeSignalHandler('SIGUSR1'));
  }),

  test_our_second_handler_replaces_the_first: coroutine(async () => {
    const got = new Event();
    signals().addSignalHandler('SIGUSR1', note, 'first');
    signals().addSignalHandler('SIGUSR1', () => got.set());
    process.kill(process.pid, 'SIGUSR1');
    await waitFor(got.wait(), 1);
    print('second only', signals().removeSignalHandler('SIGUSR1'));
  }),
};
