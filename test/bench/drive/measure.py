"""The rows about speed and memory. Each interleaves the kernels (A B C, A B C …) and emits single values; ../table.ts
turns these into medians and ratios."""

import time
from concurrent.futures import ThreadPoolExecutor

from kernel import Kernel
from memory import proportional, settle, used, worked
from programs import long_program, program

SETTLE = 2.5
"""Seconds between the first cell and the look at memory: by then the language server is running."""
LATE = 0.02
"""Seconds to wait for a result after its reply: if it is not there by then, the client subscribed too late for it."""


def start(kernels, rounds, emit, row, reconnect=5):
    """From the spawn until the result of a cell that is sent at once. If iopub was connected too late for the result, the
    cell is sent again, as a person would do, and the time goes on."""
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
            pass  # The idle was missed too.
        if cell.outputs:
            return cell.outputs[0][0]  # tslab prints its results, so any kind of message counts.
    raise TimeoutError(f'no result within {timeout:g} s')


def memory(kernels, rounds, emit):
    """The memory after the first cell, including everything that the kernel started."""
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


def at_once(kernels, count, rounds, emit):
    """Kernels of one kind that are spawned together: from the first spawn until all have shown their first result."""
    for _ in range(rounds):
        for spec in kernels:
            group = []
            try:
                group += (Kernel(spec['name'], spec['env'], spec['cwd']) for _ in range(count))
                results = _all_first(group, program(spec, 'first'))
                emit('at once', spec, max(results) - group[0].spawned)
            except TimeoutError as error:
                emit('at once', spec, None, str(error))
            finally:
                _stop(group)


def _all_first(group, code, timeout=60):
    """The moments at which the kernels of a group have shown the result of `code`, sent to all of them at once."""
    with ThreadPoolExecutor(len(group)) as threads:
        return list(threads.map(lambda kernel: first_result(kernel, code, timeout), group))


def classroom(kernels, count, wait, emit):
    """The memory of each of many kernels of one kind, at rest after a cell."""
    for spec in kernels:
        group = []
        try:
            for _ in range(count):
                group.append(Kernel(spec['name'], spec['env'], spec['cwd']))
                first_result(group[-1], program(spec, 'first'))
            time.sleep(wait)
            sizes = [proportional(kernel.pid) for kernel in group]
            if None not in sizes:
                emit('classroom', spec, sum(sizes) / count)
        except TimeoutError as error:
            emit('classroom', spec, None, str(error))
        finally:
            _stop(group)


def _stop(group):
    for kernel in group:
        kernel.stop()


BLOCK = 10
"""Cells of one kernel in a row. If the kernels took turns after each cell, what one does after its reply (a type check)
would slow down the next kernel's cell and count as that one's time."""


def round_trips(running, rounds, emit, suffix=''):
    """Plain and typed cells, each sent alone: the time to the reply and the time to idle."""
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
    """Many cells sent at once: cells per second, until the idle of the last one."""
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


def long_cells(running, rounds, emit):
    """Cells of many lines, each sent alone: the time to the reply."""
    number = 0
    for lines in (30, 300, 3000):
        for turn in range(-3, rounds):
            for spec, kernel in running:
                number += lines
                cell = kernel.run(long_program(spec, lines, number))
                if turn >= 0:  # The first ones warm up.
                    emit(f'{lines} lines', spec, cell.replied - cell.sent)
                settle(kernel.pid)


def idle(kernels, wait, seconds, emit):
    """What kernels that nobody uses do, some time after their first cell: a minute's processor time and wake-ups."""
    running = [(spec, Kernel(spec['name'], spec['env'], spec['cwd'])) for spec in kernels]
    try:
        for spec, kernel in running:
            first_result(kernel, program(spec, 'first'))
        time.sleep(wait)
        before = [worked(kernel.pid) for _, kernel in running]
        time.sleep(seconds)
        for (spec, kernel), then in zip(running, before):
            now = worked(kernel.pid)
            if now and then:
                emit('idle time', spec, (now[0] - then[0]) * 60 / seconds)
                emit('idle wake-ups', spec, (now[1] - then[1]) * 60 / seconds)
    finally:
        for _, kernel in running:
            kernel.stop()


def lines(running, rounds, emit, count):
    """Many console lines: lines per second until the last one and idle have arrived, and whether all of them came."""

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
    """One long string, printed: seconds until it and idle have arrived."""

    def measure(spec, kernel):
        cell = kernel.run(program(spec, 'big', n=length), 15)
        _linger(kernel, lambda: len(cell.text()) >= length)
        whole = len(cell.text()) == length + 1
        emit('big', spec, _end(cell) - cell.sent, None if whole else f'{len(cell.text())} characters came')

    _rounds(running, rounds, emit, 'big', measure)


SLOW = 5
"""A kernel that takes more seconds than this for one round gets no further rounds."""


def _rounds(running, rounds, emit, row, measure):
    """Measures round by round, one kernel after another."""
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
    """Reads on for a while, in case outputs come after idle."""
    deadline = time.perf_counter() + seconds
    while not done() and time.perf_counter() < deadline:
        try:
            kernel.until(lambda: False, 0.1)
        except TimeoutError:
            pass


def widgets(running, rounds, emit):
    """A slider moved in the page, whose handler moves another: milliseconds until the page hears of that."""
    for spec, kernel in running:
        try:
            cell = kernel.run(program(spec, 'widgets'))
        except TimeoutError as error:  # It may still be busy with the queue of before.
            emit('widgets', spec, None, str(error))
            continue
        opened = [content for _, kind, content in cell.outputs if kind == 'comm_open']
        sliders = [content['comm_id'] for content in opened if 'value' in content['data']['state']]
        if len(sliders) < 2:
            emit('widgets', spec, None, 'it has no widgets')
            continue
        source, to = sliders
        for value in range(1, rounds + 11):
            state = {'method': 'update', 'state': {'value': value % 2 + 1}, 'buffer_paths': []}
            sent = kernel.send('comm_msg', {'comm_id': source, 'data': state}).sent
            at = kernel.sent_on(to)
            if value > 10:  # The first ones warm up.
                emit('widgets', spec, at - sent)
            # A widget's messages are merged if they follow one another within a sixtieth of a second.
            time.sleep(0.03)
