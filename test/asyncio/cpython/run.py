"""Runs files of cases, each case by itself, and gives what it printed: {"file Class.test_name": text}.

A case is a method `test_…` of a class. An `async def` runs under asyncio.run, on the virtual loop or on a real one.
"""

import asyncio
import contextlib
import gc
import inspect
import io
import traceback
import warnings


def run_case(call):
    printed = io.StringIO()
    # What goes to stderr (never-awaited warnings, the default exception handler) names addresses and files.
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            if inspect.iscoroutinefunction(call):
                asyncio.run(call())
            else:
                call()
        except BaseException as error:
            print("uncaught", "".join(traceback.format_exception_only(error)).strip())
    return printed.getvalue()


def run_file(name, source):
    namespace = {"__name__": name}
    exec(compile(source, f"{name}.py", "exec"), namespace)
    outputs = {}
    for kind in list(namespace.values()):
        if not inspect.isclass(kind) or kind.__module__ != name:
            continue
        for method in vars(kind):
            if method.startswith("test_"):
                outputs[f"{name} {kind.__name__}.{method}"] = run_case(getattr(kind(), method))
    return outputs


def run_all(files):
    """`files`: a list of [name, source]."""
    warnings.simplefilter("ignore")
    # Collected once a file: nothing printed depends on when a cycle is found.
    gc.disable()
    outputs = {}
    for name, source in files:
        outputs |= run_file(name, source)
        with contextlib.redirect_stderr(io.StringIO()):
            gc.collect()
    return outputs
