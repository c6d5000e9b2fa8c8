"""Has Quarto's own script execute the notebook, as `quarto render` does. The script is in a checkout of quarto-cli."""

import json
import os
import subprocess
import sys

from jupyter_client.kernelspec import get_kernel_spec

# Quarto adds the folder of the kernelspec to the notebook that it makes of a document.
with open('notebook.ipynb', encoding='utf8') as file:
    notebook = json.load(file)
notebook['metadata']['kernelspec']['path'] = get_kernel_spec('cokernel').resource_dir
inline = {'cell_type': 'markdown', 'id': 'inline', 'metadata': {}, 'source': 'It is `{typescript} answer * 7`.'}
notebook['cells'].append(inline)
with open('notebook.ipynb', 'w', encoding='utf8') as file:
    json.dump(notebook, file)
script = os.path.join(sys.argv[1], 'src', 'resources', 'jupyter', 'jupyter.py')
execute = {
    'eval': True,
    'error': False,
    'fig-width': 7,
    'fig-height': 5,
    'fig-format': 'retina',
    'fig-dpi': 96,
    'ipynb-shell-interactivity': None,
    'plotly-connected': True,
    'cache': None,
}
options = {
    'target': {'input': os.path.abspath('notebook.ipynb')},
    'format': {'execute': execute, 'metadata': {}, 'identifier': {'base-format': 'html'}},
    'resourceDir': os.path.join(sys.argv[1], 'src', 'resources'),
    'params': None,
    'cwd': os.getcwd(),
    'log': os.path.abspath('quarto.log'),
    'debug': False,
}
request = json.dumps({'command': 'execute', 'options': options})
subprocess.run([sys.executable, script], input=request, text=True, check=True)
with open('notebook.ipynb', encoding='utf8') as file:
    print(file.read())
