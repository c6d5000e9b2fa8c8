import { expect, test } from '@jest/globals';
import { createHeldQueue } from '../../../kernel/wire/held-queue.ts';

test('a message whose send ends because the socket is closed is held with those after it, in order', async () => {
  const sent: string[] = [];
  let closed: (error: Error) => void = () => {};
  let send = (_frames: unknown) => new Promise<void>((_, reject) => (closed = reject));
  const queue = createHeldQueue(
    (frames) => send(frames),
    () => {},
  );
  const first = queue.send(['first']);
  queue.hold();
  closed(new Error('Socket operation on non-socket'));
  await first;
  await queue.send(['second']);
  expect(sent).toEqual([]);
  send = async (frames) => void sent.push(String(frames));
  queue.release();
  await queue.released();
  await queue.send(['third']);
  expect(sent).toEqual(['first', 'second', 'third']);
});

test('a message that cannot be sent while nothing is held is reported to whoever sent it', async () => {
  const queue = createHeldQueue(
    () => Promise.reject(new Error('broken')),
    () => {},
  );
  await expect(queue.send(['x'])).rejects.toThrow('broken');
});
