// The signal handlers of test_events.py and test_unix_events.py: see signals.py for the same in Python.
import {
  CancelledError,
  type Coroutine,
  coroutine,
  currentTask,
  Event,
  getRunningLoop,
  Runner,
  run,
  sleep,
  type Task,
  taskGroup,
  waitFor,
} from 'cokernel';
import { print, raised, show } from '../judge.ts';

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

const interrupt = () => process.kill(process.pid, 'SIGINT');

const waits = coroutine(async (name: string) => {
  try {
    await getRunningLoop().createFuture();
  } finally {
    note('finally', name);
  }
});

async function ended(work: () => Promise<unknown>): Promise<string> {
  try {
    return show(await work());
  } catch (error) {
    return show(error);
  }
}

const ran = (main: Coroutine<unknown>) => ended(() => run(main));

export const RunnerTests = {
  test_interrupt_call_soon: async () => {
    const main = coroutine(async () => {
      try {
        getRunningLoop().callSoon(interrupt);
        await getRunningLoop().createFuture();
      } finally {
        note('finally', currentTask()?.cancelling());
      }
    });
    print(await ran(main()));
    print(await ended(() => new Runner().run(main())));
  },

  test_interrupt_wait: async () => {
    const main = coroutine(async () => {
      await taskGroup(async (tg) => {
        tg.createTask(waits('one'));
        tg.createTask(waits('two'));
        await sleep(0);
        interrupt();
      });
    });
    print(await ran(main()));
  },

  test_interrupt_cancelled_task: async () => {
    const main = coroutine(async () => {
      const task = currentTask() as Task<unknown>;
      task.getLoop().callSoon(() => task.cancel());
      interrupt();
      await sleep(1);
    });
    print(await ran(main()));
  },

  test_our_interrupt_swallowed: async () => {
    const main = coroutine(async () => {
      try {
        interrupt();
        await sleep(1);
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        return 'swallowed';
      }
      return 'not reached';
    });
    print(await ran(main()));
  },

  test_our_handler_of_ones_own: async () => {
    const main = coroutine(async () => {
      const got = new Event();
      getRunningLoop().addSignalHandler('SIGINT', () => got.set());
      interrupt();
      await got.wait();
      return 'mine';
    });
    print(await ran(main()));
  },

  test_our_interrupt_ends_with_the_run: async () => {
    const main = coroutine(async () => process.listenerCount('SIGINT') === 0);
    print(await run(main()), process.listenerCount('SIGINT') === 0);
  },
};
