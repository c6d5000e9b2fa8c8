// Messages between the two processes: whole, in well-formed text, and told from what a cell writes on the pipe.

import { expect, test } from '@jest/globals';
import { createFrameReader, encodeFrame, type Frame, wellFormedJson } from '../runtime/frames.ts';

/** What a reader makes of these chunks, and how often it refused them. */
function read(...chunks: readonly Buffer[]): { readonly frames: Frame<unknown>[]; readonly broken: number } {
  const frames: Frame<unknown>[] = [];
  let broken = 0;
  const reader = createFrameReader<unknown>((frame) => frames.push(frame));
  for (const chunk of chunks) {
    try {
      reader(chunk);
    } catch {
      broken += 1;
    }
  }
  return { frames, broken };
}

test('frames arrive whole and in order, however they are cut', () => {
  const all = Buffer.concat([
    encodeFrame({ text: 'ä😀' }, [new Uint8Array([1, 2]), new Uint8Array()]),
    encodeFrame({ n: 2 }),
  ]);
  const expected = [
    { message: { text: 'ä😀' }, buffers: [new Uint8Array([1, 2]), new Uint8Array()] },
    { message: { n: 2 }, buffers: [] },
  ];
  expect(read(all)).toEqual({ frames: expected, broken: 0 });
  expect(read(...Array.from(all, (byte) => Buffer.from([byte])))).toEqual({ frames: expected, broken: 0 });
});

test.each<[string, Buffer]>([
  ['text', Buffer.from('garbage garbage')],
  ['lengths beyond all bounds', Buffer.alloc(64, 255)],
  ['JSON that is no object', Buffer.from([6, 0, 0, 0, 2, 0, 0, 0, 0x31, 0x31])],
  ['JSON that does not parse', Buffer.from([6, 0, 0, 0, 2, 0, 0, 0, 0x7b, 0x31])],
  ['a buffer longer than its frame', Buffer.from([10, 0, 0, 0, 2, 0, 0, 0, 0x7b, 0x7d, 9, 0, 0, 0])],
])('what is not a frame is refused as soon as it begins, and nothing more is taken: %s', (_name, bytes) => {
  const { frames, broken } = read(encodeFrame({ n: 1 }), bytes, encodeFrame({ n: 2 }));
  expect(frames).toEqual([{ message: { n: 1 }, buffers: [] }]);
  expect(broken).toBe(1);
});

test('a half of a surrogate pair becomes U+FFFD, in values and in keys; pairs stay', () => {
  expect(JSON.parse(wellFormedJson({ '\ud800k': ['a\udfff', '😀', '\ud83d\ud83d\ude00'] }))).toEqual({
    '\ufffdk': ['a\ufffd', '😀', '\ufffd😀'],
  });
  expect(JSON.parse(wellFormedJson(['\udc00\udc00', '\ud7ff\ue000']))).toEqual(['\ufffd\ufffd', '\ud7ff\ue000']);
});

test('text that only looks like the escape of one stays as it is', () => {
  for (const text of ['\\ud800', '\\\\ud800', '\\\\\\ud800', '\\u', 'ud800']) {
    expect(JSON.parse(wellFormedJson([text, `${text}\ud800`]))).toEqual([text, `${text}\ufffd`]);
  }
});
