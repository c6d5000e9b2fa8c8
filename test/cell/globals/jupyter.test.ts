// The global object: complete, self-documenting, and free to be redeclared; questions and payloads.

import { createContext, runInContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { render } from '../../../runtime/cell/display/render.ts';
import { GLOBAL_NAMES, installGlobals } from '../../../runtime/cell/globals/globals.ts';
import { createJupyter } from '../../../runtime/cell/globals/jupyter.ts';
import { createRecorder } from '../recorder.ts';

function start() {
  const recorder = createRecorder();
  return { recorder, ...createJupyter(recorder.port) };
}

test('every global is a member, and a cell may redeclare any of them', () => {
  const { jupyter } = start();
  const context = createContext({});
  installGlobals(context, jupyter);
  for (const name of GLOBAL_NAMES) {
    expect(typeof jupyter[name]).toBe('function');
    expect(runInContext(`typeof ${name}`, context)).toBe('function');
    expect(runInContext(`let ${name} = 1; ${name}`, context)).toBe(1);
  }
  expect(Object.keys(context)).toEqual([]);
  expect(runInContext('jupyter = 2; jupyter', context)).toBe(2);
});

test('it lists what there is', () => {
  const { jupyter } = start();
  const rendered = render(jupyter);
  const text = rendered instanceof Promise ? '' : String(rendered.data['text/plain']);
  for (const name of Object.keys(jupyter)) expect(text).toContain(name);
});

test('input asks without blocking, and passes on what the front end refuses', async () => {
  const { jupyter, recorder } = start();
  recorder.answer = 'Ada';
  expect(await jupyter.input('Name? ', { password: true })).toBe('Ada');
  expect(recorder.questions).toEqual([{ kind: 'input', prompt: 'Name? ', password: true }]);
  recorder.answer = new Error('this front end takes no input');
  await expect(jupyter.input()).rejects.toThrow('takes no input');
});

test('prompt, confirm and alert block on the answer', () => {
  const { jupyter, recorder } = start();
  recorder.answer = '';
  expect(jupyter.prompt('Name?', 'Ada')).toBe('Ada');
  expect(jupyter.confirm('Sure?')).toBe(false);
  jupyter.alert('Done.');
  recorder.answer = 'Y';
  expect(jupyter.confirm()).toBe(true);
  expect(jupyter.prompt()).toBe('Y');
  expect(recorder.questions.slice(0, 3).map((question) => 'prompt' in question && question.prompt)).toEqual([
    'Name? [Ada] ',
    'Sure? [y/N] ',
    'Done. [Enter] ',
  ]);
});

test('page and setNextInput are payloads of the reply', () => {
  const { jupyter, recorder } = start();
  jupyter.page('long text');
  jupyter.setNextInput('1 + 1', { replace: true });
  expect(recorder.of('payload').map(({ payload }) => payload)).toEqual([
    { source: 'page', data: { 'text/plain': 'long text' }, start: 0 },
    { source: 'set_next_input', text: '1 + 1', replace: true },
  ]);
  expect(() => jupyter.page(1 as never)).toThrow(/page: a string was expected, got 1/);
});
