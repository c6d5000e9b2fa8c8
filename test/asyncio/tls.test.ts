// Connections that have TLS from their beginning: `ssl` of openConnection and startServer, and of their Unix kin. TLS that
// begins later, startTls, is in connections.test.ts.
// biome-ignore-all lint/correctness/useYield: some bodies have nothing to wait for.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { expect, test } from '@jest/globals';
import {
  type Awaitable,
  awaiting,
  type ConnectionOptions,
  coroutine,
  createTask,
  getRunningLoop,
  OSError,
  openConnection,
  openUnixConnection,
  run,
  type Server,
  type ServerOptions,
  SSLCertVerificationError,
  SSLError,
  type StreamReader,
  type StreamWriter,
  sleep,
  startServer,
  startUnixServer,
  waitFor,
} from '../../runtime/asyncio/index.ts';

const HOST = '127.0.0.1';
const [cert, key] = ['certificate.pem', 'key.pem'].map((name) =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'tls', name), 'utf8'),
) as [string, string];
const ssl = { cert, key };
const trusting = { ssl: { ca: cert }, serverHostname: 'localhost' };

const thrownBy = coroutine(function* (awaitable: Awaitable<unknown>) {
  try {
    yield* awaiting(awaitable);
    return 'nothing';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
});

const shout = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
  for (;;) {
    const line = yield* reader.readline();
    if (line.length === 0) break;
    writer.write(String(line).toUpperCase());
  }
  writer.close();
});

const talk = coroutine(function* ([reader, writer]: [StreamReader, StreamWriter]) {
  writer.write('secret\n');
  const answer = String(yield* reader.readline());
  const { subject } = writer.getExtraInfo('peercert') as { subject: { CN: string } };
  writer.close();
  yield* writer.waitClosed();
  return [answer, subject.CN, writer.canWriteEof()];
});

const ended = coroutine(function* (server: Server) {
  server.close();
  yield* server.waitClosed();
});

test('a client and a server with ssl talk, by TCP and through a Unix socket, and both end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-'));
  const path = join(folder, 'socket');
  const main = coroutine(function* () {
    const tcp = yield* startServer(shout, HOST, 0, { ssl });
    const unix = yield* startUnixServer(shout, path, { ssl });
    const said = [
      yield* talk(yield* openConnection(HOST, tcp.port, trusting)),
      yield* talk(yield* openUnixConnection(path, trusting)),
    ];
    yield* ended(tcp);
    yield* ended(unix);
    return said;
  });
  try {
    const same = ['SECRET\n', 'localhost', false];
    expect(await run(main())).toEqual([same, same]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the certificate must carry the host of openConnection, unless serverHostname names another', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(shout, HOST, 0, { ssl });
    const results: unknown[] = [];
    for (const options of [{ ssl: { ca: cert } }, { ssl: true }, { ssl: { rejectUnauthorized: false } }, trusting]) {
      results.push(yield* thrownBy(openConnection(HOST, server.port, options as ConnectionOptions)));
    }
    server.close();
    return results;
  });
  const failed = 'SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed';
  expect(await run(main())).toEqual([
    `${failed}: IP address mismatch, certificate is not valid for '127.0.0.1'.`,
    `${failed}: self-signed certificate`,
    'nothing',
    'nothing',
  ]);
});

test('SSLCertVerificationError says what is wrong, and is an SSLError and an OSError', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(shout, HOST, 0, { ssl });
    try {
      yield* openConnection(HOST, server.port, { ssl: true });
    } catch (error) {
      if (!(error instanceof SSLCertVerificationError)) throw error;
      const { reason, verifyCode, verifyMessage, code } = error;
      return [reason, verifyCode, verifyMessage, code, error instanceof SSLError, error instanceof OSError];
    } finally {
      server.close();
    }
    return [];
  });
  const code = 'DEPTH_ZERO_SELF_SIGNED_CERT';
  expect(await run(main())).toEqual(['CERTIFICATE_VERIFY_FAILED', 18, 'self-signed certificate', code, true, true]);
});

