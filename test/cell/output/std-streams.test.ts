// process.stdout and process.stderr as a cell sees them.

import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from '@jest/globals';
import { gatherText } from '../../../runtime/cell/output/gather-text.ts';
import { type CellStream, installStreams } from '../../../runtime/cell/output/std-streams.ts';
import { createRecorder } from '../recorder.ts';

function install() {
  const recorder = createRecorder();
  const port = gatherText(recorder.port);
  const target = { stdout: 'before', stderr: 'before' };
  const installed = installStreams(port, target);
  const { stdout, stderr } = target as unknown as { stdout: CellStream; stderr: CellStream };
  const written = (name = 'stdout') => {
    port.flush();
    return recorder
      .of('stream')
      .filter((event) => event.name === name)
      .map(({ text }) => text)
      .join('');
  };
  return { recorder, target, installed, stdout, stderr, written };
}

test('text arrives under its stream, write returns true, and the callback is called', async () => {
  const { stdout, stderr, written } = install();
  expect(await new Promise((resolve) => expect(stdout.write('out', resolve)).toBe(true))).toBeNull();
  await new Promise((resolve) => stderr.write('err', 'utf8', resolve));
  expect(written()).toBe('out');
  expect(written('stderr')).toBe('err');
});

test('encodings, Buffers and typed arrays become text', () => {
  const { stdout, written } = install();
  stdout.write('w7w=', 'base64');
  stdout.write(Buffer.from('ö'));
  stdout.write(new Uint8Array([0x21]));
  expect(written()).toBe('üö!');
});

test('a character split across writes arrives whole', () => {
  const { stdout, written } = install();
  for (const byte of Buffer.from('a€😀')) stdout.write(Buffer.from([byte]));
  expect(written()).toBe('a€😀');
});

test('half characters of two cells do not mix', () => {
  const { recorder, stdout, written } = install();
  const [first, ...rest] = Buffer.from('€');
  stdout.write(Buffer.from([first ?? 0]));
  recorder.execution = 2;
  stdout.write('x');
  recorder.execution = 1;
  stdout.write(Buffer.from(rest));
  expect(written()).toBe('x€');
});

test('a character that stays incomplete is written at the end of the cell', () => {
  const { installed, stdout, written } = install();
  stdout.write(Buffer.from([0xe2]));
  installed.finish(1);
  expect(written()).toBe('\ufffd');
});

test('it is not a terminal, and 80 columns wide', () => {
  const { stdout, stderr } = install();
  expect([stdout.isTTY, stdout.columns, stdout.fd, stderr.fd, stdout.hasColors()]).toEqual([false, 80, 1, 2, false]);
});

test('neither end() nor a pipeline closes it', async () => {
  const { stdout, written } = install();
  await pipeline(Readable.from(['a', 'b']), stdout, { end: false });
  stdout.end('c');
  stdout.write('d');
  await pipeline(Readable.from(['e']), stdout);
  await new Promise((resolve) => stdout.end('f', resolve));
  stdout.write('g');
  expect(written()).toBe('abcdefg');
});

test('a pipeline that ends does not end another', async () => {
  const { stdout, written } = install();
  const late = new PassThrough();
  const both = [pipeline(late, stdout), pipeline(Readable.from(['a']), stdout)];
  late.write('b');
  await new Promise((resolve) => setImmediate(resolve));
  late.end('c');
  await Promise.all(both);
  expect([...written()].sort().join('')).toBe('abc');
});

test('a value that is not text is refused, with the remedy', () => {
  const { stdout } = install();
  expect(() => stdout.write({})).toThrow(/a string, a Buffer or a typed array was expected, got object.*console\.log/);
});

test('uninstalling restores the original streams', () => {
  const { installed, target } = install();
  installed.uninstall();
  expect(target.stdout).toBe('before');
});
