"""Runs files of cases under the system's CPython, in real time: what needs sockets, processes and threads.

Reads a JSON list of [name, source] from standard input and writes one JSON object, name to printed text.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import run  # noqa: E402

json.dump(run.run_all(json.load(sys.stdin)), sys.stdout)
