"""Runs Python programs under the reference loop, all in one process, each in a namespace of its own.

Reads a JSON list of [name, source] from standard input and writes one JSON object, name to printed text.
"""

import contextlib
import gc
import io
import json
import pathlib
import sys
import traceback
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import loop  # noqa: E402


def run(name, source):
    printed = io.StringIO()
    # What goes to stderr (never-awaited warnings, the default exception handler) names addresses and files.
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(source, name, "exec"), {"__name__": "__main__"})
        except BaseException as error:
            print("uncaught", "".join(traceback.format_exception_only(error)).strip())
    return printed.getvalue()


def main():
    loop.install()
    warnings.simplefilter("ignore")
    programs = json.load(sys.stdin)
    # Collected once, at the end: nothing printed depends on when a cycle is found.
    gc.disable()
    outputs = {}
    for number, (name, source) in enumerate(programs):
        outputs[name] = run(name, source)
        if number % 200 == 199:
            with contextlib.redirect_stderr(io.StringIO()):
                gc.collect()
    json.dump(outputs, sys.stdout)


main()
