// Lib/test/test_coroutines.py, test_pep492.py and test_exception_group.py: see coroutines.py for the same in Python.
import {
  addNote,
  type Coroutine,
  coroutine,
  createTask,
  ExceptionGroup,
  gather,
  getCoroutineState,
  isAwaitable,
  isCoroutine,
  isCoroutineFunction,
  Lock,
  LookupError,
  RuntimeError,
  Semaphore,
  sleep,
  ValueError,
} from 'cokernel';
import { errorClass, now, outcome, print, raised, show, ticks } from '../judge.ts';

const ZeroDivisionError = errorClass('ZeroDivisionError');

/** How one step of a coroutine driven by hand ends. */
function step(call: () => IteratorResult<unknown, unknown>): string {
  try {
    const { done, value } = call();
    return done === true ? `returned ${show(value)}` : 'suspended';
  } catch (error) {
    return show(error);
  }
}

const nop = coroutine(async () => {
  await sleep(0);
});

const spam = coroutine(async () => 'spam');

export const CoroutineTest = {
  test_func_1: () => {
    const foo = coroutine(async () => 10);
    const coro = foo();
    print(
      isCoroutine(coro),
      isCoroutineFunction(foo),
      step(() => coro.send()),
    );
  },

  test_func_3: () => {
    const foo = coroutine(async () => 10);
    const coro = foo();
    print(coro, foo);
    coro.close();
  },

  test_func_6: () => {
    const foo = coroutine(async () => {
      await nop();
      await nop();
    });
    const coro = foo();
    print(
      step(() => coro.send()),
      step(() => coro.send()),
      step(() => coro.send()),
    );
  },

  test_func_9: () => {
    const coro = spam();
    print(getCoroutineState(coro));
    coro.close();
    print(getCoroutineState(coro));
  },

  test_func_10: () => {
    const foo = coroutine(async () => {
      try {
        await nop();
      } catch (error) {
        print('except');
        throw error;
      } finally {
        print('finally');
      }
    });
    let coro = foo();
    print(step(() => coro.send()));
    coro.close();
    coro = foo();
    print(
      step(() => coro.send()),
      step(() => coro.throw(new ZeroDivisionError('thrown'))),
    );
  },

  test_func_12: () => {
    const coros: Coroutine<void>[] = [];
    const body = coroutine(async () => {
      coros[0]?.send();
    });
    const coro = body();
    coros.push(coro);
    print(step(() => coro.send()));
  },

  test_func_13: () => {
    const coro = spam();
    print(step(() => coro.send('spam')));
    coro.close();
  },

  test_func_15: () => {
    const reader = coroutine(async (coro: Coroutine<string>) => await coro);
    const coro = spam();
    print(
      step(() => reader(coro).send()),
      step(() => reader(coro).send()),
    );
  },

  test_func_16: () => {
    const send = coroutine(async () => {
      await nop();
      return 'spam';
    });
    const read = coroutine(async (coro: Coroutine<string>) => {
      await nop();
      return await coro;
    });
    const coro = send();
    let reader = read(coro);
    print(
      step(() => reader.send()),
      step(() => reader.send()),
      step(() => reader.throw(new ValueError('ham'))),
    );
    reader = read(coro);
    print(
      step(() => reader.send()),
      step(() => reader.send()),
      step(() => reader.throw(new ValueError('wat'))),
    );
  },

  test_func_17: () => {
    const coro = spam();
    print(
      step(() => coro.send()),
      step(() => coro.send()),
      step(() => coro.throw(new ValueError('wat'))),
    );
    coro.close();
    coro.close();
  },

  test_func_19: () => {
    const foo = coroutine(async () => {
      await nop();
      try {
        await nop();
      } finally {
        print('finally');
      }
    });
    const coro = foo();
    print(
      step(() => coro.send()),
      step(() => coro.send()),
    );
    for (let left = 3; left > 0; left--) coro.close();
  },

  test_our_throw_before_start: () => {
    const never = coroutine(async () => print('never'));
    const coro = never();
    print(
      step(() => coro.throw(new ValueError('early'))),
      getCoroutineState(coro),
    );
  },

  test_our_throw_caught: () => {
    const foo = coroutine(async () => {
      try {
        await nop();
      } catch (error) {
        await nop();
        return `caught ${(error as Error).message}`;
      }
      return null;
    });
    const coro = foo();
    print(
      step(() => coro.send()),
      step(() => coro.throw(new ValueError('it'))),
      step(() => coro.send()),
    );
  },

  test_cr_await: () => {
    const states: string[] = [];
    const coros: Coroutine<void>[] = [];
    const note = () => states.push(getCoroutineState(coros[0] as Coroutine<void>));
    const inner = coroutine(async () => {
      note();
      await nop();
      note();
    });
    const outer = coroutine(async () => {
      await inner();
    });
    const coro = outer();
    coros.push(coro);
    note();
    coro.send();
    note();
    print(step(() => coro.send()));
    note();
    print(states);
  },

  test_await_5: coroutine(async () => {
    const foo = coroutine(async () => await sleep(0.1, 'result'));
    print(await foo(), now());
  }),

  test_await_9: coroutine(async () => {
    const bar = coroutine(async () => 42);
    const foo = coroutine(async () => {
      const b = bar();
      const one = (await bar()) + (await bar()) * (await b);
      return one;
    });
    print(await foo());
  }),

  test_await_11: coroutine(async () => {
    const ident = coroutine(async <T>(value: T) => value);
    const bar = coroutine(async () => [
      (await ident(1)) + (await ident(2)) * 10,
      { a: await ident(3) },
      [await ident(4), await ident(5)],
    ]);
    print(await bar());
  }),

  test_await_13: coroutine(async () => {
    print(await outcome(spam()));
  }),

  test_await_14: coroutine(async () => {
    const foo = coroutine(async (coro: Coroutine<string>) => await coro);
    print(await foo(foo(spam())));
  }),

  test_await_15: coroutine(async () => {
    const waiter = coroutine(async (coro: Coroutine<void>) => {
      await coro;
    });
    const long = coroutine(async () => {
      await sleep(1);
    });
    const coro = long();
    const first = createTask(waiter(coro));
    await ticks();
    print(await outcome(waiter(coro)));
    await first;
  }),

  test_await_16: coroutine(async () => {
    const f = coroutine(async () => new ValueError('returned, not raised'));
    print(await f());
  }),

  test_our_nested_finally_order: coroutine(async () => {
    const level = coroutine(async (n: number): Promise<void> => {
      try {
        if (n > 0) await level(n - 1);
        else throw new RuntimeError('deep');
      } finally {
        await sleep(0);
        print('level', n);
      }
    });
    print(await outcome(level(3)));
  }),

  test_our_return_in_finally: coroutine(async () => {
    const foo = coroutine(async () => {
      try {
        await sleep(0);
        return 'try';
      } finally {
        print('finally');
      }
    });
    print(await foo());
  }),

  test_our_for_break_in_try: coroutine(async () => {
    const foo = coroutine(async () => {
      for (let n = 0; n < 5; n++) {
        try {
          await sleep(0);
          if (n === 1) continue;
          if (n === 3) break;
          print('turn', n);
        } finally {
          print('left', n);
        }
      }
    });
    await foo();
  }),

  test_comp_1: coroutine(async () => {
    const f = coroutine(async (i: number) => i);
    const all: number[] = [];
    for (let i = 0; i < 4; i++) all.push(await f(i));
    let sum = 0;
    for (let i = 0; i < 4; i++) sum += await f(i);
    print(all, sum);
  }),

  test_our_default_argument_raises: coroutine(async () => {
    const bad = (): null => {
      throw new ValueError('default');
    };
    const foo = coroutine(async (value = bad()) => value);
    print(await outcome(foo()));
  }),

  test_our_recursion_by_own_name: coroutine(async () => {
    const run = coroutine(async function fac(n: number): Promise<number> {
      return n === 0 ? 1 : n * (await fac(n - 1));
    });
    print(await run(5));
  }),

  test_our_deep_recursion: coroutine(async () => {
    const depth = coroutine(async (n: number): Promise<number> => (n === 0 ? 0 : 1 + (await depth(n - 1))));
    print(await depth(500));
  }),

  test_our_method: coroutine(async () => {
    class Account {
      total = 0;
      readonly add = coroutine(async (amount: number) => {
        await sleep(0);
        this.total += amount;
      });
    }
    const account = new Account();
    await account.add(1);
    await gather(account.add(2), account.add(3));
    print(account.total);
  }),

  test_our_coroutine_in_a_dict: coroutine(async () => {
    const coros = { a: spam(), b: spam() };
    const all: Record<string, string> = {};
    for (const [name, coro] of Object.entries(coros)) all[name] = await coro;
    print(all);
  }),
};

