// JSON with long texts in it, read and written piece by piece: the same value as in one go, and others get their turn.

import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { JsonBytes } from '../../../kernel/protocol.ts';
import { isLong, LONG_UNITS, readLong, writeLong } from '../../../kernel/wire/long-json.ts';
import { createEnvelope, isLongMessage } from '../../../kernel/wire/message.ts';
import { createSigner } from '../../../kernel/wire/signature.ts';

/** Longer than LONG_UNITS; a piece ends in the middle of whatever it is made of. */
const repeated = (part: string, before = '') => before + part.repeat(Math.ceil((1.2 * LONG_UNITS) / part.length));

const TEXTS: readonly (readonly [string, string])[] = [
  ['letters', repeated('x')],
  ['two bytes a letter', repeated('é', 'x')],
  ['three bytes a letter', repeated('→', 'xy')],
  ['surrogate pairs', repeated('😀', 'x')],
  ['halves of pairs', repeated('\ud83d', '😀')],
  ['quotes', repeated('"')],
  ['backslashes', repeated('\\', 'x')],
  ['backslashes and quotes', repeated('\\"\\\\', 'x')],
  ['control characters', repeated('\u0001\n', 'xyz')],
];

test.each(TEXTS)('a long text is written and read as JSON.stringify and JSON.parse do: %s', async (_, text) => {
  const content = { before: '"', text, number: 1, after: ['\\"', {}] };
  const bytes = await writeLong(content);
  expect(JSON.parse(bytes.toString()) as unknown).toEqual(JSON.parse(Buffer.from(JSON.stringify(content)).toString()));
  const escaped = JSON.stringify(content).replace(
    /[^\0-~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  for (const json of [JSON.stringify(content), JSON.stringify(content, null, 2), escaped]) {
    const read = (await readLong(Buffer.from(json))) as typeof content;
    const expected = JSON.parse(Buffer.from(json).toString()) as typeof content;
    // Not with toEqual: it would print megabytes.
    expect(read.text === expected.text).toBe(true);
    expect({ ...read, text: '' }).toEqual({ ...expected, text: '' });
  }
});

test('what is not JSON is a SyntaxError, also where it breaks off in a long text', async () => {
  const text = 'x'.repeat(2 * LONG_UNITS);
  for (const json of [
    `{"a":"${text}`,
    `{"a":"${text}\\`,
    `{"a":"${text}"`,
    `{"a":"${text}" "b"}`,
    `{"a":"${text}\n"}`,
    '{',
  ])
    await expect(readLong(Buffer.from(json))).rejects.toThrow(SyntaxError);
});

test('a long name of a field stays a name', async () => {
  const json = JSON.stringify({ [repeated('k')]: repeated('v') });
  expect(JSON.stringify(await readLong(Buffer.from(json))) === json).toBe(true);
});

test('JSON that is bytes already is passed on as it is', async () => {
  const content = { data: new JsonBytes(Buffer.from('{"text/plain":"as it is"}')), metadata: {} };
  expect(isLong(content)).toBe(true);
  expect(String(await writeLong(content))).toBe('{"data":{"text/plain":"as it is"},"metadata":{}}');
});

test('a message of 20 MB is sealed and opened, its signature fits, and others get their turn meanwhile', async () => {
  const envelope = createEnvelope(createSigner('sha256', 'secret'), 'session', 'ada');
  const code = 'x'.repeat(20_000_000);
  let turns = 0;
  let busy = true;
  const count = () => {
    turns += 1;
    if (busy) setImmediate(count);
  };
  setImmediate(count);
  const { frames: sealedFrames, id } = (await envelope.sealLong({ type: 'execute_input', content: { code } })) ?? {
    frames: [],
    id: '',
  };
  const frames = sealedFrames.map((frame) => (typeof frame === 'string' ? Buffer.from(frame) : frame));
  const hmac = createHmac('sha256', 'secret');
  for (const frame of frames.slice(2, 6)) hmac.update(frame);
  expect(String(frames[1])).toBe(hmac.digest('hex'));
  const sealed = turns;
  expect(isLongMessage(frames)).toBe(true);
  const opened = await envelope.openLong(frames, 'shell');
  busy = false;
  expect(opened.header.msg_id).toBe(id);
  expect(opened.content.code === code).toBe(true);
  expect(sealed).toBeGreaterThan(2);
  expect(turns).toBeGreaterThan(sealed + 2);
  await expect(envelope.openLong(frames, 'shell')).rejects.toThrow('a replay');
  await expect(envelope.openLong(frames.with(2, Buffer.from('{}')), 'shell')).rejects.toThrow('does not fit the key');
  expect(envelope.sealLong({ type: 'status', content: { execution_state: 'busy' } })).toBeUndefined();
});
