// Connections beyond what CPython's tests ask: TLS, floods, resets, and what is left open at the end of a run.
// biome-ignore-all lint/correctness/useYield: some bodies have nothing to wait for.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import {
  type Awaitable,
  awaiting,
  CancelledError,
  type Coroutine,
  coroutine,
  createTask,
  getRunningLoop,
  Loop,
  OSError,
  openConnection,
  run,
  type Server,
  type StreamReader,
  type StreamWriter,
  sleep,
  startServer,
  waitFor,
} from '../../runtime/asyncio/index.ts';

const HOST = '127.0.0.1';
const [cert, key] = ['certificate.pem', 'key.pem'].map((name) =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'tls', name), 'utf8'),
) as [string, string];

const ended = coroutine(function* (awaitable: Coroutine<unknown>) {
  try {
    return yield* awaitable;
  } catch (error) {
    return (error as Error).name;
  }
});

const thrownBy = coroutine(function* (awaitable: Awaitable<unknown>) {
  try {
    yield* awaiting(awaitable);
    return 'nothing';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
});

/** A server that begins TLS when it is told to, and a client that has told it. */
const told = coroutine(function* (handle: (reader: StreamReader, writer: StreamWriter) => Coroutine<unknown>) {
  const server = yield* startServer(
    coroutine(function* (reader, writer) {
      writer.write(`${yield* reader.readline()}`);
      yield* writer.startTls({ cert, key });
      yield* handle(reader, writer);
    }),
    HOST,
    0,
  );
  const [reader, writer] = yield* openConnection(HOST, server.port);
  writer.write('STARTTLS\n');
  yield* reader.readline();
  return { server, reader, writer };
});

test('startTls encrypts a connection that is open, on both sides, and both go on to talk', async () => {
  const shout = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
    writer.write(String(yield* reader.readline()).toUpperCase());
    writer.close();
  });
  const main = coroutine(function* () {
    const { server, reader, writer } = yield* told(shout);
    const before = [writer.canWriteEof(), writer.getExtraInfo('cipher')];
    yield* writer.startTls({ ca: cert, serverHostname: 'localhost' });
    writer.write('secret\n');
    const answer = String(yield* reader.read());
    const { subject } = writer.getExtraInfo('peercert') as { subject: { CN: string } };
    const after = [writer.canWriteEof(), typeof writer.getExtraInfo('cipher'), subject.CN];
    const [peer] = writer.getExtraInfo('peername') as [string];
    writer.close();
    yield* writer.waitClosed();
    server.close();
    yield* server.waitClosed();
    return { before, answer, after, peer };
  });
  expect(await run(main())).toEqual({
    before: [true, null],
    answer: 'SECRET\n',
    after: [false, 'string', 'localhost'],
    peer: HOST,
  });
});

test('with TLS one half cannot be ended by itself: writeEof throws, and the connection goes on', async () => {
  const main = coroutine(function* () {
    const { server, reader, writer } = yield* told(
      coroutine(function* (reader, writer) {
        writer.write(yield* reader.readline());
        yield* writer.drain();
        writer.close();
      }),
    );
    yield* writer.startTls({ ca: cert, serverHostname: 'localhost' });
    const refused = yield* thrownBy(
      coroutine(function* () {
        writer.writeEof();
      })(),
    );
    writer.write('still there\n');
    const answer = `${yield* reader.readline()}`;
    writer.close();
    server.close();
    return [writer.canWriteEof(), refused, answer];
  });
  const text = 'RuntimeError: Cannot call write_eof() with TLS, which ends both halves: use close()';
  expect(await run(main())).toEqual([false, text, 'still there\n']);
});

test('what is no TLS at all is an SSLError with a line of text, which every wait of the connection tells', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer((_, writer) => writer.write('plain text\n'), HOST, 0);
    const [reader, writer] = yield* openConnection(HOST, server.port);
    const texts: string[] = [];
    try {
      yield* writer.startTls({ ca: cert, serverHostname: 'localhost' });
    } catch (error) {
      texts.push(String(error instanceof OSError && error.code));
    }
    writer.close();
    texts.push(yield* thrownBy(reader.read()), yield* thrownBy(writer.waitClosed()));
    server.closeClients();
    server.close();
    return texts;
  });
  const text = 'SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number';
  expect(await run(main())).toEqual(['ERR_SSL_WRONG_VERSION_NUMBER', text, text]);
});

