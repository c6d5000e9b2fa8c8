"""Starts a gateway, runs the notebook's cells over its web socket, and prints what they print."""

import asyncio
import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import uuid

from tornado.websocket import websocket_connect

with socket.socket() as free:
    free.bind(('127.0.0.1', 0))
    port = free.getsockname()[1]
cells = [cell['source'] for cell in json.load(open('notebook.ipynb', encoding='utf8'))['cells']]


async def run():
    kernel = None
    body = json.dumps({'name': 'cokernel', 'env': {'KERNEL_USERNAME': 'ada'}}).encode()
    for _ in range(1500):
        try:
            request = urllib.request.Request(f'http://127.0.0.1:{port}/api/kernels', data=body, method='POST')
            kernel = json.load(urllib.request.urlopen(request, timeout=60))
            break
        except (ConnectionError, urllib.error.URLError):
            await asyncio.sleep(0.2)
    channel = await websocket_connect(f'ws://127.0.0.1:{port}/api/kernels/{kernel["id"]}/channels')
    for source in [*cells, 'process.env.KERNEL_USERNAME']:
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


args = ['kernel_gateway', f'--KernelGatewayApp.port={port}', '--KernelGatewayApp.ip=127.0.0.1']
server = subprocess.Popen([sys.executable, '-m', *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    asyncio.run(run())
finally:
    server.terminate()
    server.wait()
