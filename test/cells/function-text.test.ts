// String(f) of every form of function, in cells and in local files, beside whatever sends a file or a cell through
// esbuild, and with either compiler: it is the JavaScript of the function as written, and runs elsewhere.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';
import { cleanUp, type KernelProcess, startKernelProcess, textOf } from '../client.ts';

/** A form: what declares it, the function, and its JavaScript; as a member of a class where that says so. */
interface Form {
  readonly title: string;
  readonly declares: string;
  readonly of: string;
  readonly text: string;
  readonly member?: true;
}

const LOOP = 'for (const x of [n]) { n += x; }';
const TYPED = 'for (const x of [n] as number[]) { n += x!; }';
const getter = (of: string, name: string, which: string): string =>
  `Object.getOwnPropertyDescriptor(${of}, '${name}')!.${which}`;

function declared(title: string, head: string, name: string): Form[] {
  const form = (exported: string, name: string): Form => ({
    title: `${exported}${title}`,
    declares: `${exported}${head} ${name}<T>(n: T & number): any { ${TYPED} return n }`,
    of: name,
    text: `${head} ${name}(n) { ${LOOP} return n; }`,
  });
  return [form('', name), form('export ', `${name}E`)];
}

function expression(title: string, name: string, head: string, body = `${TYPED} return n`): Form[] {
  const js = body.replace(TYPED, LOOP);
  const text = `${head} { ${js} }`;
  const typed = `${head.replace('(n)', '(n: number)')} { ${body} }`;
  return [
    { title, declares: `const ${name} = ${typed};`, of: name, text },
    { title: `${title}, exported`, declares: `export const ${name}E = ${typed};`, of: `${name}E`, text },
    {
      title: `${title}, later in a list`,
      declares: `let ${name}First = 1, ${name}L = ${typed};`,
      of: `${name}L`,
      text,
    },
  ];
}

const METHODS: readonly (readonly [title: string, of: string, text: string])[] = [
  ['method', 'm', `m(n) { ${LOOP} return n; }`],
  ['async method', 'am', `async am(n) { ${LOOP} await n; }`],
  ['generator method', 'gm', `*gm(n) { ${LOOP} yield n; }`],
  ['async generator method', 'agm', `async *agm(n) { ${LOOP} yield n; }`],
  ['method with a computed name', 'cm', `['c' + 'm'](n) { ${LOOP} }`],
];

function members(
  title: string,
  open: string,
  close: string,
  of: string,
  holder: string,
  between: string,
  before: string,
): Form[] {
  const texts = METHODS.map(([, , text]) => before + text.replace('(n)', '(n: number)').replace(LOOP, TYPED));
  const accessors = [
    `${before}get g(): number { let n = 1; ${TYPED} return n }`,
    `${before}set g(n: number) { ${TYPED} }`,
  ];
  const declares = `${open}${[...texts, ...accessors].join(between)}${close}`;
  const form = (name: string, value: string, text: string): Form => ({
    title: `${name} of ${title}`,
    declares,
    of: value,
    text,
    member: true,
  });
  return [
    ...METHODS.map(([name, key, text]) => form(name, `(${holder} as any).${key}`, text)),
    form('getter', getter(holder, 'g', 'get'), `get g() { let n = 1; ${LOOP} return n; }`),
    form('setter', getter(holder, 'g', 'set'), `set g(n) { ${LOOP} }`),
  ].map((each) => ({ ...each, declares: of === '' ? declares : declares.replace('NAME', of) }));
}

