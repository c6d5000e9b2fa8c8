// What the types say: checked when the tests are type-checked; at run time there is only that the values agree.
// biome-ignore-all lint/correctness/useYield: bodies without awaits are enough for types.
import { expect, test } from '@jest/globals';
import {
  type AsyncGeneratorObject,
  asCompleted,
  asyncGenerator,
  awaiting,
  ContextVar,
  type Coroutine,
  type CoroutineFunction,
  copyContext,
  coroutine,
  type Future,
  gather,
  getRunningLoop,
  run,
  sleep,
  waitFor,
} from '../../runtime/asyncio/index.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_T extends true>(): void => {};

test('hello is a CoroutineFunction, hello() a Coroutine, await hello() its value', async () => {
  const hello = coroutine(function* (name: string) {
    yield* sleep(0);
    return `hello ${name}`;
  });
  is<Same<typeof hello, CoroutineFunction<[name: string], string>>>();
  is<Same<ReturnType<typeof hello>, Coroutine<string>>>();
  is<Same<Awaited<ReturnType<typeof hello>>, string>>();
  const main = coroutine(function* () {
    const one = yield* hello('a');
    const [two, three] = yield* gather(hello('b'), sleep(0, 3));
    const four = yield* waitFor(hello('d'), 1);
    is<Same<typeof one, string>>();
    is<Same<typeof two, string>>();
    is<Same<typeof three, number>>();
    is<Same<typeof four, string>>();
    return { one, two, three, four };
  });
  expect(await run(main())).toEqual({ one: 'hello a', two: 'hello b', three: 3, four: 'hello d' });
});

test('a context may come after the arguments of a callback, which are checked all the same', async () => {
  const name = new ContextVar('name', { default: 'none' });
  const context = copyContext();
  context.run(() => void name.set('mine'));
  const main = coroutine(function* () {
    const loop = getRunningLoop();
    const seen: string[] = [];
    const note = (n: number): void => void seen.push(`${n} ${name.get()}`);
    loop.callSoon(note, 1, { context });
    loop.callSoonThreadsafe(note, 2, { context });
    loop.callLater(0.1, note, 3, { context });
    loop.callAt(loop.time() + 0.2, note, 4, { context });
    loop.callSoon(() => note(5), { context });
    loop.callSoon(note, 6);
    // @ts-expect-error: no number
    const wrong = (): unknown => loop.callSoon(note, 'one', { context });
    // @ts-expect-error: no context
    const none = (): unknown => loop.callSoon(note, 1, { context: {} });
    yield* sleep(1);
    return [...seen, typeof wrong, typeof none];
  });
  expect(await run(main(), { clock: 'virtual' })).toEqual([
    ...['1 mine', '2 mine', '5 mine', '6 none', '3 mine', '4 mine'],
    ...['function', 'function'],
  ]);
});

test('the async form has the same types', () => {
  type Made = typeof coroutine extends infer _ ? true : never;
  is<Made>();
  const typed = (): void => {
    const hello = coroutine(async (n: number) => `hello ${n}`);
    is<Same<typeof hello, CoroutineFunction<[n: number], string>>>();
    is<Same<Awaited<ReturnType<typeof hello>>, string>>();
  };
  // Not called: here the literal is not compiled.
  expect(typeof typed).toBe('function');
});

test('a coroutine returned from a generator form stays a coroutine, and its type says so', async () => {
  const inner = coroutine(function* () {
    return 1;
  });
  const outer = coroutine(function* () {
    return inner();
  });
  is<Same<ReturnType<typeof outer>, Coroutine<Coroutine<number>>>>();
  const main = coroutine(function* () {
    const held = yield* outer();
    is<Same<typeof held, Coroutine<number>>>();
    return yield* held;
  });
  expect(await run(main())).toBe(1);
});

test('an async generator is an AsyncIterable, an AsyncGenerator, and what another one reads', async () => {
  const count = asyncGenerator(function* (to: number) {
    for (let i = 0; i < to; i++) {
      yield* sleep(0);
      yield i;
    }
    return 'end';
  });
  const takes = (source: AsyncIterable<number>): AsyncIterable<number> => source;
  const generator: AsyncGenerator<number, string> = count(3);
  const iterator: AsyncIterator<number> = count(3);
  const make: (to: number) => AsyncGenerator<number, string> = count;
  is<Same<ReturnType<typeof count>, AsyncGeneratorObject<number, string>>>();
  const typed = (): void => {
    const doubled = asyncGenerator(async function* (source: AsyncIterable<number>) {
      for await (const n of source) yield n * 2;
    });
    const twice = doubled(doubled(count(3)));
    const sent = asyncGenerator(async function* (): AsyncGenerator<string, void, number> {
      const n = yield 'a';
      is<Same<typeof n, number>>();
    });
    takes(twice);
    takes(sent() satisfies AsyncIterable<string> as never);
    const native: AsyncGenerator<string, void, number> = sent();
    void native;
  };
  expect(typeof typed).toBe('function');
  const main = coroutine(function* () {
    const first = yield* generator.next() as Coroutine<IteratorResult<number, string>>;
    const last = yield* make(1).return(Promise.resolve('given')) as Coroutine<IteratorResult<number, string>>;
    return [first, last, iterator.next instanceof Function];
  });
  expect(await run(main())).toEqual([{ done: false, value: 0 }, { done: true, value: 'given' }, true]);
});

test('a coroutine goes wherever a promise is expected', async () => {
  const fails = coroutine(function* () {
    yield* sleep(0);
    throw new Error('no');
  });
  const main = coroutine(function* () {
    const log: string[] = [];
    const promise: Promise<void> = sleep(0);
    const caught: Promise<string> = fails().catch((error) => (error as Error).message);
    const native = (async () => {
      await promise.finally(() => log.push('finally'));
      return [await caught, ...log];
    })();
    return yield* awaiting(native);
  });
  expect(await run(main())).toEqual(['no', 'finally']);
});

test('asCompleted gives coroutines, and by its async iterator futures; an await of either has the type of the value', async () => {
  const main = coroutine(function* () {
    const completions = asCompleted([sleep(0, 'one'), sleep(0, 'two')]);
    const [first] = completions;
    is<Same<typeof first, Coroutine<string> | undefined>>();
    const step = yield* awaiting(completions[Symbol.asyncIterator]().next());
    if (first === undefined || step.done === true) return [];
    is<Same<typeof step.value, Future<string>>>();
    const second = yield* step.value;
    is<Same<typeof second, string>>();
    return [yield* first, second].sort();
  });
  expect(await run(main())).toEqual(['one', 'two']);
});
