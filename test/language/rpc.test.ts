// Messages to and from the language server, however its pipe cuts them.

import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createRpc } from '../../kernel/language/rpc.ts';

function connect(answers = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const rpc = createRpc(input, output, answers);
  let text = '';
  input.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  /** What was written, once it is so many messages. */
  const written = async (count: number): Promise<unknown[]> => {
    for (;;) {
      const bodies = text.split(/Content-Length: \d+\r\n\r\n/).filter((body) => body !== '');
      if (bodies.length >= count) return bodies.map((body) => JSON.parse(body));
      await once(input, 'data');
    }
  };
  return { rpc, input, output, written };
}

function framed(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...(message as object) }));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

test('answers resolve their requests, in any order and wherever the pipe cuts them', async () => {
  const { rpc, output, written } = connect();
  const answers = Promise.all([rpc.request('a', { text: 'é🙂' }), rpc.request('b', undefined)]);
  expect(await written(2)).toEqual([
    { jsonrpc: '2.0', id: 1, method: 'a', params: { text: 'é🙂' } },
    { jsonrpc: '2.0', id: 2, method: 'b' },
  ]);
  const stream = Buffer.concat([framed({ id: 2, result: null }), framed({ id: 1, result: '🙂é' })]);
  for (const byte of stream) output.write(Buffer.of(byte));
  expect(await answers).toEqual(['🙂é', null]);
});

test('many answers in one piece are all read', async () => {
  const { rpc, output } = connect();
  const answers = Promise.all([rpc.request('a', {}), rpc.request('b', {}), rpc.request('c', {})]);
  output.write(Buffer.concat([1, 2, 3].map((id) => framed({ id, result: id }))));
  expect(await answers).toEqual([1, 2, 3]);
});

test('the length is that of the bytes, not of the characters', async () => {
  const { rpc, input } = connect();
  const chunks: Buffer[] = [];
  input.on('data', (chunk: Buffer) => chunks.push(chunk));
  rpc.notify('a', 'é🙂');
  await once(input, 'data');
  const [, length, body = ''] = /^Content-Length: (\d+)\r\n\r\n(.*)$/s.exec(Buffer.concat(chunks).toString()) ?? [];
  expect(Buffer.byteLength(body)).toBe(Number(length));
});

test('requests of the server are answered, or refused where the method is unknown; notifications are not answered', async () => {
  const { output, written } = connect({ double: ({ of }: { of: number }) => 2 * of });
  output.write(framed({ id: 'one', method: 'double', params: { of: 2 } }));
  output.write(framed({ id: 7, method: 'unheard', params: {} }));
  output.write(framed({ method: 'told', params: {} }));
  expect(await written(2)).toEqual([
    { jsonrpc: '2.0', id: 'one', result: 4 },
    { jsonrpc: '2.0', id: 7, error: { code: -32601, message: 'unheard is not supported' } },
  ]);
});

test('an answer that throws is an error for the server, and no message is taken twice', async () => {
  const heard: number[] = [];
  const { output, written } = connect({
    hear({ n }: { n: number }) {
      heard.push(n);
      if (n === 2) throw new Error('deaf');
      return n;
    },
  });
  const messages = [1, 2, 3].map((n) => framed({ id: n, method: 'hear', params: { n } }));
  output.write(Buffer.concat(messages));
  output.write(framed({ id: 4, method: 'hear', params: { n: 4 } }));
  expect(await written(4)).toEqual([
    { jsonrpc: '2.0', id: 1, result: 1 },
    { jsonrpc: '2.0', id: 2, error: { code: -32603, message: 'deaf' } },
    { jsonrpc: '2.0', id: 3, result: 3 },
    { jsonrpc: '2.0', id: 4, result: 4 },
  ]);
  expect(heard).toEqual([1, 2, 3, 4]);
});

test('an error answer rejects, and so does the end', async () => {
  const { rpc, output } = connect();
  const refused = rpc.request('a', {});
  output.write(framed({ id: 1, error: { code: 1, message: 'not now' } }));
  await expect(refused).rejects.toThrow('not now');
  const unanswered = rpc.request('b', {});
  rpc.dispose();
  await expect(unanswered).rejects.toThrow('the server is gone');
  await expect(rpc.request('c', {})).rejects.toThrow('the server is gone');
});

test.each([
  ['text without a header', 'x'.repeat(5000)],
  ['a header without a length', 'Content-Type: text\r\n\r\n{}'],
  ['a body that is no JSON', 'Content-Length: 4\r\n\r\nnope'],
])('after %s nothing more is understood, and nothing thrown', async (_, nonsense) => {
  const { rpc, output } = connect();
  const answer = rpc.request('a', {});
  output.write(nonsense);
  output.write(framed({ id: 1, result: 'late' }));
  const nothing = new Promise((resolve) => setImmediate(resolve, 'nothing'));
  expect(await Promise.race([answer, nothing])).toBe('nothing');
});