const FORMS: readonly Form[] = [
  ...declared('function', 'function', 'plain'),
  ...declared('async function', 'async function', 'asy'),
  ...declared('generator', 'function*', 'gen'),
  ...declared('async generator', 'async function*', 'agen'),
  ...expression('function expression', 'fe', 'function(n)'),
  ...expression('named function expression', 'ne', 'function self(n)'),
  ...expression('async function expression', 'ae', 'async function(n)', `${TYPED} await n; return n`),
  ...expression('arrow function', 'arrow', '(n) =>'),
  ...expression('async arrow function', 'aarrow', 'async (n) =>', `${TYPED} await n`),
  {
    title: 'arrow function with the body of an async one before it',
    declares: 'const twin = [async (n: number) => { for (;;) break }, (n: number) => { for (;;) break }] as const;',
    of: 'twin[1]',
    text: '(n) => { for (;;) break; }',
  },
  ...members('an object', 'const obj = { ', ' };', '', 'obj', ', ', ''),
  ...members('a class', 'class NAME { ', ' }', 'Plain', 'Plain.prototype', ' ', ''),
  ...members('an exported class', 'export class NAME<T> { ', ' }', 'Shown', 'Shown.prototype', ' ', 'public '),
  ...members('a class itself', 'class NAME { ', ' }', 'Static', 'Static', ' ', 'static '),
  {
    title: 'class',
    declares:
      'class Whole<T> { f = (n: T) => { while (n) break }; static { while (this) break } #p() { for (;;) break } m(): void { this.#p() } }',
    of: 'Whole',
    text: 'class Whole { f = (n) => { while (n) break; }; static { while (this) break; } #p() { for (;;) break; } m() { this.#p(); } }',
  },
  {
    title: 'exported class with parameter properties',
    declares: 'export class Point { constructor(readonly x: number) { for (;;) break } }',
    of: 'Point',
    text: 'class Point { constructor(x) { this.x = x; for (;;) break; } x; }',
  },
  {
    title: 'field of a class',
    declares:
      'class Field { f = async (n: number) => { for (;;) break }; static g = function (n: number) { for (;;) break } }',
    of: 'new Field().f',
    text: 'async (n) => { for (;;) break; }',
  },
  {
    title: 'function in a static block',
    declares: 'let held: any; class Block { static { held = (n: number) => { for (;;) break } } }',
    of: 'held',
    text: '(n) => { for (;;) break; }',
  },
  {
    title: 'function without a name beside one with the same body',
    declares: `const nameless = [function (n: number) { ${TYPED} return n }];`,
    of: 'nameless[0]',
    text: `function (n) { ${LOOP} return n; }`,
  },
  {
    title: 'class with decorated members',
    declares:
      'const noted = (value: any, _: any) => value; class Noted { @noted m(n: number) { for (;;) break } @noted accessor x = 1 }',
    of: 'Noted',
    text: 'class Noted { m(n) { for (;;) break; } #x = 1; get x() { return this.#x; } set x(_) { this.#x = _; } }',
  },
  {
    title: 'getter that no source has',
    declares: '',
    of: getter('Noted.prototype', 'x', 'get'),
    text: 'function get x() { [native code] }',
  },
  {
    title: 'function in a function',
    declares: 'const outer = () => { for (;;) break; return function inner(n?: number) { for (;;) break } };',
    of: 'outer()',
    text: 'function inner(n) { for (;;) break; }',
  },
  {
    title: 'coroutine',
    declares: 'const co = coroutine(async (n: number) => { for (;;) { await sleep(n); break } });',
    of: 'co',
    text: 'async (n) => { for (;;) { await sleep(n); break; } }',
  },
  {
    title: 'exported coroutine of a named function',
    declares:
      'export const nco = coroutine(async function self(n: number): Promise<any> { if (n) await self(n - 1) });',
    of: 'nco',
    text: 'async function self(n) { if (n) await self(n - 1); }',
  },
  {
    title: 'coroutine that takes this from around it',
    declares: 'class Taker { n = 1; go = coroutine(async () => { for (;;) { await sleep(this.n); break } }) }',
    of: 'new Taker().go',
    text: 'async () => { for (;;) { await sleep(this.n); break; } }',
  },
  {
    title: 'asynchronous generator of coroutines',
    declares: 'const stream = asyncGenerator(async function* (n: number) { for (;;) { yield n; await sleep(n) } });',
    of: 'stream',
    text: 'async function* (n) { for (;;) { yield n; await sleep(n); } }',
  },
  {
    title: 'function around a coroutine',
    declares: 'function around(n: number) { return coroutine(async () => { await sleep(n) }) }',
    of: 'around',
    text: 'function around(n) { return coroutine(async () => { await sleep(n); }); }',
  },
];

/** What else a cell or a file holds: each but the first sends all of it through esbuild. */
const BESIDE: Readonly<Record<string, string>> = {
  'types alone': 'interface Nothing {}',
  'an enum and a namespace': 'enum Colour { Red } namespace Geo { export const unit = 1 }',
  'a decorated class': 'const tag = (value: any, _: unknown) => value; @tag class Tagged {}',
  JSX: 'const shown = () => <b>{1}</b>;',
};

const IMPORT = "import { asyncGenerator, coroutine, sleep } from 'cokernel';";
const DECLARATIONS = [...new Set(FORMS.map(({ declares }) => declares))].join('\n');
const TEXTS = `[${FORMS.map(({ of }) => `String(${of})`).join(', ')}]`;

afterAll(cleanUp);

describe.each(['in-place', 'esbuild'])('with --compiler %s', (compiler) => {
  let started: Promise<KernelProcess> | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-text-'));
  const kernel = () =>
    (started ??= startKernelProcess({
      cwd: folder,
      env: { COKERNEL_DIAGNOSTICS: 'off', COKERNEL_COMPILER: compiler },
    }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (cell: string): Promise<void> => {
    const { reply, outputs } = await (await kernel()).client.execute(cell);
    expect(reply.content.evalue).toBeUndefined();
    const texts = JSON.parse(textOf(outputs, 'stdout')) as readonly string[];
    const wrong = FORMS.map(({ title, text }, at) => ({ title, is: plain(texts[at] ?? ''), expected: plain(text) }));
    expect(wrong.filter(({ is, expected }) => is !== expected)).toEqual([]);
  };
  // There all of any cell goes through esbuild, whatever else it holds.
  const few = compiler === 'esbuild' && !process.env.COKERNEL_LONG;
  const beside = Object.entries(BESIDE).slice(0, few ? 1 : undefined);

  test.each(beside)('in a cell with %s', async (_, more) => {
    await run(`${IMPORT}\n${more}\n${DECLARATIONS}\n${print(TEXTS)}`);
  });

  test.each(beside)('in a local file with %s', async (title, more) => {
    const name = `${title.replaceAll(' ', '-')}.tsx`;
    writeFileSync(join(folder, name), `${IMPORT}\n${more}\n${DECLARATIONS}\nexport const texts = ${TEXTS};`);
    await run(`import { texts as t } from './${name}'; ${print('t')}`);
  });
});

const print = (texts: string): string => `console.log(JSON.stringify(${texts}))`;

/** A function's text without what may be written in two ways. Alone it is an expression, or a member of a class. */
function plain(text: string): string {
  for (const [open, close] of [
    ['(', ')'],
    ['(class { ', ' })'],
  ]) {
    try {
      const { code } = transformSync(`x = ${open}${text}${close}`, { minifyWhitespace: true, loader: 'js' });
      return code.trim();
    } catch {
      // Of the other kind, or no JavaScript at all.
    }
  }
  return text;
}
