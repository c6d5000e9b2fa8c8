"""Runs a command of MyST or Jupyter Book in a folder: FOLDER COMMAND … They execute notebooks by a Jupyter server, which we
start: their own comes late on a busy machine, and not at all for root."""

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
    subprocess.run(sys.argv[2:], cwd=sys.argv[1], env=env, check=True)
