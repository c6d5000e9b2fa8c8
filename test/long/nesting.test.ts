// Random mixtures of all forms of the grammar, nested into and behind each other, from a fixed seed: whatever is parsed in
// the kernel process leaves half of its stack alone, and whatever is longer is answered by the compile process. Some
// hundred in every run of the tests, twenty thousand with --long.

import { spawnSync } from 'node:child_process';
import { afterAll, expect, test } from '@jest/globals';
import { runTask, stopCompiling } from '../../kernel/compile/compile-process.ts';
import { packMemory } from '../../kernel/compile/tasks.ts';
import { NOTHING } from '../../runtime/compile/remembered.ts';
import { CellSyntaxError } from '../../runtime/compile/syntax-error.ts';
import { isShort } from '../../runtime/parser.ts';
import { forms } from '../compile/forms.ts';

const SHORT = process.env.COKERNEL_LONG ? 20_000 : 300;
const LONG = process.env.COKERNEL_LONG ? 500 : 8;
/** In a text of a form: where another may stand. */
const INNERMOST = /[1a](?=[^\w]*$)/;

afterAll(() => stopCompiling());

/** Numbers below `limit`, the same ones in every run. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Up to four forms, each inside or behind the one before, with so many levels in all. */
function mixture(random: (limit: number) => number, levels: number): string {
  let text = '';
  const count = 1 + random(4);
  for (let part = 0; part < count; part++) {
    const [, form] = forms[random(forms.length)] as (typeof forms)[number];
    const next = form(1 + random(Math.ceil((2 * levels) / count)));
    const place = random(2) === 0 ? -1 : text.search(INNERMOST);
    text = place < 0 ? `${text}\n${next}` : `${text.slice(0, place)}(${next})${text.slice(place + 1)}`;
  }
  return text;
}

/** Parses each text of its input as the kernel does, and names on stderr the one that it is at. */
const PARSE_ALL = `
  import { text } from 'node:stream/consumers';
  const { parseSync } = await import(process.argv[1]);
  for (const [index, source] of JSON.parse(await text(process.stdin)).entries()) {
    process.stderr.write(index + '\\n');
    for (const lang of ['ts', 'tsx']) {
      const options = { lang, sourceType: 'module', astType: 'ts', showSemanticErrors: true };
      void parseSync('cell.' + lang, source, options).program;
    }
  }
  process.stderr.write('done\\n');
`;

(process.platform === 'win32' ? test.skip : test)(
  'no mixture that is parsed in the kernel process takes two thirds of its stack, or long',
  () => {
    const random = createRandom(20_260);
    const texts: string[] = [];
    while (texts.length < SHORT) {
      const text = mixture(random, 1 + random(1_200));
      if (isShort(text)) texts.push(text);
    }
    const node = [process.execPath, '--input-type=module', '-e', PARSE_ALL, import.meta.resolve('oxc-parser')];
    const { stderr } = spawnSync('sh', ['-c', 'ulimit -s 5461; exec "$@"', 'sh', ...node], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      maxBuffer: Infinity,
      timeout: 30_000 + SHORT * 100,
    });
    const last = stderr.trim().split('\n').at(-1) ?? '';
    expect([last, texts[Number(last)]?.slice(0, 200)]).toEqual(['done', undefined]);
  },
  60_000 + SHORT * 100,
);

test(
  'every mixture that is too long for it is compiled or refused, and read or not, by the compile process',
  async () => {
    const random = createRandom(4_202);
    for (let round = 0; round < LONG; round++) {
      const text = mixture(random, 4_000 + random(40_000));
      const needs = { name: 'Cell [1]', before: packMemory(NOTHING), tsconfig: undefined };
      const compiled = await runTask('cell', text, needs).catch((error: unknown) => error);
      const refused = compiled instanceof CellSyntaxError || /took longer than/.test(String(compiled));
      expect(refused || (typeof compiled === 'object' && compiled !== null && 'compiled' in compiled)).toBe(true);
      const read = await runTask('read', text, {}).catch((error: unknown) => error);
      if (read instanceof Error) expect(String(read)).toMatch(/nested too deeply|took longer than/);
    }
  },
  60_000 + LONG * 20_000,
);
