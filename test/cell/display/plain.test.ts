// The text of a value: as Node's, but never long and never slow, whatever a value holds and wherever it lies.

import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { LIMITS } from '../../../runtime/cell/display/limits.ts';
import { plainText } from '../../../runtime/cell/display/plain.ts';

const custom = inspect.custom;

/** Objects each of which lists all: paths through them are without number. */
function neighbours(): object[] {
  const all: { id: number; neighbours?: object[] }[] = Array.from({ length: 30 }, (_, id) => ({ id }));
  for (const one of all) one.neighbours = all.filter((other) => other !== one);
  return all;
}

class ByHelper {
  held = neighbours();
  [custom](_depth: number, options: object, show: typeof inspect): string {
    return `ByHelper ${show(this.held, options)}`;
  }
}

class ByValue {
  held = neighbours();
  [custom](): unknown {
    return this.held;
  }
}

test.each<[string, () => unknown]>([
  ['by themselves', neighbours],
  ['inside a promise', () => Promise.resolve(neighbours())],
  ['beside a proxy', () => [new Proxy({}, {}), neighbours()]],
  ['behind a proxy', () => new Proxy(neighbours(), {})],
  ['behind proxies', () => neighbours().map((each) => new Proxy(each, {}))],
  ['as the cause of an error', () => new Error('caused', { cause: neighbours() })],
  ['in an iterator', () => new Set(neighbours()).values()],
  ['in the text of an inspect method', () => new ByHelper()],
  ['as what an inspect method returns', () => [new ByValue()]],
  ['as what many inspect methods return', () => Array.from({ length: 100 }, () => new ByValue())],
])('thirty objects that list one another show in part, %s', (_name, make) => {
  const value = make();
  for (const options of [{}, { depth: null }, { depth: 10, maxArrayLength: null }]) {
    const from = process.cpuUsage();
    const text = plainText(value, options);
    const { user } = process.cpuUsage(from);
    expect(text).toMatch(/id: 29|Proxy|more characters/);
    expect(text.length).toBeLessThanOrEqual(LIMITS.text);
    expect(user).toBeLessThan(3_000_000);
  }
});

class Later extends Promise<number> {}

class Named {
  inner = { list: [1, 2] };
  [custom](_depth: number, options: object, show: typeof inspect): string {
    return `Named ${show(this.inner, options)}`;
  }
}

class Itself {
  kept = 1;
  [custom](): unknown {
    return this;
  }
}

const rejected = Promise.reject(new TypeError('refused'));
rejected.catch(() => {});
const circle: Record<string, unknown> = { soon: Promise.resolve(1) };
circle.self = circle;

test.each<[string, unknown]>([
  ['a promise of an object', Promise.resolve({ a: [1, { b: 2 }] })],
  ['a promise that was rejected', rejected],
  ['a promise that is pending', new Promise(() => {})],
  [
    'promises of plain values',
    [1n, Number.NaN, -0, undefined, null, Symbol('s'), 'x'].map((each) => Promise.resolve(each)),
  ],
  ['a class of promises', Later.resolve(3)],
  ['the entries of a Map', new Map([[{ k: 1 }, { v: 1 }]]).entries()],
  ['the keys of a Map', new Map([['k', 1]]).keys()],
  ['the values of a Set', [new Set([1, { a: 1 }]).values()]],
  ['many entries', new Set(Array.from({ length: 150 }, (_, at) => at)).values()],
  ['an error with causes', new Error('a', { cause: new Error('b', { cause: Promise.resolve(1) }) })],
  ['errors with properties', Object.assign(new AggregateError([new Error('1')], 'many'), { soon: Promise.resolve(1) })],
  ['an inspect method', [new Named(), { named: new Named() }]],
  ['an inspect method that returns its object', [[new Itself()]]],
  ["Node's classes", [new URL('http://a.b/c?d'), new Headers({ a: 'b' }), Buffer.from('abc')]],
  ['a circle beside a promise', circle],
  ['functions beside a promise', [Promise.resolve(1), () => 1, async () => 1, class B extends Later {}]],
])('%s shows as in Node', (_name, value) => {
  expect(plainText(value)).toBe(inspect(value, { depth: 4 }));
});

test('of more rows than have room, some are shown whole, whatever lengths a person asks for', () => {
  const rows = Array.from({ length: 50_000 }, (_, id) => ({ id, name: `row ${id}`, tags: ['a'] }));
  const wide = Array.from({ length: 900 }, () =>
    Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, at])),
  );
  for (const options of [{ maxArrayLength: null }, { maxArrayLength: 40_000, depth: null }]) {
    const begun = process.cpuUsage();
    const [long, broad] = [plainText(rows, options), plainText(wide, options)];
    expect(process.cpuUsage(begun).user).toBeLessThan(1_000_000);
    expect(long).toMatch(/^\[\n {2}\{ id: 0, name: 'row 0', tags: \[ 'a' \] \},\n/);
    expect(long).toContain('{ id: 600,');
    expect(broad).toMatch(/^\[\n {2}\{\n {4}k0: 0,\n/);
    for (const text of [long, broad]) expect(text.length).toBeLessThanOrEqual(100_000);
  }
  expect(plainText(rows.slice(0, 200), { maxArrayLength: null })).toBe(
    inspect(rows.slice(0, 200), { maxArrayLength: null }),
  );
});

/** What keeps all that it is in private fields, and says it as Date does. */
class Day {
  static ran = 0;
  readonly #text: unknown;
  constructor(text: unknown) {
    this.#text = text;
  }
  toString(options?: object): string {
    Day.ran++;
    if (options !== undefined) throw new TypeError('options');
    return this.#text as string;
  }
  toJSON(): string {
    return this.toString();
  }
}

test('a value that has only its string is shown by it, also among others', () => {
  const day = new Day('2025-02-03');
  expect(plainText([day, { at: day }, new Map([[day, new Proxy(day, {})]])])).toBe(
    '[ 2025-02-03, { at: 2025-02-03 }, Map(1) { 2025-02-03 => 2025-02-03 } ]',
  );
  const { Temporal } = globalThis as { readonly Temporal?: { readonly Duration: { from(given: object): unknown } } };
  if (Temporal) expect(plainText([Temporal.Duration.from({ hours: 3 })])).toBe('[ PT3H ]');
});

test('it is shown as in Node if it has more than that, or no string of use', () => {
  class Silent {
    toString(): string {
      return 'unseen';
    }
  }
  const throwing = {
    toJSON() {},
    toString() {
      throw new Error('no');
    },
  };
  const values = [
    ...['', 'a\nb', 'x'.repeat(200), '[object Day]', 5].map((text) => new Day(text)),
    ...[Object.assign(new Day('x'), { more: 1 }), new Silent(), new Date(0), new Date(Number.NaN), Buffer.alloc(0)],
    Object.create(throwing),
  ];
  for (const value of values) expect(plainText([value])).toBe(inspect([value]));
  const before = Day.ran;
  expect(plainText([new Day('x')], { customInspect: false })).toBe('[ Day {} ]');
  expect(Day.ran).toBe(before);
});

test('an error of a package has no name of the notebook in the form that is compiled', () => {
  const error = new ReferenceError('count\u200c is not defined');
  expect(error.stack).toContain('\u200c');
  expect(plainText(error)).toContain('ReferenceError: count is not defined\n');
  expect(plainText({ caught: error })).not.toContain('\u200c');
});
