// Reading and writing notebooks: byte for byte what Jupyter writes, and a sentence for a file that is no notebook.

import { expect, test } from '@jest/globals';
import type { CodeCell } from '../../kernel/run/notebook/notebook.ts';
import { readNotebook } from '../../kernel/run/notebook/read.ts';
import { writeNotebook } from '../../kernel/run/notebook/write.ts';
import { runPython, testWithPython } from '../python.ts';
import { bench, sketch } from './notebook.ts';

/** A notebook with everything that is easily written in another way. */
const hard = JSON.stringify({
  nbformat_minor: 4,
  nbformat: 4,
  metadata: {
    z: 1,
    a: { 10: 'x', 9: 'y', '😀': 1, '\uffee': 2 },
    kernelspec: { display_name: 'T', name: 'cokernel' },
    orig_nbformat: 4,
  },
  cells: [
    {
      cell_type: 'markdown',
      metadata: { trusted: true },
      source: 'a\rb\u2028c\x0bd\x85e\r\nf',
      attachments: { 'a.svg': { 'image/svg+xml': '<svg>\n</svg>', 'image/png': 'AA\nBB' } },
    },
    {
      cell_type: 'code',
      metadata: { custom: [[], {}, [1]], tags: ['x'] },
      source: ['let x = 1;\n', 'x'],
      execution_count: null,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: ['é 🙂 \u001b[31m\u007f\n', 'b'] },
        {
          output_type: 'display_data',
          metadata: {},
          data: {
            'text/html': '<b>\n</b>',
            'application/json': { b: 'a\nb', a: [] },
            'application/javascript': 'a\nb',
            'application/x-mine': 'a\nb',
          },
        },
        { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['a\nb'] },
      ],
    },
    { cell_type: 'raw', metadata: { format: 'x' }, source: '' },
  ],
}).replace('"z":1', '"z":[1.0,1e-07,1E5,12345678901234567890,-0.0,0.1,100]');

testWithPython('what is read and written is, byte for byte, what nbformat makes of it', async () => {
  using folder = bench();
  const file = folder.write('a.ipynb', hard);
  const program = [
    'import sys, nbformat',
    'nb = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT)',
    'nbformat.write(nb, sys.argv[2])',
  ].join('\n');
  const { code, output } = await runPython(['-c', program, file, `${folder.path}/b.ipynb`]);
  expect({ code, output }).toEqual({ code: 0, output: '' });
  const ours = writeNotebook(readNotebook(hard));
  // Python writes 1E5 as a float; keeping the number as it was is just as good.
  expect(ours.replace('1E5', '100000.0')).toBe(folder.read('b.ipynb'));
  expect(writeNotebook(readNotebook(ours))).toBe(ours);
});

test('cells of 4.5 without an id get one; those of 4.4 get none', () => {
  const bare = { cell_type: 'markdown', metadata: {}, source: 'a' };
  const read = (minor: number) =>
    readNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: minor, metadata: {}, cells: [bare] }));
  expect(read(5).cells[0]?.id).toMatch(/^[0-9a-f]{8}$/);
  expect(read(4).cells[0]).not.toHaveProperty('id');
});

test('a notebook may begin with a byte order mark', () => {
  expect(readNotebook(`\uFEFF${JSON.stringify(sketch(['1']))}`).cells).toHaveLength(1);
});

test('what other programs store in outputs although nbformat does not allow it is no reason to refuse a notebook', () => {
  const outputs = [
    { output_type: 'error', ename: 'E', evalue: 'e', traceback: [], execution_count: 3 },
    { output_type: 'display_data', data: { 'text/plain': ['a'] }, transient: {} },
    { output_type: 'stream', name: 'stdout', text: 'a', metadata: {} },
  ];
  const cell = { cell_type: 'code', id: 'a', metadata: {}, source: '', execution_count: 1e3, outputs };
  const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
  // 1.0 is kept as it is written, for which the text is read a second time.
  for (const written of [text, text.replace('1000', '1.0')]) {
    expect(readNotebook(written).cells[0]).toMatchObject({ id: 'a' });
    expect((readNotebook(written).cells[0] as CodeCell).outputs).toEqual([
      { output_type: 'error', ename: 'E', evalue: 'e', traceback: [] },
      { output_type: 'display_data', data: { 'text/plain': 'a' }, metadata: {} },
      { output_type: 'stream', name: 'stdout', text: 'a' },
    ]);
  }
});

test.each([
  ['an unknown kind of cell', { cell_type: 'video', id: 'a', metadata: {}, source: '' }, /cell 1/],
  [
    'an unknown field of a cell',
    { cell_type: 'markdown', id: 'a', metadata: {}, source: '', extra: 1 },
    /cell 1 .*additional properties 'extra'/,
  ],
  [
    'a code cell without outputs',
    { cell_type: 'code', id: 'a', metadata: {}, source: '', execution_count: null },
    /cell 1 .*'outputs'/,
  ],
  [
    'an output without its name',
    {
      cell_type: 'code',
      id: 'a',
      metadata: {},
      source: '',
      execution_count: null,
      outputs: [{ output_type: 'stream', text: '' }],
    },
    /cell 1, outputs\/0 .*'name'/,
  ],
  ['an id that is none', { cell_type: 'raw', id: 'a b', metadata: {}, source: '' }, /cell 1, id .*pattern/],
])('the schema refuses %s, and the sentence says where', (_, cell, sentence) => {
  const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
  expect(() => readNotebook(text)).toThrow(sentence);
});