export const CoroutineTests = {
  test_iscoroutine: coroutine(async () => {
    const coro = spam();
    print(isCoroutine(coro), isCoroutine(spam), isCoroutine(null), await coro);
  }),

  test_iscoroutinefunction: () => print(isCoroutineFunction(spam), isCoroutineFunction(step)),

  test_async_def_coroutines: coroutine(async () => {
    const foo = coroutine(async () => await spam());
    print(await foo());
  }),

  test_our_isawaitable: coroutine(async () => {
    const coro = spam();
    print(isAwaitable(coro), isAwaitable(spam), isAwaitable(1), await coro);
  }),

  test_double_await: coroutine(async () => {
    const afunc = coroutine(async () => {
      await sleep(0.1);
    });
    const runner = coroutine(async () => {
      const coro = afunc();
      const task = createTask(coro);
      try {
        await sleep(0);
        await coro;
      } finally {
        task.cancel();
      }
    });
    print(await outcome(runner()));
  }),

  test_our_context_manager_async_with: coroutine(async () => {
    for (const lock of [new Lock(), new Semaphore()]) {
      {
        using _held = await lock.acquire();
        print(lock.locked());
      }
      print(lock.locked());
    }
  }),
};

const group = (): ExceptionGroup =>
  new ExceptionGroup('all', [
    new ValueError('one'),
    new TypeError('two'),
    new ExceptionGroup('nested', [new ValueError('three'), new RuntimeError('four')]),
  ]);

