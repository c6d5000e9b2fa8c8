from judge import *
import contextlib
import os
import socket
import struct
import tempfile

LINES = b"line1\nline2\nline3\n"


def port_of(server):
    return server.sockets[0].getsockname()[1]


@contextlib.asynccontextmanager
async def connected(handle, **options):
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server), **options)
    try:
        yield reader, writer
    finally:
        writer.close()
        server.close()


@contextlib.asynccontextmanager
async def fed(*chunks, ready=True, **options):
    """A reader that gets the chunks one by one, then the end; `ready`: all are there before the block."""
    sent = asyncio.Event()

    async def handle(reader, writer):
        for chunk in chunks:
            writer.write(chunk)
            await asyncio.sleep(0.01)
        writer.close()
        await writer.wait_closed()
        sent.set()

    async with connected(handle, **options) as (reader, writer):
        if ready:
            await sent.wait()
            # The kernel has it all; the loop takes it in before a timer.
            await asyncio.sleep(0.01)
        yield reader


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()
    writer.close()


class StreamTests:
    async def test_open_connection(self):
        async with connected(echo) as (reader, writer):
            writer.write(b"hello\n")
            print(await reader.readline())
            writer.write_eof()
            print(await reader.read(), reader.at_eof())

    async def test_open_connection_error(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        print((await outcome(asyncio.open_connection("127.0.0.1", port))).split("(")[0])

    async def test_read_zero(self):
        async with fed(LINES) as reader:
            print(await reader.read(0), await reader.read())

    async def test_read(self):
        async with fed(LINES, ready=False) as reader:
            print(await reader.read(30), await reader.read(30))

    async def test_read_line_breaks(self):
        async with fed(b"line1", b"line2") as reader:
            print(await reader.read(5), await reader.read(100))

    async def test_read_eof(self):
        async with fed(ready=False) as reader:
            print(await reader.read(1024), reader.at_eof())

    async def test_read_until_eof(self):
        async with fed(b"chunk1\n", b"chunk2", ready=False) as reader:
            print(await reader.read(-1))

    async def test_read_exception(self):
        async def reset(reader, writer):
            writer.write(b"line\n")
            await reader.read(1)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

        async with connected(reset) as (reader, writer):
            print(await reader.read(5))
            writer.write(b"!")
            for read in (lambda: reader.read(2), reader.readline, lambda: reader.readexactly(3), lambda: anext(reader)):
                print((await outcome(read())).split("(")[0])

    async def test_our_reset_with_data_buffered(self):
        async def reset(reader, writer):
            writer.write(b"line\nmore\n")
            await reader.read(1)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

        async with connected(reset) as (reader, writer):
            print(await reader.readline())
            writer.write(b"!")
            while reader.exception() is None:
                await asyncio.sleep(0.001)
            print((await outcome(reader.read(2))).split("(")[0], (await outcome(reader.readline())).split("(")[0])

    async def test_invalid_limit(self):
        print(await outcome(asyncio.open_connection("127.0.0.1", 1, limit=0)))
        print(await outcome(asyncio.open_connection("127.0.0.1", 1, limit=-1)))

    async def test_read_limit(self):
        async with fed(b"chunk", limit=3) as reader:
            print(await reader.read(5))

    async def test_readline(self):
        async with fed(b"chunk1 ", b"chunk2 ", b"chunk3 ", b"\n chunk4", ready=False) as reader:
            print(await reader.readline(), await reader.read())

    async def test_readline_limit_with_existing_data(self):
        async with fed(b"li", b"ne1\nli2\n", limit=3) as reader:
            print((await outcome(reader.readline())).split("(")[0], await reader.readline())

    async def test_at_eof(self):
        async with fed(b"some data\n", b"some data\n") as reader:
            print(reader.at_eof())
            await reader.readline()
            print(reader.at_eof())
            await reader.readline()
            print(reader.at_eof())

    async def test_readline_limit(self):
        async with fed(b"chunk1", b"chunk2\n", b"chunk3\n", limit=7, ready=False) as reader:
            print((await outcome(reader.readline())).split("(")[0])
        async with fed(b"1234567\n", limit=7) as reader:
            print(await reader.readline())
        async with fed(b"12345678\n", limit=7) as reader:
            print((await outcome(reader.readline())).split("(")[0])

    async def test_readline_nolimit_nowait(self):
        async with fed(LINES[:6], LINES[6:]) as reader:
            print(await reader.readline(), await reader.read())

    async def test_readline_eof(self):
        async with fed(b"some data") as reader:
            print(await reader.readline(), await reader.readline())

    async def test_readline_empty_eof(self):
        async with fed() as reader:
            print(await reader.readline())

    async def test_readline_read_byte_count(self):
        async with fed(LINES) as reader:
            print(await reader.readline(), await reader.read(7), await reader.read())

    async def test_readuntil_separator(self):
        async with fed(b"x") as reader:
            print(await outcome(reader.readuntil(b"")))

    async def test_readuntil_multi_chunks(self):
        async with fed(b"lineAAA", b"lineAAAxxx") as reader:
            print(await reader.readuntil(b"AAA"), await reader.readuntil(b"AAA"), await reader.read())

    async def test_readuntil_multi_chunks_1(self):
        async with fed(b"QWEaa", b"XYaa", b"a", b"aaa", b"XXX", b"a", b"a", b"a", ready=False) as reader:
            print([await reader.readuntil(b"aaa") for _ in range(3)])

    async def test_our_readuntil_default(self):
        async with fed(LINES) as reader:
            print(await reader.readuntil(), await reader.readuntil())

    async def test_readuntil_eof(self):
        async with fed(b"some dataAA") as reader:
            try:
                await reader.readuntil(b"AAA")
            except asyncio.IncompleteReadError as error:
                print(error, error.partial, error.expected)

    async def test_readuntil_limit_found_sep(self):
        for chunk in (b"some dataAA", b"some dataAAA"):
            async with fed(chunk, limit=3) as reader:
                try:
                    await reader.readuntil(b"AAA")
                except asyncio.LimitOverrunError as error:
                    print(error, error.consumed)

    async def test_readexactly_zero_or_less(self):
        async with fed(LINES) as reader:
            print(await reader.readexactly(0), await outcome(reader.readexactly(-1)), await reader.read())

    async def test_readexactly(self):
        async with fed(LINES, LINES, LINES, ready=False) as reader:
            print(await reader.readexactly(36), await reader.read())

    async def test_readexactly_limit(self):
        async with fed(b"chunk", limit=3) as reader:
            print(await reader.readexactly(5))

    async def test_readexactly_eof(self):
        async with fed(LINES, ready=False) as reader:
            try:
                await reader.readexactly(36)
            except asyncio.IncompleteReadError as error:
                print(error, error.partial, error.expected, await reader.read())

    async def test_our_IncompleteReadError_is_an_EOFError(self):
        async with fed(b"x") as reader:
            try:
                await reader.readexactly(2)
            except EOFError as error:
                print(error)

    async def test_exception_cancel(self):
        async def handle(reader, writer):
            writer.write(b"after")
            # Open until the other side has cancelled: the end of the stream would complete its line.
            await reader.read()
            writer.close()

        async with connected(handle) as (reader, writer):
            task = asyncio.create_task(reader.readline())
            await ticks()
            task.cancel()
            print(await outcome(task))
            writer.write_eof()
            print(await reader.read())

    async def test_our_concurrent_readers(self):
        async with connected(echo) as (reader, writer):
            first = asyncio.create_task(reader.readline())
            await asyncio.sleep(0.01)
            print(await outcome(reader.read(1)), await outcome(reader.readexactly(1)), await outcome(reader.readline()))
            writer.write(b"hello\n")
            print(await first)

    async def test_start_server(self):
        async with connected(echo) as (reader, writer):
            for word in (b"one\n", b"two\n"):
                writer.write(word)
                await writer.drain()
                print(await reader.readline())

    async def test_start_unix_server(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "socket")
            server = await asyncio.start_unix_server(echo, path)
            reader, writer = await asyncio.open_unix_connection(path)
            writer.write(b"hello\n")
            print(await reader.readline())
            writer.close()
            await writer.wait_closed()
            server.close()

    async def test_our_unix_names(self):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/socket"
            theirs = []

            async def handle(reader, writer):
                theirs.extend(writer.get_extra_info(name) for name in ("peername", "sockname"))
                writer.close()

            server = await asyncio.start_unix_server(handle, path)
            reader, writer = await asyncio.open_unix_connection(path)
            ours = [writer.get_extra_info(name) for name in ("peername", "sockname")]
            await reader.read()
            writer.close()
            server.close()
            print([name and name.replace(folder, "") for name in ours + theirs])

    async def test_our_unix_socket_left_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/socket"
            with socket.socket(socket.AF_UNIX) as left:
                left.bind(path)
            server = await asyncio.start_unix_server(echo, path)
            reader, writer = await asyncio.open_unix_connection(path)
            writer.write(b"hello\n")
            print(await reader.readline())
            writer.close()
            server.close()
            with open(folder + "/file", "w"):
                pass
            print((await outcome(asyncio.start_unix_server(echo, folder + "/file"))).split("(")[0])

    async def test_open_unix_connection_error(self):
        print((await outcome(asyncio.open_unix_connection("/nowhere/at/all"))).split("(")[0])

    async def test_wait_closed_on_close(self):
        async with connected(echo) as (reader, writer):
            writer.write(b"hello\n")
            print(await reader.readline(), writer.is_closing())
            writer.close()
            print(writer.is_closing(), await outcome(asyncio.wait_for(writer.wait_closed(), 1)))

    async def test_wait_closed_on_close_with_unread_data(self):
        async def talk(reader, writer):
            writer.write(LINES)
            await reader.read()
            writer.close()

        async with connected(talk) as (reader, writer):
            print(await reader.readline())
            writer.close()
            print(await outcome(asyncio.wait_for(writer.wait_closed(), 1)))

    async def test_our_wait_closed_while_the_peer_is_silent(self):
        async def silent(reader, writer):
            await asyncio.sleep(0.5)

        async with connected(silent) as (reader, writer):
            writer.close()
            print(await outcome(asyncio.wait_for(writer.wait_closed(), 0.2)))

    async def test_async_writer_api(self):
        async with connected(echo) as (reader, writer):
            writer.writelines([b"one\n", b"two\n"])
            await writer.drain()
            print(await reader.readline(), await reader.readline())
            writer.close()
            print(await outcome(asyncio.wait_for(writer.wait_closed(), 1)))

    async def test_async_writer_api_exception_after_close(self):
        async with connected(echo) as (reader, writer):
            writer.close()
            print(raised(writer.write, b"late"), (await outcome(asyncio.wait_for(writer.drain(), 1))).split("(")[0])

    async def test_our_write_after_write_eof(self):
        async with connected(echo) as (reader, writer):
            writer.write_eof()
            print(raised(writer.write, b"late"))

    async def test_multiple_drain(self):
        async with connected(echo) as (reader, writer):
            writer.write(b"x" * 1000 + b"\n")
            print(await asyncio.gather(writer.drain(), writer.drain()))

    async def test_drain_raises(self):
        async def leave(reader, writer):
            writer.close()

        async with connected(leave) as (reader, writer):
            print(await reader.read())
            ended = "written"
            for _ in range(50):
                writer.write(b"x" * 100_000)
                ended = await outcome(asyncio.wait_for(writer.drain(), 1))
                if ended != "None":
                    break
                await asyncio.sleep(0.001)
            print(ended.split("(")[0] in ("BrokenPipeError", "ConnectionResetError"))

    async def test_our_can_write_eof(self):
        async with connected(echo) as (reader, writer):
            print(writer.can_write_eof())

    async def test_our_get_extra_info(self):
        async with connected(echo) as (reader, writer):
            print(writer.get_extra_info("peername")[0], writer.get_extra_info("nothing"), writer.get_extra_info("nothing", 1))

    async def test_eof_feed_when_closing_writer(self):
        async with connected(echo) as (reader, writer):
            writer.close()
            await asyncio.wait_for(writer.wait_closed(), 1)
            print(reader.at_eof(), await reader.read(1))


class StreamReaderTests:
    """test_pep492.py"""

    async def test_readline(self):
        async with fed(LINES) as reader:
            print([line async for line in reader])

    async def test_our_readline_without_newline(self):
        async with fed(b"one\ntwo") as reader:
            print([line async for line in reader])


class BaseStartServer:
    """test_server.py"""

    async def test_start_server_1(self):
        server = await asyncio.start_server(echo, "127.0.0.1", 0, start_serving=False)
        print(server.is_serving())
        await server.start_serving()
        print(server.is_serving())
        server.close()
        print(server.is_serving())

    async def test_our_serve_forever(self):
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        task = asyncio.create_task(server.serve_forever())
        await ticks()
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        writer.write(b"hello\n")
        print(server.is_serving(), await reader.readline())
        writer.close()
        task.cancel()
        print(await outcome(task), server.is_serving())

    async def test_our_context_manager(self):
        async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
            print(server.is_serving())
        print(server.is_serving())

    async def test_our_sockets(self):
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        print(len(server.sockets), server.get_loop() is asyncio.get_running_loop())
        server.close()
        print(len(server.sockets))

    async def test_our_close_twice(self):
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        server.close()
        server.close()
        print(await outcome(asyncio.wait_for(server.wait_closed(), 1)))

    async def test_our_address_in_use(self):
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        print((await outcome(asyncio.start_server(echo, "127.0.0.1", port_of(server)))).split("(")[0])
        server.close()


class TestServer2:
    async def test_wait_closed_basic(self):
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        writer.write(b"hello\n")
        await reader.readline()
        server.close()
        task = asyncio.create_task(server.wait_closed())
        await asyncio.sleep(0.02)
        print(task.done())
        writer.close()
        print(await outcome(asyncio.wait_for(task, 1)))

    async def test_close_clients(self):
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        writer.write(b"hello\n")
        await reader.readline()
        server.close()
        server.close_clients()
        print(await outcome(asyncio.wait_for(reader.read(), 1)), await outcome(asyncio.wait_for(server.wait_closed(), 1)))
        writer.close()

    async def test_abort_clients(self):
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        writer.write(b"hello\n")
        await reader.readline()
        server.close()
        server.abort_clients()
        print(await outcome(asyncio.wait_for(server.wait_closed(), 1)))
        writer.close()

    def test_our_run_ends_with_an_open_server(self):
        async def main():
            await asyncio.start_server(echo, "127.0.0.1", 0)
            return "main"

        print(asyncio.run(main()))

    def test_our_run_cancels_connection_handlers(self):
        async def handle(reader, writer):
            events[0].set()
            try:
                await asyncio.sleep(10)
            finally:
                print("finally")

        async def main():
            events.append(asyncio.Event())
            server = await asyncio.start_server(handle, "127.0.0.1", 0)
            await asyncio.open_connection("127.0.0.1", port_of(server))
            await events[0].wait()
            return "main"

        events = []
        print(asyncio.run(main()))