test('what goes over the wire after startTls is not the text', async () => {
  const seen: Buffer[] = [];
  const main = coroutine(function* () {
    const { server, writer } = yield* told(
      coroutine(function* (reader: StreamReader, writer: StreamWriter) {
        yield* reader.readline();
        writer.close();
      }),
    );
    // The same again through a proxy that listens in.
    const proxy = createServer((socket) => {
      const beyond = connect(server.port, HOST);
      socket
        .on('data', (chunk: Buffer) => seen.push(chunk))
        .pipe(beyond)
        .pipe(socket);
      for (const one of [socket, beyond]) one.on('error', () => {});
    });
    yield* awaiting(new Promise<void>((resolve) => proxy.listen(0, HOST, resolve)));
    const [reader, through] = yield* openConnection(HOST, (proxy.address() as { port: number }).port);
    through.write('STARTTLS\n');
    yield* reader.readline();
    yield* through.startTls({ ca: cert, serverHostname: 'localhost' });
    through.write('secret\n');
    yield* reader.read();
    proxy.close();
    writer.close();
    through.close();
  });
  await run(main());
  const wire = Buffer.concat(seen).toString('latin1');
  expect([wire.startsWith('STARTTLS\n'), wire.includes('secret')]).toEqual([true, false]);
});

test('a certificate that nobody vouches for, or of another name, ends startTls with an SSLCertVerificationError', async () => {
  const main = coroutine(function* () {
    const errors: unknown[] = [];
    for (const options of [
      { serverHostname: 'localhost' },
      { ca: cert, serverHostname: 'elsewhere' },
      { ca: cert, serverHostname: HOST },
      { ca: cert },
      { serverHostname: 'localhost', rejectUnauthorized: false },
      { ca: cert, serverHostname: 'elsewhere', checkHostname: false },
    ]) {
      const { server, writer } = yield* told(
        coroutine(function* (reader: StreamReader) {
          yield* reader.read();
        }),
      );
      getRunningLoop().setExceptionHandler(() => {});
      errors.push(yield* thrownBy(writer.startTls(options)));
      writer.close();
      server.close();
    }
    return errors;
  });
  const failed = 'SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed';
  expect(await run(main())).toEqual([
    `${failed}: self-signed certificate`,
    `${failed}: Hostname mismatch, certificate is not valid for 'elsewhere'.`,
    `${failed}: IP address mismatch, certificate is not valid for '127.0.0.1'.`,
    'ValueError: check_hostname requires server_hostname',
    'nothing',
    'nothing',
  ]);
});

test('a line without end fails at its limit and is not kept in memory', async () => {
  const main = coroutine(function* () {
    let sent = 0;
    const server = yield* startServer(
      coroutine(function* (_reader, writer) {
        for (; ; sent++) {
          writer.write(Buffer.alloc(64 * 1024, 'x'));
          yield* writer.drain();
        }
      }),
      HOST,
      0,
    );
    const [reader, writer] = yield* openConnection(HOST, server.port);
    const line = yield* ended(reader.readline());
    yield* sleep(0.2);
    const before = sent;
    yield* sleep(0.2);
    const stopped = sent === before;
    writer.close();
    return [line, stopped];
  });
  expect(await run(main())).toEqual(['ValueError', true]);
});

test('the limit lets through what is just as long, and chunks of any size are searched across', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(
      coroutine(function* (_reader, writer) {
        for (const byte of 'abcdefgh\r\nij\r\n\r\nrest') {
          writer.write(byte);
          yield* sleep(0);
        }
        writer.close();
      }),
      HOST,
      0,
    );
    const [reader, writer] = yield* openConnection(HOST, server.port, { limit: 8 });
    const parts = [
      yield* reader.readuntil('\r\n'),
      yield* reader.readuntil(['\r\n\r\n', 'j']),
      yield* reader.readuntil('\n'),
    ];
    parts.push(yield* reader.readline(), yield* reader.read());
    // A writer that nobody has any more is closed: this one is needed until here.
    writer.close();
    return parts.map(String);
  });
  expect(await run(main())).toEqual(['abcdefgh\r\n', 'ij', '\r\n', '\r\n', 'rest']);
});

test('a handler that fails is told to the exception handler, and its connection is closed', async () => {
  const main = coroutine(function* () {
    const told: string[] = [];
    getRunningLoop().setExceptionHandler((_loop, { message, exception }) => told.push(`${message}: ${exception}`));
    const fails = coroutine(function* () {
      yield* sleep(0);
      throw new TypeError('handler');
    });
    const throws = (): never => {
      throw new TypeError('at once');
    };
    for (const handle of [fails, throws]) {
      const server = yield* startServer(handle, HOST, 0);
      const [reader, writer] = yield* openConnection(HOST, server.port);
      told.push(String(yield* waitFor(reader.read(), 5)));
      writer.close();
      server.close();
    }
    return told;
  });
  const message = 'Unhandled exception in client_connected_cb: TypeError';
  expect(await run(main())).toEqual([`${message}: handler`, '', `${message}: at once`, '']);
});

