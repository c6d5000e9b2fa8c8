"""One running kernel, driven through jupyter_client. Times are taken when frames arrive, before anything is parsed, so
that the client costs the same for every kernel. The other files decide what is measured."""

import json
import time
from dataclasses import dataclass, field

import zmq
from jupyter_client import KernelManager
from jupyter_client.provisioning import local_provisioner

SPAWNED = {'at': 0.0}
_launch = local_provisioner.launch_kernel


def _timed_launch(*args, **kwargs):
    """Notes the moment of the spawn itself: what jupyter_client does before it is not part of a kernel's start."""
    SPAWNED['at'] = time.perf_counter()
    return _launch(*args, **kwargs)


local_provisioner.launch_kernel = _timed_launch


@dataclass
class Cell:
    """One request and all that it caused. Times are in seconds of time.perf_counter()."""

    ident: str
    sent: float
    replied: float = 0.0
    idle: float = 0.0
    reply: dict = field(default_factory=dict)
    outputs: list = field(default_factory=list)
    """(seconds, message type, content), in order."""

    def text(self, before=float('inf')):
        return ''.join(c.get('text', '') for at, kind, c in self.outputs if kind == 'stream' and at <= before)


class Kernel:
    """A kernel and its client. `reconnect` is the time in ms after which the client tries again to connect to a kernel
    that does not listen yet; jupyter_client's default of 100 would hide which kernel is ready first."""

    def __init__(self, name, env, cwd, reconnect=5):
        self.name = name
        context = zmq.Context()
        if reconnect is not None:
            context.setsockopt(zmq.RECONNECT_IVL, reconnect)
        self.context = context
        self.manager = KernelManager(kernel_name=name, context=context)
        self.manager.start_kernel(env=env, cwd=cwd, stdout=-3, stderr=-3)
        self.spawned = SPAWNED['at']
        self.client = self.manager.client()
        self.client.start_channels(hb=False)
        self.shell = self.client.shell_channel.socket
        self.iopub = self.client.iopub_channel.socket
        self.poller = zmq.Poller()
        self.poller.register(self.shell, zmq.POLLIN)
        self.poller.register(self.iopub, zmq.POLLIN)
        self.cells = {}
        self.interactive = True
        """Whether a person could be asked for input: True as in JupyterLab, False as in nbconvert."""

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def send(self, kind, content):
        """Sends a request on shell and does not wait."""
        message = self.client.session.msg(kind, content)
        cell = Cell(message['header']['msg_id'], time.perf_counter())
        self.cells[cell.ident.encode()] = cell
        self.client.session.send(self.shell, message)
        return cell

    def execute(self, code, stop_on_error=True):
        return self.send('execute_request', {
            'code': code, 'silent': False, 'store_history': True, 'user_expressions': {},
            'allow_stdin': self.interactive, 'stop_on_error': stop_on_error,
        })

    def run(self, code, timeout=30):
        """Runs one cell until its reply and idle. Raises TimeoutError."""
        cell = self.execute(code)
        self.wait([cell], timeout)
        return cell

    def sent_on(self, comm, timeout=5):
        """The moment at which the kernel's next message on a comm arrives. What else arrives is dropped."""
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline:
            for socket, _ in self.poller.poll(500):
                frames = socket.recv_multipart()
                at = time.perf_counter()
                if any(b'"comm_msg"' in frame for frame in frames) and any(comm.encode() in frame for frame in frames[4:]):
                    return at
        raise TimeoutError(f'no message on the comm within {timeout:g} s')

    def wait(self, cells, timeout=30):
        self.until(lambda: all(c.replied and c.idle for c in cells), timeout)

    def until(self, done, timeout):
        """Reads both sockets until `done()` is true; parses outputs only afterwards."""
        raw = []
        deadline = time.perf_counter() + timeout
        try:
            while not done():
                left = deadline - time.perf_counter()
                if left <= 0:
                    raise TimeoutError(f'no end within {timeout:g} s')
                for socket, _ in self.poller.poll(min(left, 0.5) * 1000):
                    self._drain(socket, raw)
        finally:
            for at, cell, frames in raw:
                try:
                    kind, content = json.loads(frames[0])['msg_type'], json.loads(frames[3])
                except ValueError:  # tslab garbles very long messages.
                    kind, content = 'garbled', {}
                if kind not in ('status', 'execute_input'):
                    cell.outputs.append((at, kind, content))

    def _drain(self, socket, raw):
        for _ in range(200):
            try:
                frames = socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            at = time.perf_counter()
            start = frames.index(b'<IDS|MSG>') + 2 if b'<IDS|MSG>' in frames else len(frames)
            if len(frames) < start + 4:
                continue
            header, parent, content = frames[start], frames[start + 1], frames[start + 3]
            cell = self._cell(parent)
            if cell is None:
                continue
            if socket is self.shell:
                cell.replied, cell.reply = at, json.loads(content)
            elif len(content) < 100 and b'execution_state' in content:
                if b'idle' in content:
                    cell.idle = at
            else:
                raw.append((at, cell, (header, parent, None, content)))

    def _cell(self, parent):
        at = parent.find(b'"msg_id"')
        if at < 0:
            return None
        begin = parent.index(b'"', at + 9) + 1
        return self.cells.get(parent[begin:parent.index(b'"', begin)])

    def alive(self):
        return self.manager.is_alive()

    def interrupt(self):
        """By signal or by message, as the kernelspec says: jupyter_client does for us what it does for any front end."""
        self.manager.interrupt_kernel()

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.context.destroy(linger=0)
