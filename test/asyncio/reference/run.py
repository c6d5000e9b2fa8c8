"""Runs Python programs under the reference loop, all in one process, each in a namespace of its own."""

import contextlib
import gc
import io
import traceback
import warnings


def run(name, source):
    printed = io.StringIO()
    # What goes to stderr (never-awaited warnings, the default exception handler) names addresses and files.
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(source, name, "exec"), {"__name__": "__main__"})
        except BaseException as error:
            print("uncaught", "".join(traceback.format_exception_only(error)).strip())
    return printed.getvalue()


def run_all(programs):
    """`programs`: a list of [name, source]. Gives what each printed, by name."""
    warnings.simplefilter("ignore")
    # Collected now and then: nothing printed depends on when a cycle is found.
    gc.disable()
    outputs = {}
    for number, (name, source) in enumerate(programs):
        outputs[name] = run(name, source)
        if number % 200 == 199:
            with contextlib.redirect_stderr(io.StringIO()):
                gc.collect()
    return outputs
