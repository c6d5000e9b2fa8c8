"""The rows that are about right or wrong: interrupts, and how a kernel copes with accidents. Each accident happens in a
kernel of its own, because some kernels do not survive it."""

import time

from kernel import Kernel
from measure import first_result
from programs import program

PATIENCE = 3
"""Seconds within which an interrupt must take effect, and a kernel must answer after an accident."""


def interrupts(kernels, rounds, emit):
    """From the interrupt to the reply of the interrupted cell."""
    for kind in ('loop', 'await', 'loop after await'):
        running = [(spec, _fresh(spec)) for spec in kernels]
        gone = set()
        for _ in range(rounds):
            for spec, kernel in running:
                if spec['label'] not in gone and not _interrupt(kernel, spec, kind, emit):
                    gone.add(spec['label'])
        for _, kernel in running:
            kernel.stop()


def _interrupt(kernel, spec, kind, emit):
    row = f'interrupt of {"an" if kind == "await" else "a"} {kind}'
    cell = kernel.execute(program(spec, kind))
    time.sleep(0.25)
    began = time.perf_counter()
    kernel.interrupt()
    try:
        kernel.wait([cell], PATIENCE)
        kernel.run(program(spec, 'first'), PATIENCE)
        emit(row, spec, cell.replied - began)
        return True
    except TimeoutError:
        emit(row, spec, None, 'dies' if not kernel.alive() else f'not within {PATIENCE} s')
        return False


def accidents(kernels, emit):
    for spec in kernels:
        for name, test in (
            ('late output under its own cell', _late_print),
            ('late error told, kernel lives', lambda k, s: _late_error(k, s, 'late error')),
            ('rejection told, kernel lives', lambda k, s: _late_error(k, s, 'rejection')),
            ('survives process.exit', lambda k, s: _accident(k, s, 'exit')),
            ('survives a full heap', lambda k, s: _accident(k, s, 'memory')),
        ):
            kernel = _fresh(spec, small=name == 'survives a full heap')
            try:
                verdict = test(kernel, spec)
                if verdict is not None:
                    emit(name, spec, float(verdict))
            except TimeoutError:
                emit(name, spec, 0.0)
            finally:
                kernel.stop()


def _fresh(spec, small=False):
    kernel = Kernel(*([spec['small']['name'], spec['small']['env']] if small else [spec['name'], spec['env']]), spec['cwd'])
    first_result(kernel, program(spec, 'first'))
    time.sleep(0.3)
    return kernel


def _late_print(kernel, spec):
    first = kernel.run(program(spec, 'late print'))
    second = kernel.run(program(spec, 'wait'))
    return 'late' in first.text() and 'late' not in second.text()


def _late_error(kernel, spec, kind):
    cell = kernel.run(program(spec, kind))
    time.sleep(0.5)
    alive = kernel.run(program(spec, 'first'), PATIENCE).reply.get('status') == 'ok'
    told = cell.text() + ''.join(str(content) for _, kind, content in cell.outputs if kind == 'error')
    words = 'too late' if kind == 'late error' else 'nobody caught'
    return alive and words in told


def _accident(kernel, spec, kind):
    code = program(spec, kind)
    if code is None:
        return None
    cell = kernel.execute(code)
    try:
        kernel.wait([cell], 15)
    except TimeoutError:
        if not kernel.alive():
            return False
    time.sleep(0.3)
    return kernel.alive() and kernel.run(program(spec, 'first'), PATIENCE).reply.get('status') == 'ok'
