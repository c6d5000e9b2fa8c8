// Malformed messages, made from good ones with a fixed seed: whatever arrives, the kernel lives and answers the next.

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FakeKernel, startFake } from '../kernel/fake.ts';
import { randomFrom } from '../random-from.ts';

let fake: FakeKernel;
beforeAll(async () => {
  fake = await startFake();
});
afterAll(() => fake.close());

const TYPES = [
  'kernel_info_request',
  'execute_request',
  'complete_request',
  'inspect_request',
  'is_complete_request',
  'history_request',
  'comm_info_request',
  'comm_open',
  'comm_msg',
  'comm_close',
  'interrupt_request',
  'debug_request',
  'create_subshell_request',
  'input_reply',
  'no_such_request',
  '__proto__',
  'constructor',
];
const FIELDS = [
  'code',
  'silent',
  'user_expressions',
  'cursor_pos',
  'comm_id',
  'target_name',
  'hist_access_type',
  'n',
  'session',
  'pattern',
  'value',
  'data',
  'restart',
  'stop',
  'output',
  '__proto__',
];
const VALUES = [
  'x',
  '',
  0,
  -1,
  1.5,
  1e308,
  null,
  true,
  [],
  {},
  ['a'],
  { a: 1 },
  'tail',
  'range',
  'search',
  '\ud800',
  'a'.repeat(10_000),
];

/** What was sent before on these channels has been read: each is read in order, and the kernel reads only a little ahead. */
const alive = async () => {
  for (const channel of ['shell', 'control'] as const) {
    const { reply } = await fake.client.request('kernel_info_request', {}, { channel });
    expect(reply.content.status).toBe('ok');
  }
};

function sign(dicts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('sha256', fake.info.key);
  for (const dict of dicts) hmac.update(dict);
  return Buffer.from(hmac.digest('hex'));
}

test('contents of any shape, correctly signed, on any channel', async () => {
  const random = randomFrom(20_261_122);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  for (let index = 0; index < 1500; index++) {
    const fields = Array.from({ length: Math.floor(random() * 5) }, () => [pick(FIELDS), pick(VALUES)]);
    const header =
      random() < 0.1 ? { [pick(['msg_id', 'msg_type', 'session', 'username', 'date', 'version'])]: pick(VALUES) } : {};
    const buffers = random() < 0.1 ? [Buffer.from('b')] : [];
    const channel = pick(['shell', 'control', 'stdin'] as const);
    fake.client.send(pick(TYPES), Object.fromEntries(fields), { channel, header, buffers });
    if (index % 300 === 0) await alive();
  }
  await alive();
  // Each request that was busy becomes idle; otherwise a front end would wait for ever. An interrupt takes a moment.
  const state = (wanted: string) =>
    new Set(
      fake.client.received
        .filter(({ content, channel }) => channel === 'iopub' && content.execution_state === wanted)
        .map((message) => String(message.parent_header.msg_id)),
    );
  const left = () => [...state('busy').difference(state('idle'))];
  const next = () => new Promise((resolve) => setTimeout(resolve, 20));
  for (const end = performance.now() + 20_000; left().length > 0 && performance.now() < end; ) await next();
  expect(left()).toEqual([]);
}, 60_000);

test('frames cut, doubled, swapped and overwritten, signed or not', async () => {
  const random = randomFrom(7);
  const logged = fake.log.length;
  for (let index = 0; index < 1000; index++) {
    const frames = fake.client.frames('execute_request', { code: 'x' }).frames;
    const at = Math.floor(random() * frames.length);
    const kind = Math.floor(random() * 6);
    if (kind === 0) frames.splice(at, 1);
    else if (kind === 1) frames.splice(at, 0, frames[at] as Uint8Array);
    else if (kind === 2) frames[at] = Buffer.from(Array.from({ length: 40 }, () => Math.floor(random() * 256)));
    else if (kind === 3) frames[at] = (frames[at] as Uint8Array).subarray(0, Math.floor(random() * 10));
    else if (kind === 4) frames.length = at;
    else frames.reverse();
    // Half of them signed as they are, so that more than the signature is tried.
    if (frames.length > 5 && random() < 0.5) frames[1] = sign(frames.slice(2, 6));
    if (frames.length > 0) fake.client.sendRaw(frames, random() < 0.5 ? 'shell' : 'control');
    if (index % 300 === 0) await alive();
  }
  await alive();
  const lines = fake.log.slice(logged);
  expect(lines.length).toBeGreaterThan(300);
  expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
}, 60_000);

test('a wrong signature, a truncated message, invalid JSON and a replay get one log line each and no reply', async () => {
  const { client, log } = fake;
  await client.execute('what the last test left in the queue is done before this');
  const dropped = async (frames: Uint8Array[], reason: RegExp) => {
    const { msg_id: id } = JSON.parse(String(frames[2]));
    const answers = () => client.received.filter(({ parent_header }) => parent_header.msg_id === id).length;
    const [before, logged] = [answers(), log.length];
    client.sendRaw(frames);
    await alive();
    expect(log.slice(logged)).toEqual([expect.stringMatching(reason)]);
    expect(answers()).toBe(before);
  };
  const good = () => client.frames('execute_request', { code: 'x' }).frames;
  await dropped(good().with(1, Buffer.from('00')), /signature does not fit/);
  await dropped(good().slice(0, 4), /four dicts should follow/);
  const [delimiter, , header, parent, metadata] = good() as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const dicts = [header, parent, metadata, Buffer.from('{"code": ')];
  await dropped([delimiter, sign(dicts), ...dicts], /content is not JSON/);
  const { id, frames } = client.frames('execute_request', { code: 'once' });
  client.sendRaw(frames);
  await client.finished(id);
  await dropped(frames, /a replay/);
  expect(fake.executed.filter(({ source }) => source === 'once')).toHaveLength(1);
});

test('an unknown type gets busy and idle, a log line, and no reply', async () => {
  const id = fake.client.send('no_such_request', {});
  await fake.client.until(
    ({ parent_header, content }) => parent_header.msg_id === id && content.execution_state === 'idle',
  );
  await alive();
  const own = fake.client.received.filter(({ parent_header }) => parent_header.msg_id === id);
  expect(own.map(({ content }) => content.execution_state)).toEqual(['busy', 'idle']);
  expect(fake.log.at(-1)).toBe('no handler for "no_such_request" on shell: not answered');
});
