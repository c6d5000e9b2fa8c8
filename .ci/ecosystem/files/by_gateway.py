"""Starts a gateway, of the module and with the prefix of options that are named, and runs the notebook by it."""

import sys

from over_socket import free_port, run_cells, running

module, prefix = sys.argv[1:]
port = free_port()
command = [sys.executable, '-m', module, f'--{prefix}.port={port}', f'--{prefix}.ip=127.0.0.1']
with running(command):
    run_cells(f'http://127.0.0.1:{port}', more=['process.env.KERNEL_USERNAME'], env={'KERNEL_USERNAME': 'ada'})
