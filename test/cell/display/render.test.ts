// Values as results: their text and their rich forms.

import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { coroutine, Lock, sleep } from '../../../runtime/asyncio/index.ts';
import { limitOwnCode } from '../../../runtime/cell/display/own-code.ts';
import { isShown, render } from '../../../runtime/cell/display/render.ts';

const display = Symbol.for('Jupyter.display');
const custom = Symbol.for('nodejs.util.inspect.custom');
const never = (): never => {
  throw new Error('user code ran');
};

async function bundle(value: unknown): Promise<Readonly<Record<string, unknown>>> {
  return (await render(value)).data;
}

function text(value: unknown): string {
  const rendered = render(value);
  if (rendered instanceof Promise) throw new Error('a result at once was expected');
  return String(rendered.data['text/plain']);
}

test('undefined shows nothing, everything else does', () => {
  expect(isShown(undefined)).toBe(false);
  for (const value of [null, 0, '', false, [], {}, new Proxy({}, {})]) expect(isShown(value)).toBe(true);
  // What has shown itself already, such as the table of watch().
  expect(isShown({ [Symbol.for('Jupyter.display')]: null })).toBe(false);
});

test('plain values show as in Node, as text only', async () => {
  expect(await bundle({ a: [1, 'x'], b: new Map([['k', 1n]]) })).toEqual({
    'text/plain': "{ a: [ 1, 'x' ], b: Map(1) { 'k' => 1n } }",
  });
  expect(text('it')).toBe("'it'");
  expect(text(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  expect(text(Buffer.from('hi'))).toBe('<Buffer 68 69>');
  expect(text(class Shop {})).toBe('[class Shop]');
  expect(text(Symbol('s'))).toBe('Symbol(s)');
  expect(text(Object.create(null))).toBe('[Object: null prototype] {}');
});

test('a circle is marked, and deep nesting is cut off', () => {
  const circle: Record<string, unknown> = { a: 1 };
  circle.self = circle;
  expect(text(circle)).toBe('<ref *1> { a: 1, self: [Circular *1] }');
  let deep = {};
  for (let level = 0; level < 10_000; level++) deep = { deep };
  expect(text(deep)).toContain('[Object]');
});

test('an error shows its stack', () => {
  expect(text(new TypeError('broken'))).toMatch(/^TypeError: broken\n {4}at /);
});

test('no getter runs', () => {
  class Shop {
    open = true;
    get stock(): number {
      return never();
    }
  }
  expect(text(new Shop())).toBe('Shop { open: true }');
  expect(
    text({
      get lazy() {
        return never();
      },
      a: 1,
    }),
  ).toBe('{ lazy: [Getter], a: 1 }');
  expect(
    text({
      get [Symbol.toStringTag]() {
        return never();
      },
      a: 1,
    }),
  ).toContain('a: 1');
  expect(text(Object.defineProperty(new Error('m'), 'message', { get: never }))).toBe('[Error]');
  class Named {
    static get name(): string {
      return never();
    }
    a = 1;
  }
  expect(text(new Named())).toContain('a: 1');
});

test('no trap of a proxy runs, wherever the proxy lies', () => {
  const traps = new Proxy({}, { get: () => never });
  const proxy = new Proxy(
    {
      a: 1,
      get b() {
        return never();
      },
    },
    traps,
  );
  expect(text(proxy)).toBe('Proxy({ a: 1, b: [Getter] })');
  expect(text(new Proxy(proxy, traps))).toBe('Proxy(Proxy({ a: 1, b: [Getter] }))');
  expect(text([{ in: proxy }])).toBe('[ { in: Proxy({ a: 1, b: [Getter] }) } ]');
  expect(text(Object.create(proxy))).toBe('{}');
  expect(text(new Map([[proxy, new Set([proxy])]]))).toContain('a: 1');
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  expect(text({ gone: revoked.proxy })).toBe('{ gone: <Revoked Proxy> }');
});

test('a large Map or Set beside a proxy also shows how many entries it has', () => {
  const large = Array.from({ length: 1000 }, (_, index) => index);
  const shown = text([new Proxy({}, {}), new Map(large.map((each) => [each, each])), new Set(large)]);
  expect(shown).toMatch(/Map\(1000\) \{[\s\S]*99 => 99,\n\s*\.\.\. 900 more items\n/);
  expect(shown).toMatch(/Set\(1000\) \{[\s\S]*\.\.\. 900 more items\n/);
});

test('a displayable value is displayed through a proxy too', async () => {
  const frame = new Proxy(
    { [custom]: () => 'shape: (2, 3)', [display]: () => ({ 'text/html': '<table>' }) },
    { get: never },
  );
  expect(await bundle(frame)).toEqual({ 'text/html': '<table>', 'text/plain': 'shape: (2, 3)' });
});

test.each<[string, () => unknown]>([
  ['a long array', () => Array.from({ length: 1_000_000 }, (_, index) => index)],
  ['a large typed array', () => new Float64Array(10_000_000)],
  ['a large Map', () => new Map(Array.from({ length: 100_000 }, (_, index) => [index, {}]))],
  ['a long string', () => 'x'.repeat(10_000_000)],
  [
    'an object with many keys',
    () => Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, index])),
  ],
  [
    'a wide tree',
    () => {
      let tree: unknown = 1;
      for (let level = 0; level < 6; level++) tree = Array(100).fill(tree);
      return tree;
    },
  ],
  ['many long strings', () => Array.from({ length: 100 }, () => Array(100).fill('y'.repeat(100_000)))],
  ['many proxies', () => Array.from({ length: 5_000 }, () => new Proxy({}, {}))],
])('%s shows in part', (_name, make) => {
  const shown = text(make());
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.length).toBeLessThan(110_000);
  expect(shown).toMatch(/more|\[Array\]|…/);
});