test('close ends serveForever as a cancellation; a server that is closed does not serve again', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(() => undefined, HOST, 0, { startServing: false });
    const serving = createTask(server.serveForever());
    yield* sleep(0.02);
    const port = server.port > 0;
    const second = yield* ended(server.serveForever());
    server.close();
    let outcome = 'goes on';
    try {
      yield* serving;
    } catch (error) {
      outcome = error instanceof CancelledError ? 'cancelled' : String(error);
    }
    return [port, second, outcome, yield* ended(server.startServing())];
  });
  expect(await run(main())).toEqual([true, 'RuntimeError', 'cancelled', 'RuntimeError']);
});

test('leaving a block with `await using` closes the server and waits for its connections', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(
      coroutine(function* (reader) {
        yield* reader.read();
      }),
      HOST,
      0,
    );
    const [, writer] = yield* openConnection(HOST, server.port);
    yield* sleep(0.02);
    const left = createTask(server[Symbol.asyncDispose]());
    yield* sleep(0.02);
    const before = left.done();
    writer.close();
    server.closeClients();
    yield* waitFor(left, 5);
    return [before, server.isServing()];
  });
  expect(await run(main())).toEqual([false, false]);
});

test('what is no count and no bytes is refused at once, and the stream goes on', async () => {
  const wrong = <T>(value: unknown): T => value as T;
  const main = coroutine(function* () {
    const server = yield* startServer(
      (_, writer) => {
        writer.write('abc');
        writer.close();
      },
      HOST,
      0,
    );
    const [reader, writer] = yield* openConnection(HOST, server.port);
    const refused: string[] = [];
    for (const count of ['a', 1.5, Number.NaN, null]) {
      refused.push(yield* thrownBy(reader.readexactly(wrong(count))), yield* thrownBy(reader.read(wrong(count))));
    }
    for (const data of [5, null, {}, [1], new ArrayBuffer(1)]) {
      refused.push(
        yield* thrownBy(
          coroutine(function* () {
            writer.write(wrong(data));
          })(),
        ),
      );
    }
    refused.push(
      yield* thrownBy(
        coroutine(function* () {
          yield* reader.readuntil(wrong(5));
        })(),
      ),
    );
    const text = `${yield* reader.read()}`;
    writer.close();
    server.close();
    return [refused, text];
  });
  const count = (type: string): string => `TypeError: '${type}' object cannot be interpreted as an integer`;
  const bytes = (type: string, name = 'data'): string =>
    `TypeError: ${name} argument must be a bytes-like object, not '${type}'`;
  expect(await run(main())).toEqual([
    [
      ...['str', 'float', 'float', 'NoneType'].flatMap((type) => [count(type), count(type)]),
      ...['int', 'NoneType', 'Object', 'Array', 'ArrayBuffer'].map((type) => bytes(type)),
      bytes('int', 'separator'),
    ],
    'abc',
  ]);
});

test('streams and servers say what they are', async () => {
  const main = coroutine(function* () {
    const server = yield* startServer(
      (_, writer) => {
        writer.write('abc');
        writer.writeEof();
      },
      HOST,
      0,
    );
    const { port } = server;
    const [reader, writer] = yield* openConnection(HOST, port, { limit: 100 });
    const reading = createTask(reader.readexactly(4));
    yield* sleep(0);
    const texts = [String(server), String(reader), inspect(writer)].map((text) =>
      text.replaceAll(String(port), 'PORT'),
    );
    yield* thrownBy(reading);
    writer.close();
    texts.push(String(reader), String(writer));
    server.close();
    server.closeClients();
    texts.push(inspect(server), yield* thrownBy(server.serveForever()));
    return texts;
  });
  const waits = '<StreamReader limit=100 waiter=<Future pending cb=[Task.task_wakeup()]>>';
  expect(await run(main())).toEqual([
    `<Server sockets=(['${HOST}', PORT],)>`,
    waits,
    `<StreamWriter reader=${waits}>`,
    '<StreamReader eof limit=100>',
    '<StreamWriter closing reader=<StreamReader eof limit=100>>',
    '<Server sockets=()>',
    'RuntimeError: server <Server sockets=()> is closed',
  ]);
});

test('a signal handler is for a signal, and is no coroutine function', async () => {
  const main = coroutine(function* () {
    const loop = getRunningLoop();
    const of = (signal: unknown, call: () => unknown = () => undefined) =>
      thrownBy(
        coroutine(function* () {
          loop.addSignalHandler(signal as NodeJS.Signals, call);
        })(),
      );
    return [
      yield* of('SIGFOO'),
      yield* of('exit'),
      yield* of(12),
      yield* of(
        'SIGUSR2',
        coroutine(function* () {}),
      ),
      yield* of('SIGUSR2'),
    ];
  });
  expect(await run(main())).toEqual([
    "ValueError: invalid signal 'SIGFOO'",
    "ValueError: invalid signal 'exit'",
    "TypeError: sig must be a name, such as 'SIGTERM', not 12",
    'TypeError: coroutines cannot be used with add_signal_handler()',
    'nothing',
  ]);
});