export const BadConstructorArgs = {
  test_bad_EG_construction__bad_message: () => {
    print(raised(() => new ExceptionGroup(42 as never, [new ValueError()])).split('(')[0]);
  },

  test_bad_EG_construction__bad_excs_sequence: () => print(raised(() => new ExceptionGroup('none', []))),

  test_bad_EG_construction__nested_non_exceptions: () => {
    print(raised(() => new ExceptionGroup('bad', [1, 2] as never)));
  },
};

export const InstanceCreation = {
  test_EG_wraps_Exceptions__creates_EG: () => {
    print(new ExceptionGroup('two', [new ValueError('a'), new TypeError('b')]));
  },
};

export const StrAndReprTests = {
  test_ExceptionGroup: () => print(new ExceptionGroup('one', [new ValueError('a')]).message, group().message),
};

export const ExceptionGroupFields = {
  test_basics_ExceptionGroup_fields: () => {
    const all = group();
    print(all.title, all.exceptions.length, all.exceptions[2]);
  },
};

export const ExceptionGroupSubgroupTests = {
  test_basics_subgroup_split__bad_arg_type: () => {
    print(
      raised(() => group().subgroup(42 as never)).split('(')[0],
      raised(() => group().split(42 as never)).split('(')[0],
    );
  },

  test_basics_subgroup_by_type__passthrough: () => {
    const all = group();
    print(all.subgroup(Error) === all, all.subgroup(ExceptionGroup) === all);
  },

  test_basics_subgroup_by_type__no_match: () => print(group().subgroup(LookupError)),

  test_basics_subgroup_by_type__match: () => {
    print(group().subgroup(ValueError), group().subgroup([TypeError, RuntimeError]));
  },

  test_basics_subgroup_by_predicate__match: () => {
    print(group().subgroup((error: Error) => ['one', 'four'].includes(error.message)));
  },

  test_basics_subgroup_by_predicate__no_match: () => print(group().subgroup(() => false)),
};

export const ExceptionGroupSplitTests = {
  test_basics_split_by_type__passthrough: () => {
    const all = group();
    const [match, rest] = all.split(Error);
    print(match === all, rest);
  },

  test_basics_split_by_type__no_match: () => print(...group().split(LookupError)),

  test_basics_split_by_type__match: () => print(...group().split(ValueError)),

  test_basics_split_by_predicate__match: () => print(...group().split((error: Error) => error.message === 'three')),
};

export const DeepRecursionInSplitAndSubgroup = {
  test_deep_split: () => {
    let deep = new ExceptionGroup('deep', [new TypeError('1')]);
    for (let left = 100; left > 0; left--) deep = new ExceptionGroup('deep', [deep]);
    const [match, rest] = deep.split(TypeError);
    print(match !== null, rest);
  },
};

export const NestedExceptionGroupSplitTest = {
  test_split_copies_notes: () => {
    const [match, rest] = addNote(group(), 'a note').split(ValueError);
    const notes = (error: unknown) => (error as { notes?: string[] }).notes;
    print(notes(match), notes(rest));
  },

  test_our_split_derive: () => {
    class Mine extends ExceptionGroup {
      override derive(errors: readonly Error[]): Mine {
        return new Mine(this.title, errors);
      }
    }
    const [match, rest] = new Mine('mine', [new ValueError('a'), new TypeError('b')]).split(ValueError);
    print(match instanceof Mine, rest instanceof Mine);
  },
};