test("a value's own inspect method is ignored if it throws", () => {
  expect(text({ [custom]: never, a: 1 })).toContain('a: 1');
});

test('Symbol.for("Jupyter.display") gives the bundle, or a promise of it, and bytes become base64', async () => {
  expect(await bundle({ [display]: () => ({ 'text/html': '<b>', 'text/plain': 'b' }) })).toEqual({
    'text/html': '<b>',
    'text/plain': 'b',
  });
  const slow = { [display]: async () => ({ 'image/png': new Uint8Array([1, 2]), 'text/plain': 'p' }) };
  expect(render(slow)).toBeInstanceOf(Promise);
  expect(await bundle(slow)).toEqual({ 'image/png': 'AQI=', 'text/plain': 'p' });
});

test('if a display method fails, the text is left, with the reason', async () => {
  const failing = await render({ a: 1, [display]: never });
  expect(failing.data['text/plain']).toContain('a: 1');
  expect(String(failing.failure)).toBe('Error: user code ran');
  const rejecting = await render({ [display]: async () => never() });
  expect(String(rejecting.failure)).toBe('Error: user code ran');
  const wrong = await render({ [display]: () => 3 });
  expect(String(wrong.failure)).toMatch(/a MIME bundle was expected.*got 3/);
});

test.each<[string, object, Record<string, unknown>]>([
  ['toHTML (arquero, polars)', { toHTML: () => '<table>' }, { 'text/html': '<table>' }],
  ['toSVG by a promise (vega view)', { toSVG: async () => '<svg/>' }, { 'image/svg+xml': '<svg/>' }],
  ['toPng with bytes', { toPng: () => new Uint8Array([1]) }, { 'image/png': 'AQ==' }],
  ['toPng with a data URL', { toPng: () => 'data:image/png;base64,AQ==' }, { 'image/png': 'AQ==' }],
  ['toMarkdown', { toMarkdown: () => '# x' }, { 'text/markdown': '# x' }],
  [
    'toSpec (vega-lite-api)',
    { toSpec: () => ({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json' }) },
    { 'application/vnd.vegalite.v5+json': { $schema: 'https://vega.github.io/schema/vega-lite/v6.json' } },
  ],
  [
    'a vega specification',
    { $schema: 'https://vega.github.io/schema/vega/v5.json' },
    { 'application/vnd.vega.v5+json': { $schema: 'https://vega.github.io/schema/vega/v5.json' } },
  ],
  ['a canvas', { getContext() {}, toDataURL: () => 'data:image/png;base64,AQ==' }, { 'image/png': 'AQ==' }],
  ['an SVG element', { outerHTML: '<svg></svg>', ownerDocument: {} }, { 'image/svg+xml': '<svg></svg>' }],
  ['an HTML element', { outerHTML: '<p></p>', ownerDocument: {} }, { 'text/html': '<p></p>' }],
  ['PNG bytes', Buffer.from('89504e470d0a1a0a00', 'hex'), { 'image/png': 'iVBORw0KGgoA' }],
])('%s shows as what it is', async (_name, value, expected) => {
  expect(await bundle(value)).toMatchObject(expected);
  expect(await bundle(value)).toHaveProperty(['text/plain']);
});

test('an element of a DOM library whose markup is a getter of its class', async () => {
  class Element {
    ownerDocument = {};
    get outerHTML(): string {
      return '<svg viewBox="0 0 1 1"></svg>';
    }
  }
  expect(await bundle(new Element())).toHaveProperty(['image/svg+xml']);
});

test('a data frame of danfo.js is shown as a table', async () => {
  expect((await bundle({ $columns: ['a'], $data: [[1], [2]] }))['text/html']).toContain('<table');
});

test('objects of the library look as in Python, alone and inside others', async () => {
  const hello = coroutine(function* greet() {
    yield* sleep(0);
  });
  const [made, inside] = [hello(), hello()];
  expect(text(made)).toBe('<coroutine object greet>');
  expect(text([inside, new Lock()])).toMatch(/^\[ <coroutine object greet>, <Lock .*unlocked.*> \]$/);
  made.close();
  inside.close();
});

describe('a large object', () => {
  const large = (length = 3_000): object => Object.fromEntries(Array.from({ length }, (_, at) => [`key${at}`, at]));
  /** How often a list of so many keys was made. */
  const listings = (value: unknown): number => {
    const lists = [jest.spyOn(Object, 'keys'), jest.spyOn(Reflect, 'ownKeys')].map(({ mock }) => mock.results);
    text(value);
    return lists.flat().filter((made) => (made.value as readonly unknown[]).length >= 3_000).length;
  };
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test.each([
    ['itself', () => large()],
    ['of a class', () => Object.assign(new (class Much {})(), large())],
    ['in an array', () => [large(), 1]],
    ['with properties for its own use', () => Object.assign(new (class Much {})(), large(), { _own: 1 })],
    ['that is a function', () => Object.assign(() => {}, large())],
  ])('%s is listed once', (_, make) => {
    expect(listings(make())).toBe(1);
  });

  test('of several, those beyond 300,000 keys are shown by their class', () => {
    const all = Array.from({ length: 30 }, () => large(20_000));
    expect(listings(all)).toBe(15);
    expect(text(all)).toContain('[Object]');
  });
});

test('a value of which one method was given up has no other one called', () => {
  const called: string[] = [];
  limitOwnCode((call) => {
    call();
    return 'over';
  });
  const own = (name: string) => () => {
    called.push(name);
    return name;
  };
  class Slow {
    toHtml = own('toHtml');
    [custom] = own('inspect');
    toString = own('toString');
  }
  const rendered = render(new (class extends Slow {})());
  limitOwnCode((call) => {
    call();
    return 'whole';
  });
  expect(called).toEqual(['toHtml']);
  expect(rendered).toMatchObject({
    failure: { name: 'GivenUp' },
    data: { 'text/plain': expect.not.stringMatching(/\n/) },
  });
});

test('rows that hold all rows are a table', async () => {
  const rows: { id: number; all?: object }[] = Array.from({ length: 2_000 }, (_, id) => ({ id }));
  for (const row of rows) row.all = rows;
  const { 'text/html': html } = await bundle(rows);
  expect(html).toContain('… 1900 more rows');
  expect(html).toContain('[\n  [Object], [Object],');
});
