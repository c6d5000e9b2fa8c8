// From iopub messages to outputs: what front ends do with texts in pieces, updates and clearing.

import { expect, test } from '@jest/globals';
import type { KernelMessage } from '@jupyterlab/services';
import { createCollector } from '../../kernel/run/outputs.ts';

const message = (msg_type: string, content: object) =>
  ({ header: { msg_type }, content }) as unknown as KernelMessage.IIOPubMessage;
const text = (name: string, piece: string) => message('stream', { name, text: piece });
const display = (value: string, display_id?: string, type = 'display_data') =>
  message(type, { data: { 'text/plain': value }, metadata: {}, ...(display_id ? { transient: { display_id } } : {}) });

test('pieces of one stream are one output until something else comes between', () => {
  const { outputs, take } = createCollector(new Map());
  for (const one of [
    text('stdout', 'a'),
    text('stdout', 'b\n'),
    text('stderr', 'c'),
    text('stdout', 'd'),
    display('e'),
    text('stdout', 'f'),
  ])
    take(one);
  const seen = outputs.map((output) => ('text' in output ? `${output.name}: ${output.text}` : output.output_type));
  expect(seen).toEqual(['stdout: ab\n', 'stderr: c', 'stdout: d', 'display_data', 'stdout: f']);
});

test('an update replaces every display of its id, in earlier cells too, and adds no output', () => {
  const displays = new Map();
  const [first, second] = [createCollector(displays), createCollector(displays)];
  first.take(display('old', 'x'));
  first.take(display('other', 'y'));
  second.take(display('old', 'x'));
  second.take(display('new', 'x', 'update_display_data'));
  second.take(display('lost', 'z', 'update_display_data'));
  const shown = [first, second].map(({ outputs }) =>
    outputs.map((output) => (output.data as Record<string, string>)['text/plain']),
  );
  expect(shown).toEqual([['new', 'other'], ['new']]);
  expect(first.outputs[0]).not.toHaveProperty('transient');
});

test('clearing takes effect at once, or with `wait` at the next output', () => {
  const { outputs, take } = createCollector(new Map());
  take(text('stdout', 'a'));
  take(message('clear_output', { wait: true }));
  expect(outputs).toHaveLength(1);
  take(text('stdout', 'b'));
  expect(outputs).toMatchObject([{ text: 'b' }]);
  take(message('clear_output', { wait: false }));
  expect(outputs).toEqual([]);
});

test('results and errors are kept as Jupyter stores them, and other messages add no output', () => {
  const { outputs, take } = createCollector(new Map());
  take(message('status', { execution_state: 'busy' }));
  take(message('execute_input', { code: 'x', execution_count: 3 }));
  take(message('execute_result', { execution_count: 3, data: { 'text/plain': 'x' }, metadata: {}, transient: {} }));
  take(message('error', { ename: 'E', evalue: 'v', traceback: ['t'], status: 'error' }));
  expect(outputs).toEqual([
    { output_type: 'execute_result', execution_count: 3, data: { 'text/plain': 'x' }, metadata: {} },
    { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
  ]);
});
