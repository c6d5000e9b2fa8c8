// test_streams.py and test_server.py: see sockets.py for the same in Python.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  anext,
  type ConnectionOptions,
  type Coroutine,
  coroutine,
  createTask,
  EOFError,
  Event,
  gather,
  getRunningLoop,
  IncompleteReadError,
  LimitOverrunError,
  openConnection,
  openUnixConnection,
  run,
  type Server,
  type StreamReader,
  type StreamWriter,
  sleep,
  startServer,
  startUnixServer,
  waitFor,
} from 'cokernel';
import { native, outcome, print, raised, ticks } from '../judge.ts';

const LINES = 'line1\nline2\nline3\n';
const HOST = '127.0.0.1';

type Handle = (reader: StreamReader, writer: StreamWriter) => Coroutine<unknown>;

const head = (text: string): string => text.split('(')[0] as string;

const connected = coroutine(
  async (
    handle: Handle,
    work: (reader: StreamReader, writer: StreamWriter) => Coroutine<unknown>,
    options: ConnectionOptions = {},
  ) => {
    const server = await startServer(handle, HOST, 0);
    const [reader, writer] = await openConnection(HOST, server.port, options);
    try {
      await work(reader, writer);
    } finally {
      writer.close();
      server.close();
    }
  },
);

interface Feeding extends ConnectionOptions {
  /** False: the block begins before the chunks come. */
  readonly ready?: boolean;
}

/** A reader that gets the chunks one by one, then the end; `ready`: all are there before the block. */
const fed = coroutine(
  async (chunks: readonly string[], work: (reader: StreamReader) => Coroutine<unknown>, options: Feeding = {}) => {
    const sent = new Event();
    const handle = coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
      for (const chunk of chunks) {
        writer.write(chunk);
        await sleep(0.01);
      }
      writer.close();
      sent.set();
    });
    const block = coroutine(async (reader: StreamReader) => {
      if (options.ready !== false) {
        await sent.wait();
        // The kernel has it all; the loop takes it in before a timer.
        await sleep(0.01);
      }
      await work(reader);
    });
    await connected(handle, block, options);
  },
);

const echo = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
  for (let line = await reader.readline(); line.length > 0; line = await reader.readline()) {
    writer.write(line);
    await writer.drain();
  }
  writer.close();
});

/** A server of Node's own, for what ours has no words for. */
const nodeServer = coroutine(async (onConnection: (socket: Socket) => void) => {
  const server = createServer(onConnection);
  await native(new Promise<void>((resolve) => server.listen(0, HOST, resolve)));
  return { server, port: (server.address() as { port: number }).port };
});

