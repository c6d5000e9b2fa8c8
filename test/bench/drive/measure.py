"""The rows on speed and memory. Each takes the kernels, interleaves them (A B C, A B C …), and emits single values; what
becomes of them (medians, ratios) is in ../table.ts."""

import time

from kernel import Kernel
from memory import settle, used
from programs import program

SETTLE = 2.5
"""Seconds after the first cell until memory is looked at: the language server is there by then."""
LATE = 0.02
"""Seconds after a reply after which its result is given up: the client's subscription came too late for it."""


def start(kernels, rounds, emit, row, reconnect=5):
    """Spawn, execute sent at once, until its result is here. Where iopub came too late for the result, the cell is sent
    again, as a person would do, and the time runs on."""
    for _ in range(rounds):
        for spec in kernels:
            kernel = Kernel(spec['name'], spec['env'], spec['cwd'], reconnect)
            try:
                emit(row, spec, first_result(kernel, program(spec, 'first')) - kernel.spawned)
            except TimeoutError as error:
                emit(row, spec, None, str(error))
            finally:
                kernel.stop()


def first_result(kernel, code, timeout=15):
    """The moment at which the result of `code` arrived."""
    deadline = time.perf_counter() + timeout
    while time.perf_counter() < deadline:
        cell = kernel.execute(code)
        kernel.until(lambda: cell.replied, timeout)
        try:
            kernel.until(lambda: cell.idle, LATE)
        except TimeoutError:
            pass  # Its idle was missed too.
        if cell.outputs:
            return cell.outputs[0][0]  # tslab prints its results: a message of any kind will do.
    raise TimeoutError(f'no result within {timeout:g} s')


def memory(kernels, rounds, emit):
    """After the first cell, everything that the kernel started counted."""
    for _ in range(rounds):
        for spec in kernels:
            kernel = Kernel(spec['name'], spec['env'], spec['cwd'])
            try:
                first_result(kernel, program(spec, 'first'))
                time.sleep(SETTLE)
                emit('memory', spec, used(kernel.pid))
            except TimeoutError as error:
                emit('memory', spec, None, str(error))
            finally:
                kernel.stop()


BLOCK = 10
"""Cells of one kernel in a row. Interleaved one by one, what a kernel does after its reply (a type check) would fall into
the next one's cell, and be counted as that one's time."""


def round_trips(running, rounds, emit, suffix=''):
    """One plain and one typed cell, alone: to the reply, and to idle."""
    number = 10_000 * len(suffix)
    for kind in ('plain', 'typed'):
        for block in range(-2, rounds // BLOCK):
            for spec, kernel in running:
                for _ in range(BLOCK):
                    number += 1
                    cell = kernel.run(program(spec, kind, i=number))
                    if block >= 0:  # The first two warm up.
                        emit(f'{kind}, reply{suffix}', spec, cell.replied - cell.sent)
                        emit(f'{kind}, idle{suffix}', spec, max(cell.idle, cell.replied) - cell.sent)
                    time.sleep(0.005)
                settle(kernel.pid)


def queued(running, rounds, emit, count, kind):
    """Many cells sent at once: cells a second, until the last one's idle."""
    number = iter(range(100_000 if kind == 'plain' else 200_000, 10_000_000))

    def measure(spec, kernel):
        codes = [program(spec, kind, i=next(number)) for _ in range(count)]
        began = time.perf_counter()
        cells = [kernel.execute(code) for code in codes]
        kernel.wait(cells, 12)
        failed = sum(cell.reply.get('status') != 'ok' for cell in cells)
        rate = count / (max(cell.idle for cell in cells) - began)
        emit(f'queued {kind}', spec, rate, f'{failed} failed' if failed else None)

    _rounds(running, rounds, emit, f'queued {kind}', measure)


def lines(running, rounds, emit, count):
    """Many console lines: lines a second until the last one and idle are here; whether they are whole."""

    def measure(spec, kernel):
        cell = kernel.run(program(spec, 'lines', n=count), 15)
        _linger(kernel, lambda: cell.text().count('\n') >= count)
        emit('lines', spec, count / (_end(cell) - cell.sent))
        got = cell.text().split('\n')[:-1]
        expected = [f'line {i}' for i in range(count)]
        emit('lines whole', spec, float(sorted(got) == sorted(expected)))
        emit('lines in order', spec, float(got == expected))
        emit('lines before idle', spec, float(cell.text(cell.idle).count('\n') == count))

    _rounds(running, rounds, emit, 'lines', measure)


def big(running, rounds, emit, length):
    """One long string, printed: seconds until it and idle are here."""

    def measure(spec, kernel):
        cell = kernel.run(program(spec, 'big', n=length), 15)
        _linger(kernel, lambda: len(cell.text()) >= length)
        whole = len(cell.text()) == length + 1
        emit('big', spec, _end(cell) - cell.sent, None if whole else f'{len(cell.text())} characters came')

    _rounds(running, rounds, emit, 'big', measure)


SLOW = 5
"""Seconds: a kernel that takes so long for one round is not asked again."""


def _rounds(running, rounds, emit, row, measure):
    """Round by round, each kernel in turn."""
    out = set()
    for _ in range(rounds):
        for spec, kernel in running:
            if spec['label'] in out:
                continue
            began = time.perf_counter()
            try:
                measure(spec, kernel)
            except TimeoutError as error:
                emit(row, spec, None, str(error))
            if time.perf_counter() - began > SLOW:
                out.add(spec['label'])
            settle(kernel.pid)


def _end(cell):
    return max([at for at, kind, _ in cell.outputs if kind == 'stream'] + [cell.idle])


def _linger(kernel, done, seconds=8):
    """Outputs that come after idle: read on for a while."""
    deadline = time.perf_counter() + seconds
    while not done() and time.perf_counter() < deadline:
        try:
            kernel.until(lambda: False, 0.1)
        except TimeoutError:
            pass
