"""The rows about completion and type checks."""

import time

from kernel import Kernel
from measure import first_result, round_trips
from memory import settle
from programs import program

CODE = {
    'typescript': ('const list{i} = [1, 2, 3]; list{i}.length', 'list{i}.fil', 'filter'),
    'python': ('list{i} = [1, 2, 3]; len(list{i})', 'list{i}.app', 'append'),
}
PATIENCE = 3


def all_rows(kernels, quick, emit, say):
    say('first completions')
    for _ in range(1 if quick else 5):
        for spec in kernels:
            if not spec['label'].startswith('cokernel, '):
                _first(spec, emit)
                _first(spec, emit, ', at rest')
    rounds = 10 if quick else 40
    checked = [spec for spec in kernels if spec['label'].startswith('cokernel')]
    say('round trips with and without type check')
    running = [(spec, _warm(spec)) for spec in checked]
    try:
        round_trips(running, rounds, emit)
        for _, kernel in running:
            kernel.interactive = False
        round_trips(running, rounds, emit, ', nobody there')
    finally:
        _stop(running)
    say('warm completions')
    running = [(spec, _warm(spec)) for spec in kernels if not spec['label'].startswith('cokernel, ')]
    try:
        _completions(running, rounds, emit, 'completion')
        say('completions while a cell spins')
        for spec, kernel in running:
            _spinning(spec, kernel, 3 if quick else 20, emit)
    finally:
        _stop(running)
    running = [(spec, _warm(spec)) for spec in kernels if not spec['label'].startswith('cokernel, ')]
    try:
        say('a notebook of 200 cells')
        for spec, kernel in running:
            for i in range(1, 20 if quick else 200):
                kernel.run(program_of(spec, i)[0])
        time.sleep(1)
        _completions(running, rounds, emit, 'completion, 200 cells')
    finally:
        _stop(running)


def program_of(spec, i):
    return [text.replace('{i}', str(i)) for text in CODE[spec['language']]]


def _warm(spec):
    kernel = Kernel(spec['name'], spec['env'], spec['cwd'])
    first_result(kernel, program_of(spec, 0)[0])
    time.sleep(1.5)
    return kernel


def _stop(running):
    for _, kernel in running:
        kernel.stop()


def _complete(kernel, code, timeout=PATIENCE):
    cell = kernel.send('complete_request', {'code': code, 'cursor_pos': len(code)})
    kernel.until(lambda: cell.replied, timeout)
    return cell


def _right(cell, expected):
    return any(match.endswith(expected) for match in cell.reply.get('matches', []))


def _first(spec, emit, suffix=''):
    """From the spawn to the first completion, requested at once; after an empty answer it is requested again. Of a kernel
    at rest, from the request."""
    kernel = Kernel(spec['name'], spec['env'], spec['cwd'])
    code, expected = ('[1, 2].fil', 'filter') if spec['language'] == 'typescript' else ('str.upp', 'upper')
    try:
        began = kernel.spawned
        if suffix:
            time.sleep(2)
            settle(kernel.pid)
            began = time.perf_counter()
        deadline = time.perf_counter() + 10
        while time.perf_counter() < deadline:
            cell = _complete(kernel, code, 10)
            if _right(cell, expected):
                emit(f'first completion{suffix}', spec, cell.replied - began)
                return
            time.sleep(0.02)
        emit(f'first completion{suffix}', spec, None, 'empty')
    except TimeoutError as error:
        emit(f'first completion{suffix}', spec, None, str(error))
    finally:
        kernel.stop()


def _completions(running, rounds, emit, row):
    for round in range(-3, rounds):
        for spec, kernel in running:
            _, code, expected = program_of(spec, 0)
            try:
                cell = _complete(kernel, code)
                if round >= 0:
                    emit(row, spec, cell.replied - cell.sent, None if _right(cell, expected) else f'without {expected}')
            except TimeoutError as error:
                emit(row, spec, None, str(error))
            time.sleep(0.02)


def _spinning(spec, kernel, rounds, emit):
    """A cell spins for ever; the completion must come all the same."""
    kernel.execute(program(spec, 'loop'))
    time.sleep(0.3)
    _, code, expected = program_of(spec, 0)
    for _ in range(rounds):
        try:
            cell = _complete(kernel, code, 2)
            emit('completion, spinning', spec, cell.replied - cell.sent, None if _right(cell, expected) else f'without {expected}')
        except TimeoutError as error:
            emit('completion, spinning', spec, None, str(error))
            return
        time.sleep(0.02)