test('a client that fails at the handshake is no connection: no handler, no report, and the server goes on', async () => {
  const reports: unknown[] = [];
  const main = coroutine(function* () {
    getRunningLoop().setExceptionHandler((_, context) => reports.push(context.message));
    let handled = 0;
    const server = yield* startServer(
      (reader, writer) => {
        handled++;
        return shout(reader, writer);
      },
      HOST,
      0,
      { ssl },
    );
    yield* thrownBy(openConnection(HOST, server.port, { ssl: true }));
    const [reader, writer] = yield* openConnection(HOST, server.port);
    writer.write('this is no TLS\n');
    yield* thrownBy(reader.read());
    writer.close();
    const said = yield* talk(yield* openConnection(HOST, server.port, trusting));
    yield* ended(server);
    return [handled, said[0]];
  });
  expect([await run(main()), reports]).toEqual([[1, 'SECRET\n'], []]);
});

test('a handshake that takes longer than sslHandshakeTimeout is aborted, on either side', async () => {
  const main = coroutine(function* () {
    // It takes connections and says nothing.
    const mute = createServer(() => {});
    yield* awaiting(new Promise<void>((resolve) => mute.listen(0, HOST, resolve)));
    const { port } = mute.address() as { port: number };
    const client = yield* thrownBy(openConnection(HOST, port, { ...trusting, sslHandshakeTimeout: 0.05 }));
    mute.close();
    const server = yield* startServer(shout, HOST, 0, { ssl, sslHandshakeTimeout: 0.05 });
    const [reader, writer] = yield* openConnection(HOST, server.port);
    const left = (yield* reader.read()).length;
    writer.close();
    yield* ended(server);
    return [client, left];
  });
  const text = 'SSL handshake is taking longer than 0.05 seconds: aborting the connection';
  expect(await run(main())).toEqual([`ConnectionAbortedError: ${text}`, 0]);
});

test('a run that ends during a handshake leaves nothing open and reports nothing', async () => {
  const reports: unknown[] = [];
  const main = coroutine(function* () {
    getRunningLoop().setExceptionHandler((_, context) => reports.push(context.message));
    const server = yield* startServer(shout, HOST, 0, { ssl });
    yield* openConnection(HOST, server.port);
    const kept: StreamWriter[] = [];
    const mute = yield* startServer((_reader, writer) => void kept.push(writer), HOST, 0);
    createTask(openConnection(HOST, mute.port, trusting));
    yield* sleep(0.05);
  });
  await run(main());
  expect(reports).toEqual([]);
});

test('without ssl its other options are refused, and with it a server needs a certificate that can be read', async () => {
  const main = coroutine(function* () {
    const client = (options: unknown) => thrownBy(openConnection(HOST, 1, options as ConnectionOptions));
    const server = (options: unknown) => thrownBy(startServer(shout, HOST, 0, options as ServerOptions));
    return [
      yield* client({ serverHostname: 'localhost' }),
      yield* client({ sslHandshakeTimeout: 1 }),
      yield* client({ ssl: true, sslHandshakeTimeout: 0 }),
      yield* thrownBy(openUnixConnection('/nowhere', { ssl: true })),
      yield* server({ sslHandshakeTimeout: 1 }),
      yield* server({ ssl: true }),
      yield* server({ ssl: { cert: 'no certificate', key } }),
    ];
  });
  expect(await run(main())).toEqual([
    'ValueError: server_hostname is only meaningful with ssl',
    'ValueError: ssl_handshake_timeout is only meaningful with ssl',
    'ValueError: ssl_handshake_timeout should be a positive number, got 0',
    'ValueError: You must set server_hostname when using ssl without a host',
    'ValueError: ssl_handshake_timeout is only meaningful with ssl',
    'TypeError: ssl must be an object with a certificate and its key, not True',
    'SSLError: [SSL: PEM_NO_START_LINE] no start line',
  ]);
});

test('the end of one side is the end of both: what is still to be written is written, and waitClosed returns', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(
      coroutine(function* (_, writer) {
        writer.write(Buffer.alloc(300_000, 'x'));
        writer.close();
      }),
      HOST,
      0,
      { ssl },
    );
    const [reader, writer] = yield* openConnection(HOST, server.port, trusting);
    const got = yield* reader.read();
    yield* writer.waitClosed();
    yield* ended(server);
    return [got.length, writer.isClosing(), yield* thrownBy(writer.drain())];
  });
  expect(await run(main())).toEqual([300_000, true, 'ConnectionResetError: Connection lost']);
});

test('what is written after close is dropped, without an error while TLS ends, as in Python', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(shout, HOST, 0, { ssl });
    const [, writer] = yield* openConnection(HOST, server.port, trusting);
    writer.close();
    writer.write('late');
    const results = [yield* thrownBy(writer.drain()), yield* thrownBy(writer.waitClosed())];
    results.push(yield* thrownBy(writer.drain()));
    server.close();
    return results;
  });
  expect(await run(main())).toEqual(['nothing', 'nothing', 'ConnectionResetError: Connection lost']);
});

