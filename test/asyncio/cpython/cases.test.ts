// CPython's own asyncio tests as programs of ours: what each prints under our library is what CPython printed for the
// same program in Python, in both forms of a coroutine. That the recordings are CPython's is live.test.ts's to show.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { expected, files, type Kind } from './files.ts';
import { type Form, runCases, withoutGeneratorForm } from './typescript.ts';

const kinds: readonly Kind[] = ['virtual', 'real'];
const forms: readonly Form[] = ['compiled', 'generator'];
const without = withoutGeneratorForm(kinds.flatMap((kind) => files(kind)));
const all = kinds.flatMap((kind) => files(kind).flatMap((file) => Object.keys(expected(file))));

for (const kind of kinds) {
  describe.each(forms)(`cases in ${kind} time, in the form %s`, (form) => {
    let outputs: Readonly<Record<string, string>> = {};
    beforeAll(async () => {
      outputs = await runCases(form, kind);
    }, 300_000);
    for (const file of files(kind)) {
      const cases = Object.entries(expected(file)).filter(([key]) => form === 'compiled' || !(key in without));
      test.each(cases)('%s', (key, { text }) => {
        expect(outputs[key]).toBe(text);
      });
      test(`${file}: every case is recorded`, () => {
        const recorded = Object.keys(expected(file));
        expect(recorded).toEqual(
          expect.arrayContaining(Object.keys(outputs).filter((key) => key.startsWith(`${file} `))),
        );
      });
    }
  });
}

(process.env.COKERNEL_LONG ? test : test.skip).each(
  forms.flatMap((form) => [1, 2, 3].map((seed) => [form, seed] as const)),
)(
  'cases in real time, in the form %s, print the same where the process is held up at random (%d)',
  async (form, seed) => {
    const outputs = await runCases(form, 'real', files('real'), seed);
    const keys = Object.keys(outputs);
    const recorded = Object.assign({}, ...files('real').map((file) => expected(file))) as ReturnType<typeof expected>;
    expect(keys.length).toBeGreaterThan(100);
    expect(outputs).toEqual(Object.fromEntries(keys.map((key) => [key, recorded[key]?.text])));
  },
  300_000,
);

test('at least 500 cases are of CPython’s test methods, and nearly all have both forms', () => {
  const ours = all.filter((key) => key.includes('.test_our_'));
  expect(all.length - ours.length).toBeGreaterThanOrEqual(500);
  expect(Object.keys(without).length).toBeLessThan(all.length / 20);
});

test('CPython comes to the end of each case', () => {
  const texts = kinds.flatMap((kind) => files(kind).flatMap((file) => Object.entries(expected(file))));
  expect(texts.filter(([, { text }]) => /^(?:uncaught|did not end)/m.test(text))).toEqual([]);
});
