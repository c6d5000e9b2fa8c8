"""Runs the notebook's cells over the web socket of a server, as its clients do, and prints what they print."""

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect


def free_port():
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        return free.getsockname()[1]


server = None


@contextlib.contextmanager
def running(command):
    """The program while the body runs. What it says goes to a file, which is shown if the body fails."""
    global server
    with open('server.log', 'w+', encoding='utf8') as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield
        except BaseException:
            log.seek(0)
            sys.stderr.write(log.read()[-2000:])
            raise
        finally:
            server.terminate()
            server.wait()


def ask(url, token='', method='GET', body=None):
    """Asks until the server is there; the JSON of its answer."""
    data = None if body is None else json.dumps(body).encode()
    headers = {'Authorization': f'token {token}'} if token else {}
    deadline = time.monotonic() + 300
    while True:
        try:
            request = urllib.request.Request(url, data=data, headers=headers, method=method)
            answer = urllib.request.urlopen(request, timeout=60).read()
            return json.loads(answer) if answer else None
        except urllib.error.HTTPError as error:
            raise RuntimeError(f'{method} {url}: {error.code} {error.read().decode()}') from error
        except (ConnectionError, urllib.error.URLError):
            if time.monotonic() > deadline or server.poll() is not None:
                raise
            time.sleep(0.2)


def run_cells(origin, token='', more=(), env=None):
    """Starts a kernel there, and runs the notebook's cells and those of `more`."""
    body = {'name': 'cokernel', 'env': env or {}}
    kernel = ask(f'{origin}/api/kernels', token, 'POST', body)['id']
    asyncio.run(_run_cells(f'{origin}/api/kernels/{kernel}/channels', token, more))
    ask(f'{origin}/api/kernels/{kernel}', token, 'DELETE')


async def _run_cells(url, token, more):
    with open('notebook.ipynb', encoding='utf8') as file:
        cells = [cell['source'] for cell in json.load(file)['cells']]
    headers = {'Authorization': f'token {token}'} if token else {}
    channel = await websocket_connect(HTTPRequest(url.replace('http', 'ws', 1), headers=headers))
    for source in [*cells, *more]:
        message = uuid.uuid4().hex
        header = {'msg_id': message, 'msg_type': 'execute_request', 'session': 's', 'username': 'u', 'version': '5.3'}
        content = {'code': ''.join(source), 'silent': False, 'allow_stdin': False}
        request = {'header': header, 'parent_header': {}, 'metadata': {}, 'content': content, 'channel': 'shell'}
        await channel.write_message(json.dumps(request))
        while True:
            got = json.loads(await channel.read_message())
            if got['parent_header'].get('msg_id') != message:
                continue
            if got['msg_type'] == 'stream':
                print(got['content']['text'], end='')
            elif got['msg_type'] == 'execute_result':
                print(got['content']['data']['text/plain'])
            elif got['msg_type'] == 'status' and got['content']['execution_state'] == 'idle':
                break
    channel.close()