test('on a shared loop, what a run has open is closed at its end, and what others have open is not', async () => {
  const loop = new Loop({ shared: true, clock: 'real' });
  loop.install();
  loop.hold();
  const silent = coroutine(function* (reader: StreamReader) {
    yield* reader.read();
  });
  const serve = coroutine(function* () {
    return yield* startServer(silent, HOST, 0);
  });
  const cell = coroutine(function* () {
    const mine = yield* serve();
    const other = (yield* run(serve()) as unknown as Coroutine<Server>) as Server;
    const states = [mine.isServing(), other.isServing()];
    mine.close();
    return states;
  });
  expect(await loop.createTask(cell(), { group: null })).toEqual([true, false]);
  await loop.shutdown(1);
});

/** What a program prints, and how it ends. Jest's `process` hears no signals. */
function program(main: string): { readonly stdout: string; readonly stderr: string; readonly signal: string | null } {
  const library = pathToFileURL(join(import.meta.dirname, '..', '..', 'runtime', 'asyncio', 'index.ts')).href;
  const text = `
    import * as asyncio from ${JSON.stringify(library)};
    const { coroutine, createTask, getRunningLoop, run, sleep } = asyncio;
    await run(coroutine(function* () { ${main} })());
    console.log('run is over');`;
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-program-'));
  try {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, text);
    const { stdout, stderr, signal } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 30_000 });
    return { stdout, stderr, signal };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('after run nothing keeps the program alive: server, connection, process, thread, signal, timer', () => {
  const ended = program(`
    const loop = getRunningLoop();
    const handle = coroutine(function* (reader) {
      try { yield* reader.read(); } finally { console.log('handler over'); }
    });
    const server = yield* asyncio.startServer(handle, '127.0.0.1', 0);
    yield* asyncio.openConnection('127.0.0.1', server.port);
    const process = yield* asyncio.createSubprocess('cat');
    process.stdin.write('x');
    yield* process.stdout.read(1);
    loop.addSignalHandler('SIGUSR2', () => {});
    loop.runInExecutor(null, () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
    createTask(server.serveForever());
    loop.callLater(1000, () => {});
    yield* loop.runInExecutor(null, () => 1);`);
  expect(ended).toEqual({ stdout: 'handler over\nrun is over\n', stderr: '', signal: null });
});

test('a signal handler is called each time, with its context; what it makes ends with its run, and so does it', () => {
  const ended = program(`
    const loop = getRunningLoop();
    const twice = new asyncio.Event();
    const name = new asyncio.ContextVar('name');
    let count = 0;
    const late = coroutine(function* () {
      try { yield* sleep(60); } finally { console.log('finally'); }
    });
    name.set('main');
    loop.addSignalHandler('SIGUSR2', () => {
      console.log(name.get());
      createTask(late());
      if (++count === 2) twice.set();
      else process.kill(process.pid, 'SIGUSR2');
    });
    name.set('changed');
    process.kill(process.pid, 'SIGUSR2');
    yield* twice.wait();
    yield* sleep(0);
    setTimeout(() => console.log(process.listenerCount('SIGUSR2')));`);
  const stdout = 'main\nmain\nfinally\nfinally\nrun is over\n0\n';
  expect(ended).toEqual({ stdout, stderr: '', signal: null });
});

test('a connection whose handler ended without closing it is closed, unless somebody has its writer', () => {
  // In a program of its own, where a collection takes milliseconds.
  const { stdout, stderr } = program(`
    const kept = [];
    const handle = coroutine(function* (reader, writer) {
      const line = String(yield* reader.readline());
      writer.write(line);
      yield* writer.drain();
      if (line === 'keep\\n') kept.push(writer);
    });
    const server = yield* asyncio.startServer(handle, '127.0.0.1', 0);
    const ask = coroutine(function* (line) {
      const [reader, writer] = yield* asyncio.openConnection('127.0.0.1', server.port);
      writer.write(line);
      console.log(String(yield* reader.readline()).trim());
      return [reader, writer];
    });
    const keeping = yield* ask('keep\\n');
    const dropping = yield* ask('drop\\n');
    // It has the end of its input only because the other side closes.
    console.log('end', String(yield* dropping[0].read()) === '');
    kept[0].write('still there\\n');
    console.log(String(yield* keeping[0].readline()).trim());
    kept.length = 0;
    server.close();
    yield* server.waitClosed();
    console.log('end', String(yield* keeping[0].read()) === '');`);
  expect([stdout, stderr]).toEqual(['keep\ndrop\nend true\nstill there\nend true\nrun is over\n', '']);
});