export const StreamTests = {
  test_open_connection: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        writer.write('hello\n');
        print(await reader.readline());
        writer.writeEof();
        print(await reader.read(), reader.atEof());
      }),
    );
  }),

  test_open_connection_error: coroutine(async () => {
    const { server, port } = await nodeServer(() => {});
    await native(new Promise<unknown>((resolve) => server.close(resolve)));
    print(head(await outcome(openConnection(HOST, port))));
  }),

  test_read_zero: coroutine(async () => {
    await fed(
      [LINES],
      coroutine(async (reader: StreamReader) => print(await reader.read(0), await reader.read())),
    );
  }),

  test_read: coroutine(async () => {
    await fed(
      [LINES],
      coroutine(async (reader: StreamReader) => print(await reader.read(30), await reader.read(30))),
      { ready: false },
    );
  }),

  test_read_line_breaks: coroutine(async () => {
    await fed(
      ['line1', 'line2'],
      coroutine(async (reader: StreamReader) => print(await reader.read(5), await reader.read(100))),
    );
  }),

  test_read_eof: coroutine(async () => {
    await fed(
      [],
      coroutine(async (reader: StreamReader) => print(await reader.read(1024), reader.atEof())),
      { ready: false },
    );
  }),

  test_read_until_eof: coroutine(async () => {
    await fed(
      ['chunk1\n', 'chunk2'],
      coroutine(async (reader: StreamReader) => print(await reader.read(-1))),
      { ready: false },
    );
  }),

  test_read_exception: coroutine(async () => {
    const { server, port } = await nodeServer((socket) => {
      socket.write('line\n');
      socket.once('data', () => socket.resetAndDestroy());
    });
    const [reader, writer] = await openConnection(HOST, port);
    print(await reader.read(5));
    writer.write('!');
    const next = reader[Symbol.asyncIterator]() as unknown as { next(): PromiseLike<IteratorResult<Buffer, unknown>> };
    for (const read of [
      () => reader.read(2),
      () => reader.readline(),
      () => reader.readexactly(3),
      () => anext<Buffer>(next),
    ]) {
      print(head(await outcome(read())));
    }
    writer.close();
    server.close();
  }),

  test_our_reset_with_data_buffered: coroutine(async () => {
    const { server, port } = await nodeServer((socket) => {
      socket.write('line\nmore\n');
      socket.once('data', () => socket.resetAndDestroy());
    });
    const [reader, writer] = await openConnection(HOST, port);
    print(await reader.readline());
    writer.write('!');
    while (reader.exception() === null) await sleep(0.001);
    print(head(await outcome(reader.read(2))), head(await outcome(reader.readline())));
    writer.close();
    server.close();
  }),

  test_invalid_limit: coroutine(async () => {
    print(await outcome(openConnection(HOST, 1, { limit: 0 })));
    print(await outcome(openConnection(HOST, 1, { limit: -1 })));
  }),

  test_read_limit: coroutine(async () => {
    await fed(
      ['chunk'],
      coroutine(async (reader: StreamReader) => print(await reader.read(5))),
      { limit: 3 },
    );
  }),

  test_readline: coroutine(async () => {
    await fed(
      ['chunk1 ', 'chunk2 ', 'chunk3 ', '\n chunk4'],
      coroutine(async (reader: StreamReader) => print(await reader.readline(), await reader.read())),
      { ready: false },
    );
  }),

  test_readline_limit_with_existing_data: coroutine(async () => {
    await fed(
      ['li', 'ne1\nli2\n'],
      coroutine(async (reader: StreamReader) => print(head(await outcome(reader.readline())), await reader.readline())),
      { limit: 3 },
    );
  }),

  test_at_eof: coroutine(async () => {
    await fed(
      ['some data\n', 'some data\n'],
      coroutine(async (reader: StreamReader) => {
        print(reader.atEof());
        await reader.readline();
        print(reader.atEof());
        await reader.readline();
        print(reader.atEof());
      }),
    );
  }),

  test_readline_limit: coroutine(async () => {
    const fails = coroutine(async (reader: StreamReader) => print(head(await outcome(reader.readline()))));
    await fed(['chunk1', 'chunk2\n', 'chunk3\n'], fails, { limit: 7, ready: false });
    await fed(
      ['1234567\n'],
      coroutine(async (reader: StreamReader) => print(await reader.readline())),
      { limit: 7 },
    );
    await fed(['12345678\n'], fails, { limit: 7 });
  }),

  test_readline_nolimit_nowait: coroutine(async () => {
    await fed(
      [LINES.slice(0, 6), LINES.slice(6)],
      coroutine(async (reader: StreamReader) => print(await reader.readline(), await reader.read())),
    );
  }),

  test_readline_eof: coroutine(async () => {
    await fed(
      ['some data'],
      coroutine(async (reader: StreamReader) => print(await reader.readline(), await reader.readline())),
    );
  }),

  test_readline_empty_eof: coroutine(async () => {
    await fed(
      [],
      coroutine(async (reader: StreamReader) => print(await reader.readline())),
    );
  }),

  test_readline_read_byte_count: coroutine(async () => {
    await fed(
      [LINES],
      coroutine(async (reader: StreamReader) =>
        print(await reader.readline(), await reader.read(7), await reader.read()),
      ),
    );
  }),

  test_readuntil_separator: coroutine(async () => {
    await fed(
      ['x'],
      coroutine(async (reader: StreamReader) => print(await outcome(reader.readuntil('')))),
    );
  }),

  test_readuntil_multi_chunks: coroutine(async () => {
    await fed(
      ['lineAAA', 'lineAAAxxx'],
      coroutine(async (reader: StreamReader) => {
        print(await reader.readuntil('AAA'), await reader.readuntil('AAA'), await reader.read());
      }),
    );
  }),

  test_readuntil_multi_chunks_1: coroutine(async () => {
    await fed(
      ['QWEaa', 'XYaa', 'a', 'aaa', 'XXX', 'a', 'a', 'a'],
      coroutine(async (reader: StreamReader) => {
        print([await reader.readuntil('aaa'), await reader.readuntil('aaa'), await reader.readuntil('aaa')]);
      }),
      { ready: false },
    );
  }),

  test_our_readuntil_default: coroutine(async () => {
    await fed(
      [LINES],
      coroutine(async (reader: StreamReader) => print(await reader.readuntil(), await reader.readuntil())),
    );
  }),

  test_readuntil_eof: coroutine(async () => {
    await fed(
      ['some dataAA'],
      coroutine(async (reader: StreamReader) => {
        try {
          await reader.readuntil('AAA');
        } catch (error) {
          if (!(error instanceof IncompleteReadError)) throw error;
          print(error, error.partial, error.expected);
        }
      }),
    );
  }),

  test_readuntil_limit_found_sep: coroutine(async () => {
    const fails = coroutine(async (reader: StreamReader) => {
      try {
        await reader.readuntil('AAA');
      } catch (error) {
        if (!(error instanceof LimitOverrunError)) throw error;
        print(error, error.consumed);
      }
    });
    await fed(['some dataAA'], fails, { limit: 3 });
    await fed(['some dataAAA'], fails, { limit: 3 });
  }),

  test_readexactly_zero_or_less: coroutine(async () => {
    await fed(
      [LINES],
      coroutine(async (reader: StreamReader) => {
        print(await reader.readexactly(0), await outcome(reader.readexactly(-1)), await reader.read());
      }),
    );
  }),

  test_readexactly: coroutine(async () => {
    await fed(
      [LINES, LINES, LINES],
      coroutine(async (reader: StreamReader) => print(await reader.readexactly(36), await reader.read())),
      { ready: false },
    );
  }),

  test_readexactly_limit: coroutine(async () => {
    await fed(
      ['chunk'],
      coroutine(async (reader: StreamReader) => print(await reader.readexactly(5))),
      { limit: 3 },
    );
  }),

  test_readexactly_eof: coroutine(async () => {
    await fed(
      [LINES],
      coroutine(async (reader: StreamReader) => {
        try {
          await reader.readexactly(36);
        } catch (error) {
          if (!(error instanceof IncompleteReadError)) throw error;
          print(error, error.partial, error.expected, await reader.read());
        }
      }),
      { ready: false },
    );
  }),

  test_our_IncompleteReadError_is_an_EOFError: coroutine(async () => {
    await fed(
      ['x'],
      coroutine(async (reader: StreamReader) => {
        try {
          await reader.readexactly(2);
        } catch (error) {
          if (!(error instanceof EOFError)) throw error;
          print(error);
        }
      }),
    );
  }),

  test_exception_cancel: coroutine(async () => {
    const handle = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
      writer.write('after');
      // Open until the other side has cancelled: the end of the stream would complete its line.
      await reader.read();
      writer.close();
    });
    await connected(
      handle,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        const task = createTask(reader.readline());
        await ticks();
        task.cancel();
        print(await outcome(task));
        writer.writeEof();
        print(await reader.read());
      }),
    );
  }),

  test_our_concurrent_readers: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        const first = createTask(reader.readline());
        await sleep(0.01);
        print(await outcome(reader.read(1)), await outcome(reader.readexactly(1)), await outcome(reader.readline()));
        writer.write('hello\n');
        print(await first);
      }),
    );
  }),

  test_start_server: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        for (const word of ['one\n', 'two\n']) {
          writer.write(word);
          await writer.drain();
          print(await reader.readline());
        }
      }),
    );
  }),

  test_start_unix_server: coroutine(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cokernel-unix-'));
    try {
      const path = join(folder, 'socket');
      const server = await startUnixServer(echo, path);
      const [reader, writer] = await openUnixConnection(path);
      writer.write('hello\n');
      print(await reader.readline());
      writer.close();
      await writer.waitClosed();
      server.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }),

  test_our_unix_names: coroutine(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cokernel-unix-'));
    const path = join(folder, 'socket');
    const theirs: unknown[] = [];
    const handle = coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
      for (const name of ['peername', 'sockname']) theirs.push(writer.getExtraInfo(name));
      writer.close();
    });
    const server = await startUnixServer(handle, path);
    const [reader, writer] = await openUnixConnection(path);
    const ours = ['peername', 'sockname'].map((name) => writer.getExtraInfo(name));
    await reader.read();
    writer.close();
    server.close();
    print([...ours, ...theirs].map((name) => String(name).replace(folder, '')));
    rmSync(folder, { recursive: true });
  }),

  test_our_unix_socket_left_behind: coroutine(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cokernel-unix-'));
    const path = join(folder, 'socket');
    // Node removes its own, so a program is ended that listens there.
    const program = `net.createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', program]);
    const server = await startUnixServer(echo, path);
    const [reader, writer] = await openUnixConnection(path);
    writer.write('hello\n');
    print(await reader.readline());
    writer.close();
    server.close();
    writeFileSync(join(folder, 'file'), '');
    print(head(await outcome(startUnixServer(echo, join(folder, 'file')))));
    rmSync(folder, { recursive: true });
  }),

  test_open_unix_connection_error: coroutine(async () => {
    print(head(await outcome(openUnixConnection('/nowhere/at/all'))));
  }),

  test_wait_closed_on_close: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        writer.write('hello\n');
        print(await reader.readline(), writer.isClosing());
        writer.close();
        print(writer.isClosing(), await outcome(waitFor(writer.waitClosed(), 1)));
      }),
    );
  }),

  test_wait_closed_on_close_with_unread_data: coroutine(async () => {
    const talk = coroutine(async (reader: StreamReader, writer: StreamWriter) => {
      writer.write(LINES);
      await reader.read();
      writer.close();
    });
    await connected(
      talk,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        print(await reader.readline());
        writer.close();
        print(await outcome(waitFor(writer.waitClosed(), 1)));
      }),
    );
  }),

  test_our_wait_closed_while_the_peer_is_silent: coroutine(async () => {
    await connected(
      coroutine(async () => await sleep(0.5)),
      coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
        writer.close();
        print(await outcome(waitFor(writer.waitClosed(), 0.2)));
      }),
    );
  }),

  test_async_writer_api: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        writer.writelines(['one\n', 'two\n']);
        await writer.drain();
        print(await reader.readline(), await reader.readline());
        writer.close();
        print(await outcome(waitFor(writer.waitClosed(), 1)));
      }),
    );
  }),

  test_async_writer_api_exception_after_close: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
        writer.close();
        print(
          raised(() => writer.write('late')),
          head(await outcome(waitFor(writer.drain(), 1))),
        );
      }),
    );
  }),

  test_our_write_after_write_eof: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
        writer.writeEof();
        print(raised(() => writer.write('late')));
      }),
    );
  }),

  test_multiple_drain: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
        writer.write(`${'x'.repeat(1000)}\n`);
        print(await gather(writer.drain(), writer.drain()));
      }),
    );
  }),

  test_drain_raises: coroutine(async () => {
    const leave = coroutine(async (_reader: StreamReader, writer: StreamWriter) => writer.close());
    await connected(
      leave,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        print(await reader.read());
        let ended = 'written';
        for (let left = 50; left > 0; left--) {
          writer.write('x'.repeat(100_000));
          ended = await outcome(waitFor(writer.drain(), 1));
          if (ended !== 'None') break;
          await sleep(0.001);
        }
        print(['BrokenPipeError', 'ConnectionResetError'].includes(head(ended)));
      }),
    );
  }),

  test_our_can_write_eof: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (_reader: StreamReader, writer: StreamWriter) => print(writer.canWriteEof())),
    );
  }),

  test_our_get_extra_info: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (_reader: StreamReader, writer: StreamWriter) => {
        const [host] = writer.getExtraInfo('peername') as [string];
        print(host, writer.getExtraInfo('nothing'), writer.getExtraInfo('nothing', 1));
      }),
    );
  }),

  test_eof_feed_when_closing_writer: coroutine(async () => {
    await connected(
      echo,
      coroutine(async (reader: StreamReader, writer: StreamWriter) => {
        writer.close();
        await waitFor(writer.waitClosed(), 1);
        print(reader.atEof(), await reader.read(1));
      }),
    );
  }),
};

export const StreamReaderTests = {
  test_readline: coroutine(async () => {
    await fed(
      [LINES],
      coroutine(async (reader: StreamReader) => {
        const lines: Buffer[] = [];
        for await (const line of reader) lines.push(line);
        print(lines);
      }),
    );
  }),

  test_our_readline_without_newline: coroutine(async () => {
    await fed(
      ['one\ntwo'],
      coroutine(async (reader: StreamReader) => {
        const lines: Buffer[] = [];
        for await (const line of reader) lines.push(line);
        print(lines);
      }),
    );
  }),
};

/** A server, and a client that has had an answer from it. */
const inTalk = coroutine(async () => {
  const server = await startServer(echo, HOST, 0);
  const [reader, writer] = await openConnection(HOST, server.port);
  writer.write('hello\n');
  await reader.readline();
  return { server, reader, writer };
});

export const BaseStartServer = {
  test_start_server_1: coroutine(async () => {
    const server = await startServer(echo, HOST, 0, { startServing: false });
    print(server.isServing());
    await server.startServing();
    print(server.isServing());
    server.close();
    print(server.isServing());
  }),

  test_our_serve_forever: coroutine(async () => {
    const server = await startServer(echo, HOST, 0);
    const task = createTask(server.serveForever());
    await ticks();
    const [reader, writer] = await openConnection(HOST, server.port);
    writer.write('hello\n');
    print(server.isServing(), await reader.readline());
    writer.close();
    task.cancel();
    print(await outcome(task), server.isServing());
  }),

  test_our_context_manager: coroutine(async () => {
    const servers: Server[] = [];
    {
      using server = await startServer(echo, HOST, 0);
      servers.push(server);
      print(server.isServing());
    }
    print(servers[0]?.isServing());
  }),

  test_our_sockets: coroutine(async () => {
    const server = await startServer(echo, HOST, 0);
    print(server.sockets.length, server.getLoop() === getRunningLoop());
    server.close();
    print(server.sockets.length);
  }),

  test_our_close_twice: coroutine(async () => {
    const server = await startServer(echo, HOST, 0);
    server.close();
    server.close();
    print(await outcome(waitFor(server.waitClosed(), 1)));
  }),

  test_our_address_in_use: coroutine(async () => {
    const server = await startServer(echo, HOST, 0);
    print(head(await outcome(startServer(echo, HOST, server.port))));
    server.close();
  }),
};

export const TestServer2 = {
  test_wait_closed_basic: coroutine(async () => {
    const { server, writer } = await inTalk();
    server.close();
    const task = createTask(server.waitClosed());
    await sleep(0.02);
    print(task.done());
    writer.close();
    print(await outcome(waitFor(task, 1)));
  }),

  test_close_clients: coroutine(async () => {
    const { server, reader, writer } = await inTalk();
    server.close();
    server.closeClients();
    print(await outcome(waitFor(reader.read(), 1)), await outcome(waitFor(server.waitClosed(), 1)));
    writer.close();
  }),

  test_abort_clients: coroutine(async () => {
    const { server, writer } = await inTalk();
    server.close();
    server.abortClients();
    print(await outcome(waitFor(server.waitClosed(), 1)));
    writer.close();
  }),

  test_our_run_ends_with_an_open_server: async () => {
    const main = coroutine(async () => {
      await startServer(echo, HOST, 0);
      return 'main';
    });
    print(await run(main()));
  },

  test_our_run_cancels_connection_handlers: async () => {
    const started = new Event();
    const handle = coroutine(async () => {
      started.set();
      try {
        await sleep(10);
      } finally {
        print('finally');
      }
    });
    const main = coroutine(async () => {
      const server = await startServer(handle, HOST, 0);
      await openConnection(HOST, server.port);
      await started.wait();
      return 'main';
    });
    print(await run(main()));
  },
};
