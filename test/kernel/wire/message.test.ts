import { createHmac, getHashes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createEnvelope, type Sealed } from '../../../kernel/wire/message.ts';
import { createSigner } from '../../../kernel/wire/signature.ts';
import { parentText } from '../../../kernel/wire/wire.ts';

const envelopes = (hash = 'sha256', key = 'secret') => {
  const [sender, receiver] = [createSigner(hash, key), createSigner(hash, key)];
  return { sender: createEnvelope(sender, 'client', 'ada'), receiver: createEnvelope(receiver, 'kernel', 'k') };
};

/** The frames as they arrive. */
const sent = ({ frames }: Sealed) => frames.map((frame) => Buffer.from(frame as string));

test('a sealed message can be opened again, with its identities and buffers', () => {
  const { sender, receiver } = envelopes();
  const buffers = [Buffer.from([0, 255]), Buffer.alloc(0)];
  const frames = sent(sender.seal({ type: 'comm_msg', content: { text: '🙂 \ud800' }, metadata: { m: 1 }, buffers }));
  const message = receiver.open([Buffer.from('id'), ...frames], 'shell');
  expect(message.identities.map(String)).toEqual(['id']);
  expect(message.content).toEqual({ text: '🙂 \ud800' });
  expect(message.metadata).toEqual({ m: 1 });
  expect(message.parentHeader).toEqual({});
  expect(message.buffers).toEqual(buffers);
  expect(message.header).toMatchObject({ msg_type: 'comm_msg', session: 'client', username: 'ada', version: '5.5' });
});

test('dates have six digits of a second and a zone, and message ids do not repeat', () => {
  const { sender } = envelopes();
  const headers = Array.from({ length: 100 }, () =>
    JSON.parse(String(sender.seal({ type: 't', content: {} }).frames[2])),
  );
  for (const { date } of headers) expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(Math.abs(Date.parse(headers[0].date) - Date.now())).toBeLessThan(5_000);
  expect(new Set(headers.map(({ msg_id }) => msg_id)).size).toBe(100);
});

test('every hash with an HMAC in OpenSSL signs the four dicts, but not the buffers', () => {
  for (const hash of getHashes()) {
    const expected = () => createHmac(hash, 'secret');
    try {
      expected();
    } catch {
      continue; // Such as shake128, which has no HMAC.
    }
    const { sender, receiver } = envelopes(hash);
    const frames = sent(sender.seal({ type: 't', content: {}, buffers: [Buffer.from('b')] }));
    const hmac = expected();
    for (const part of frames.slice(2, 6)) hmac.update(part);
    expect(String(frames[1])).toBe(hmac.digest('hex'));
    expect(receiver.open(frames, 'shell').header.msg_type).toBe('t');
  }
});

test('an empty key signs nothing and checks nothing', () => {
  const { sender, receiver } = envelopes('sha256', '');
  const frames = sent(sender.seal({ type: 't', content: {} }));
  expect(frames[1]?.byteLength).toBe(0);
  receiver.open(frames, 'shell');
  expect(receiver.open(frames, 'shell').header.msg_type).toBe('t');
});

test('changed, unsigned and repeated messages are told apart from good ones', () => {
  const { sender, receiver } = envelopes();
  const frames = sent(sender.seal({ type: 't', content: { a: 1 } }));
  const changed = frames.with(5, Buffer.from('{"a":2}'));
  expect(() => receiver.open(changed, 'shell')).toThrow('its signature does not fit the key');
  expect(() => receiver.open(frames.with(1, Buffer.alloc(0)), 'shell')).toThrow('signature');
  receiver.open(frames, 'shell');
  expect(() => receiver.open(frames, 'shell')).toThrow('a replay');
});

test('frames that are not a message are refused in a sentence', () => {
  const { sender, receiver } = envelopes('sha256', '');
  const frames = sent(sender.seal({ type: 't', content: {} }));
  const open = (wrong: Uint8Array[]) => () => receiver.open(wrong, 'shell');
  expect(open([])).toThrow('no <IDS|MSG> among its 0 frames');
  expect(open(frames.slice(0, 5))).toThrow('four dicts should follow <IDS|MSG>, found 4 frames');
  expect(open(frames.with(5, Buffer.from('{')))).toThrow('its content is not JSON');
  expect(open(frames.with(4, Buffer.from('[]')))).toThrow('its metadata should be an object, found an array');
  expect(open(frames.with(3, Buffer.from('null')))).toThrow('its parent_header should be an object, found null');
  expect(open(frames.with(2, Buffer.from('{"msg_id":1}')))).toThrow('header.msg_id should be a string, found number');
});

test('the last 65,536 signatures are remembered, and no more', () => {
  const signer = createSigner('md5', 'k');
  const check = (text: string) => {
    const parts = [Buffer.from(text)];
    return signer.check(Buffer.from(signer.sign(parts)), signer.sign(parts));
  };
  expect(check('first')).toBe('good');
  for (let index = 0; index < 65_536; index++) check(String(index));
  expect(check('65535')).toBe('repeated');
  expect(check('first')).toBe('good');
});

test('a short message has its JSON as text, which ZeroMQ copies, and a long one as bytes, which are made once', () => {
  const { sender } = envelopes();
  const parent = parentText({ msg_id: 'a', msg_type: 'execute_request', session: 's' });
  const kinds = (text: string) => {
    const { frames } = sender.seal({ type: 'stream', content: { text }, parent, metadata: { m: 1 } });
    return frames.slice(2).map((frame) => typeof frame);
  };
  expect(kinds('short')).toEqual(['string', 'string', 'string', 'string']);
  expect(kinds('long'.repeat(10_000))).toEqual(['string', 'string', 'string', 'object']);
});

test('identities that repeat are kept once', () => {
  const envelope = createEnvelope(createSigner('sha256', ''), 's', 'u');
  const receive = (identity: string) =>
    envelope.open([Buffer.from(identity), ...sent(envelope.seal({ type: 'x', content: {} }))], 'shell').identities;
  const [first, second, other] = [receive('one'), receive('one'), receive('two')];
  expect(second).toBe(first);
  expect(other.map(String)).toEqual(['two']);
});