test('a peer that ends its half only is answered with the end of the other, for TLS has no halves', async () => {
  const main = coroutine(function* () {
    const said = getRunningLoop().createFuture<string>();
    const server = yield* startServer(
      coroutine(function* (reader, writer) {
        const text = String(yield* reader.read());
        yield* writer.waitClosed();
        said.setResult(text);
      }),
      HOST,
      0,
      { ssl },
    );
    const to = { host: HOST, port: server.port, ca: cert, servername: 'localhost', allowHalfOpen: true };
    const half = tlsConnect(to);
    half.once('secureConnect', () => half.end('bye')).resume();
    const text = yield* waitFor(said, 5);
    server.close();
    return text;
  });
  expect(await run(main())).toBe('bye');
});

test('startServer listens on each address of each host: sockets lists them, and one that is taken closes all', async () => {
  const names = (server: Server) => server.sockets.map(({ sockname }) => sockname[0]).sort();
  const main = coroutine(function* () {
    const both = yield* startServer(shout, ['127.0.0.1', '127.0.0.2', '127.0.0.1'], 0);
    const listed = names(both);
    const ports = both.sockets.map(({ sockname }) => sockname[1] as number);
    const [reader, writer] = yield* openConnection('127.0.0.2', ports[1] as number);
    writer.write('hello\n');
    const answer = String(yield* reader.readline());
    writer.close();
    const taken = yield* thrownBy(startServer(shout, ['127.0.0.3', '127.0.0.1'], ports[0] as number));
    const again = yield* startServer(shout, '127.0.0.3', ports[0] as number);
    yield* ended(again);
    yield* ended(both);
    return [listed, answer, taken, names(both), both.port === ports[0]];
  });
  const [listed, answer, taken, after, first] = await run(main());
  expect([listed, answer, after, first]).toEqual([['127.0.0.1', '127.0.0.2'], 'HELLO\n', [], true]);
  expect(taken).toMatch(/^OSError: listen EADDRINUSE: address already in use 127\.0\.0\.1:\d+$/);
});

test.each([null, ''])('startServer with host %j listens on all addresses of this machine', async (host) => {
  const main = coroutine(function* () {
    const server = yield* startServer(shout, host, 0);
    const listed = server.sockets.map(({ sockname }) => sockname[0]);
    const [reader, writer] = yield* openConnection(HOST, server.sockets[0]?.sockname[1] as number);
    writer.write('hello\n');
    const answer = String(yield* reader.readline());
    writer.close();
    yield* ended(server);
    return [listed, answer];
  });
  const [listed, answer] = (await run(main())) as [string[], string];
  // A machine may have no IPv6.
  expect([['0.0.0.0'], ['0.0.0.0', '::']]).toContainEqual(listed);
  expect(answer).toBe('HELLO\n');
});

test('an end that goes away in the handshake is a ConnectionResetError for the other, which is an OSError', async () => {
  const main = coroutine(function* () {
    const errors: unknown[] = [];
    const caught = coroutine(function* (awaitable: Awaitable<unknown>) {
      try {
        yield* awaiting(awaitable);
      } catch (error) {
        errors.push((error as Error).name, error instanceof OSError);
      }
    });
    const hangUp = yield* startServer(
      coroutine(function* (reader, writer) {
        yield* reader.read(1);
        writer.close();
      }),
      HOST,
      0,
    );
    yield* caught(openConnection(HOST, hangUp.port, { ssl: { rejectUnauthorized: false, checkHostname: false } }));
    const [, plain] = yield* openConnection(HOST, hangUp.port);
    yield* caught(plain.startTls({ rejectUnauthorized: false, checkHostname: false }));
    const accepted = getRunningLoop().createFuture<void>();
    const server = yield* startServer(
      coroutine(function* (_reader, writer) {
        yield* caught(writer.startTls(ssl));
        accepted.setResult();
      }),
      HOST,
      0,
    );
    const [, leaving] = yield* openConnection(HOST, server.port);
    leaving.close();
    yield* accepted;
    hangUp.close();
    server.close();
    return errors;
  });
  const reset = ['ConnectionResetError', true];
  expect(await run(main())).toEqual([...reset, ...reset, ...reset]);
});
