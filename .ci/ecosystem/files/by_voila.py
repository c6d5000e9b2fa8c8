"""Serves the notebook, and prints the page when a browser would see it."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

with socket.socket() as free:
    free.bind(('127.0.0.1', 0))
    port = free.getsockname()[1]
args = ['voila', 'notebook.ipynb', '--no-browser', f'--port={port}', '--Voila.ip=127.0.0.1']
server = subprocess.Popen([sys.executable, '-m', *args], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
try:
    for _ in range(1500):
        if server.poll() is not None:
            sys.exit(f'voila ended early:\n{server.stderr.read()}')
        try:
            print(urllib.request.urlopen(f'http://127.0.0.1:{port}/', timeout=300).read().decode())
            break
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.2)
finally:
    server.terminate()
    server.wait()
