"""Python's clients against the built kernel: nbclient as nbconvert and papermill use it, and what a console asks."""

import os
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# After this many seconds without an answer jupyter console never asks is_complete again.
CONSOLE_PATIENCE = 1.0


def notebook(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


def client(cells, **options):
    return NotebookClient(cells, kernel_name="cokernel", **options)


def shown(cell):
    """A cell's output as text, however many messages it came in; empty if it differs from run to run."""
    if "nbval-ignore-output" in cell.metadata.get("tags", []):
        return ""
    parts = []
    for output in cell.get("outputs", []):
        parts.append(output.get("text") or output.get("data", {}).get("text/plain") or output.get("ename", ""))
    return "".join(parts)


# Without --long every sixteenth; nbval takes others (clients.test.ts), and our own runner all (test/notebooks/outputs.test.ts).
LESSONS = sorted(NOTEBOOKS.rglob("[0-9]*.ipynb"))
CHOSEN = LESSONS if os.environ.get("COKERNEL_LONG") else LESSONS[1::16]


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
def test_a_notebook_shows_again_what_it_showed(path):
    stored = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    # In real time, if other programs have the processor for longer than the time between two of a notebook's timers, both
    # are due at once, and the output shows it. It is the same in Python.
    env = {**os.environ, "COKERNEL_CLOCK": "virtual"}
    client(fresh, timeout=60, resources={"metadata": {"path": str(path.parent)}}).execute(env=env)
    assert [shown(cell) for cell in fresh.cells] == [shown(cell) for cell in stored.cells]


def test_an_error_stops_the_notebook_with_its_traceback_and_its_place():
    cells = notebook("const before = 1;", "const limit: number = 3;\nthrow new RangeError(`over ${limit}`)", "'after'")
    with pytest.raises(CellExecutionError) as caught:
        client(cells, timeout=20).execute()
    assert caught.value.ename == "RangeError"
    assert caught.value.evalue == "over 3"
    assert "Cell [2]:2:7" in str(caught.value)
    assert shown(cells.cells[2]) == ""


def test_a_first_cell_keeps_its_type_error():
    cells = notebook("const text: string = 1 as any as number;\n'ran'", "'next'")
    client(cells, timeout=20).execute()
    assert "TS2322" in shown(cells.cells[0])
    assert "ran" in shown(cells.cells[0])
    assert shown(cells.cells[1]) == "'next'"


def test_a_cell_keeps_its_type_error_where_typescript_needs_longer_than_nbclient_waits_for_idle():
    if sys.platform == "win32":
        return  # No process can be stopped for a while.
    stop = """import { execSync, spawn } from 'node:child_process';
const [, pid] = execSync('ps -A -o ppid=,pid=,args=', { encoding: 'utf8' })
  .split('\\n')
  .map((line) => line.trim().split(/\\s+/))
  .filter(([parent, , ...args]) => Number(parent) === process.ppid && args.includes('--lsp'))
  .flat()
  .map(Number);
process.kill(pid, 'SIGSTOP');
spawn('sh', ['-c', `sleep 5.5; kill -CONT ${pid}`], { detached: true, stdio: 'ignore' }).unref();
const wrong: number = 'x';"""
    cells = notebook("1", stop, "'next'")
    client(cells, timeout=30).execute()
    assert "TS2322" in shown(cells.cells[1])
    assert shown(cells.cells[2]) == "'next'"


def test_a_timeout_interrupts_the_cell_and_the_kernel_goes_on():
    cells = notebook("let turns = 0;\nfor (;;) turns += 1;", "turns > 0")
    client(cells, timeout=2, interrupt_on_timeout=True, allow_errors=True).execute()
    assert shown(cells.cells[0]) == "KeyboardInterrupt"
    assert shown(cells.cells[1]) == "true"


def test_a_timeout_that_does_not_interrupt_is_an_error_and_ends_the_kernel():
    began = time.monotonic()
    with pytest.raises(CellTimeoutError):
        client(notebook("await new Promise(() => {})"), timeout=1).execute()
    assert time.monotonic() - began < 15


def test_a_console_hears_in_time_whether_a_line_is_complete_from_the_first_one_on():
    manager, kernel = start_new_kernel(kernel_name="cokernel")
    try:
        for line, status, indent in [
            ("const half = (x: number) => {", "incomplete", "  "),
            ("const half = (x: number) => x / 2;", "complete", None),
            ("await Promise.resolve(1)", "complete", None),
            ("const = 1", "invalid", None),
        ]:
            sent = kernel.is_complete(line)
            reply = kernel.get_shell_msg(timeout=CONSOLE_PATIENCE)
            # A client that starts a kernel asks it again each second until it answers, and leaves the other answers unread.
            while reply["parent_header"]["msg_id"] != sent:
                reply = kernel.get_shell_msg(timeout=CONSOLE_PATIENCE)
            assert reply["content"]["status"] == status, line
            if indent is not None:
                assert reply["content"]["indent"] == indent
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel()
