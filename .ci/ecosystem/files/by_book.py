"""Builds the notebook as Jupyter Book does, which executes it by a server that we start: on a busy machine its own is late."""

import os
import secrets
import subprocess
import sys

from over_socket import ask, free_port, running

token, port = secrets.token_hex(), free_port()
origin = f'http://127.0.0.1:{port}'
options = [f'--ServerApp.port={port}', f'--IdentityProvider.token={token}', '--no-browser', '--allow-root']
with running([sys.executable, '-m', 'jupyter_server', *options]):
    ask(f'{origin}/api/kernelspecs', token)
    env = {**os.environ, 'JUPYTER_BASE_URL': origin, 'JUPYTER_TOKEN': token}
    # The themes of its pages come from the network.
    subprocess.run(['jupyter-book', 'build', 'notebook.ipynb', '--execute', '--xml', '--ci'], env=env, check=True)
