// The iopub socket by itself, at moments that a client cannot choose.

import { expect, test } from '@jest/globals';
import { XSubscriber } from 'zeromq';
import { openPublisher } from '../../../kernel/wire/publisher.ts';
import { freeConnection } from '../../client.ts';

/** The 256th subscription to a topic of that length is the first that is too much, and the last of a burst. */
const [LENGTH, COUNT] = [193, 256];

test('a socket that is closed just before it would be replaced is left alone', async () => {
  const unhandled: unknown[] = [];
  const hear = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', hear);
  const log: string[] = [];
  const address = `tcp://127.0.0.1:${(await freeConnection()).iopub_port}`;
  const publisher = await openPublisher({ address, curve: undefined, log: (line) => void log.push(line) });
  const client = new XSubscriber({ linger: 0, sendHighWaterMark: 0 });
  try {
    const closed = new Promise<void>((resolve) => {
      let count = 0;
      publisher.start(() => {
        count += 1;
        if (count === COUNT - 1) resolve(publisher.close());
      });
    });
    client.connect(address);
    for (let at = 0; at < COUNT; at++) await client.send(`\u0001${String(at).padEnd(LENGTH, 'q')}`);
    await closed;
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    client.close();
    process.off('unhandledRejection', hear);
  }
  expect({ unhandled, log }).toEqual({ unhandled: [], log: [] });
});
