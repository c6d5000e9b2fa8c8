"""Starts JupyterLab with its shared documents, and runs the notebook as one that edits the document with others."""

import asyncio
import secrets
import sys

from jupyter_kernel_client import JupyterKernelClient
from jupyter_nbmodel_client import NbModelClient, get_jupyter_notebook_websocket_url
from over_socket import ask, free_port, running

token = secrets.token_hex()
port = free_port()
origin = f'http://127.0.0.1:{port}'


async def run():
    url = get_jupyter_notebook_websocket_url(server_url=origin, token=token, path='notebook.ipynb')
    kernel = JupyterKernelClient(server_url=origin, token=token)
    kernel.start(name='cokernel')
    async with NbModelClient(url) as notebook:
        for index, cell in enumerate(notebook):
            if cell['cell_type'] == 'code':
                print(notebook.execute_cell(index, kernel))
    kernel.stop()


options = [f'--ServerApp.port={port}', f'--IdentityProvider.token={token}', '--no-browser', '--ServerApp.root_dir=.']
with running([sys.executable, '-m', 'jupyterlab', '--allow-root', *options]):
    ask(f'{origin}/api/kernelspecs', token)
    asyncio.run(run())
