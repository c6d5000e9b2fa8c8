import { createHmac, getHashes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseConnection, readConnection } from '../../../kernel/wire/connection.ts';

const GOOD = {
  transport: 'tcp',
  ip: '127.0.0.1',
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 5,
};
const parse = (over: object) => parseConnection(JSON.stringify({ ...GOOD, ...over }));

test('tcp and ipc addresses are made as Jupyter makes them', () => {
  expect(parse({}).addresses.shell).toBe('tcp://127.0.0.1:1');
  const ipc = parse({ transport: 'ipc', ip: '/run/k' });
  expect(ipc.addresses.hb).toBe('ipc:///run/k-5');
  expect(ipc.files.toSorted()).toEqual(['/run/k-1', '/run/k-2', '/run/k-3', '/run/k-4', '/run/k-5']);
});

test("every HMAC of node:crypto is accepted, under Python's names too", () => {
  for (const hash of getHashes()) {
    try {
      createHmac(hash, '');
    } catch {
      continue; // Such as shake128, which has no HMAC.
    }
    expect(parse({ signature_scheme: `hmac-${hash}` }).hash).toBe(hash);
  }
  expect(parse({ signature_scheme: 'hmac-sha3_256' }).hash).toBe('sha3-256');
  expect(parse({ signature_scheme: 'hmac-blake2b' }).hash).toBe('blake2b512');
  expect(parse({}).hash).toBe('sha256');
});

test('a session that the server names is used, unless it is empty', () => {
  expect(parse({ jupyter_session: 'abc' }).session).toBe('abc');
  expect(parse({ jupyter_session: '' }).session).toBeUndefined();
});

test('a file that cannot be used is refused in a sentence that says what was expected', () => {
  expect(() => parse({ hb_port: undefined, ip: undefined })).toThrow('ip, hb_port missing');
  expect(() => parse({ shell_port: '1' })).toThrow('shell_port should be a whole number from 1 to 65535, found "1"');
  expect(() => parse({ shell_port: 70_000 })).toThrow('found 70000');
  expect(() => parse({ transport: 'udp' })).toThrow('transport should be "tcp" or "ipc", found "udp"');
  expect(() => parse({ key: 5 })).toThrow('key should be a string, found 5');
  for (const scheme of ['sha256', 'hmac-nonsense', 5]) {
    expect(() => parse({ signature_scheme: scheme })).toThrow('signature_scheme should be hmac-<hash>');
  }
  expect(() => parseConnection('{')).toThrow('it should hold JSON');
  expect(() => parseConnection('[]')).toThrow('it should hold an object');
});

test('CURVE keys come in pairs, and a wrong one is refused without being shown', () => {
  const keys = { curve_publickey: 'p'.repeat(40), curve_secretkey: 's'.repeat(40) };
  expect(parse({}).curve).toBeUndefined();
  expect(parse({ curve_publickey: null, curve_secretkey: null }).curve).toBeUndefined();
  expect(parse(keys).curve).toEqual({ publicKey: 'p'.repeat(40), secretKey: 's'.repeat(40) });
  expect(() => parse({ ...keys, curve_secretkey: undefined })).toThrow(
    'curve_secretkey should be a CURVE key of 40 characters (Z85), found undefined',
  );
  expect(() => parse({ ...keys, curve_publickey: 'short' })).toThrow('(Z85), found 5 characters');
});

test('a sentence about a missing or wrong file names it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-connection-'));
  const path = join(folder, 'c.json');
  expect(() => readConnection(path)).toThrow(`connection file ${path}: there is no such file`);
  writeFileSync(path, '{}');
  expect(() => readConnection(path)).toThrow(`connection file ${path}: ip, shell_port`);
  writeFileSync(path, JSON.stringify(GOOD));
  expect(readConnection(path).key).toBe('');
  rmSync(folder, { recursive: true });
});
