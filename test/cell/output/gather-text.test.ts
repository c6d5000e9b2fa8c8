// Text on its way out: gathered, complete, and in order with everything else.

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { gatherText } from '../../../runtime/cell/output/gather-text.ts';
import { createRecorder, type Recorder } from '../recorder.ts';

let clock = 1_000;
let recorder: Recorder;

beforeEach(() => {
  recorder = createRecorder();
  jest.spyOn(performance, 'now').mockImplementation(() => clock);
});

afterEach(() => {
  jest.restoreAllMocks();
});

const texts = (): string[] => recorder.of('stream').map(({ text }) => text);

test('the first lines go out immediately, so that they show even if the cell then spins', () => {
  const port = gatherText(recorder.port);
  port.write('stdout', 'starting\n');
  port.write('stdout', 'still\n');
  expect(texts()).toEqual(['starting\n', 'still\n']);
});

test('many writes at one moment become few events, and none is lost', () => {
  const port = gatherText(recorder.port);
  for (let line = 0; line < 20_000; line++) port.write('stdout', `line ${line}\n`);
  port.flush();
  expect(texts().length).toBeLessThan(300);
  expect(texts().join('')).toBe(Array.from({ length: 20_000 }, (_, line) => `line ${line}\n`).join(''));
});

test('gathered text goes out after 50 ms although the cell spins', () => {
  const port = gatherText(recorder.port);
  for (let line = 0; line < 300; line++) port.write('stdout', '.');
  const before = texts().length;
  clock += 51;
  port.write('stdout', 'late');
  expect(texts().length).toBe(before + 1);
  expect(texts().at(-1)).toMatch(/\.late$/);
});

test('gathered text goes out by a timer while the cell awaits', async () => {
  const port = gatherText(recorder.port);
  for (let line = 0; line < 300; line++) port.write('stdout', '.');
  expect(texts().join('').length).toBeLessThan(300);
  while (texts().join('').length < 300) await new Promise((resolve) => setTimeout(resolve, 5));
});

test('streams, executions and other events keep their order', () => {
  const port = gatherText(recorder.port);
  for (let line = 0; line < 300; line++) port.write('stdout', '.');
  port.write('stderr', 'e');
  recorder.execution = 2;
  port.write('stderr', 'f');
  port.write('stderr', 'g', 1);
  port.send({ type: 'clear', execution: 2, wait: false });
  const seen = recorder.events.map((event) =>
    event.type === 'stream' ? `${event.execution}${event.name}${event.text}` : event.type,
  );
  expect(seen.slice(-4)).toEqual(['1stderre', '2stderrf', '1stderrg', 'clear']);
});

test('a question goes out after the text before it', async () => {
  const port = gatherText(recorder.port);
  for (let line = 0; line < 300; line++) port.write('stdout', '.');
  port.askNow({ kind: 'input', prompt: '', password: false });
  expect(texts().join('')).toBe('.'.repeat(300));
});

test('a huge text is sent in pieces well below 1 MB, and no character is split', () => {
  const port = gatherText(recorder.port);
  const huge = `a${'😀'.repeat(500_000)}`;
  port.write('stdout', huge);
  port.flush();
  expect(texts().join('')).toBe(huge);
  for (const text of texts()) {
    expect(text.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(text)).toBeLessThan(800_000);
  }
});

test('waiting text can be shown in the middle of anything, and is not sent again', () => {
  const heard: string[] = [];
  const port = gatherText(recorder.port, {
    mark: (window) => void (heard.at(-1) !== `mark ${window}` && heard.push(`mark ${window}`)),
    announce: (window) => void heard.push(`tell ${window}`),
  });
  const lines = (from: number, to: number) => {
    for (let line = from; line < to; line++) port.write('stdout', `${line};`);
  };
  lines(0, 300);
  expect(heard).toEqual(['mark 0', 'mark 1', 'tell 1', 'mark 1']);
  const whole = Array.from({ length: 320 }, (_, line) => `${line};`).join('');
  expect(texts().join('')).not.toContain('299;');
  port.show();
  expect(texts().join('')).toMatch(/;299;$/);
  port.show();
  lines(300, 310);
  port.show();
  lines(310, 320);
  port.flush();
  port.show();
  port.flush();
  expect(texts().join('')).toBe(whole);
  expect(heard.at(-1)).toBe('mark 0');
});

test('who listens hears each text of its own, before it is gathered, until the listening ends', () => {
  const port = gatherText(recorder.port);
  const heard: string[] = [];
  const stop = port.hear((name, text) => heard.push(`${name} ${text}`) < 0);
  for (let line = 0; line < 300; line++) port.write('stdout', '.');
  port.write('stderr', 'oh');
  stop();
  port.write('stdout', 'later');
  expect([heard.length, heard[299], heard[300]]).toEqual([301, 'stdout .', 'stderr oh']);
});

test('what one who listens takes is not sent, and the others hear it all the same', () => {
  const port = gatherText(recorder.port);
  const heard: string[] = [];
  port.hear((_, text) => text === 'taken');
  port.hear((_, text) => heard.push(text) < 0);
  for (const text of ['taken', 'left']) port.write('stdout', text);
  port.flush();
  expect([heard, texts()]).toEqual([['taken', 'left'], ['left']]);
});
