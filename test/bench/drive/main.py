"""python main.py: reads settings as JSON from stdin, measures, and prints one JSON object per line: row, kernel, value,
note. Progress goes to stderr. Started by ../driver.ts."""

import json
import sys
import time

import language
import marks
import measure
from kernel import Kernel
from programs import program

settings = json.load(sys.stdin)
kernels = settings['kernels']
quick = settings['quick']
began = time.perf_counter()


def emit(row, spec, value, note=None):
    print(json.dumps({'row': row, 'kernel': spec['label'], 'value': value, 'note': note}), flush=True)


def say(what):
    print(f'  … {what} ({time.perf_counter() - began:.0f} s)', file=sys.stderr, flush=True)


def speed():
    say('first results')
    measure.start(kernels, 2 if quick else 7, emit, 'start')
    measure.start(kernels, 1 if quick else 2, emit, 'start, slow', reconnect=None)
    say('eight kernels at once')
    measure.at_once(kernels, 8, 1 if quick else 3, emit)
    say('memory')
    measure.memory(kernels, 1 if quick else 2, emit)
    say('twenty kernels at rest')
    measure.classroom(kernels, 3 if quick else 20, 5 if quick else 30, emit)
    say('kernels that nobody uses')
    measure.idle(kernels, 5 if quick else 120, 5 if quick else 60, emit)
    running = [(spec, Kernel(spec['name'], spec['env'], spec['cwd'])) for spec in kernels]
    try:
        for spec, kernel in running:
            measure.first_result(kernel, program(spec, 'first'))
        time.sleep(2)
        say('round trips')
        measure.round_trips(running, 10 if quick else 50, emit)
        say('long cells')
        measure.long_cells(running, 5 if quick else 20, emit)
        say('queued cells')
        for kind in ('plain', 'typed'):
            measure.queued(running, 1 if quick else 3, emit, 100 if quick else 500, kind)
        say('widgets')
        measure.widgets(running, 20 if quick else 100, emit)
        say('console lines and a long string')
        measure.lines(running, 1 if quick else 3, emit, 20_000)
        measure.big(running, 1 if quick else 3, emit, 20_000_000)
    finally:
        for _, kernel in running:
            kernel.stop()


def right():
    say('interrupts')
    marks.interrupts(kernels, 2 if quick else 4, emit)
    say('accidents')
    marks.accidents(kernels, emit)


{'speed': speed, 'right': right, 'language': lambda: language.all_rows(kernels, quick, emit, say)}[settings['part']]()
