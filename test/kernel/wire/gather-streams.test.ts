// Stream text on its way to the wire, when the kernel had no processor for a while.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { gatherStreams } from '../../../kernel/wire/gather-streams.ts';
import type { Wire } from '../../../kernel/wire/wire.ts';

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Milliseconds; longer than text is held. */
const STALL = 60;

test('text that arrived while the kernel had no processor joins the message of the text before it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  open.push(() => server.close());
  await once(server, 'listening');
  const from = connect((server.address() as { port: number }).port, '127.0.0.1');
  const [to] = await once(server, 'connection');
  open.push(() => from.destroy());
  const published: string[] = [];
  const wire: Pick<Wire, 'publish'> = {
    publish: ({ content }) => void published.push((content as { readonly text: string }).text),
  };
  const parent = '{}';
  const { publish } = gatherStreams(wire as Wire);
  const print = (text: string) => publish({ type: 'stream', parent, content: { name: 'stdout', text } });
  const heard = once(to, 'data').then(() => print('b'));
  await new Promise((resolve) => setImmediate(resolve));
  print('a');
  from.write('b');
  for (const began = performance.now(); performance.now() - began < STALL; );
  await heard;
  while (published.join('').length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(published).toEqual(['ab']);
});
