// CPython 3.14 in WebAssembly (npm's pyodide), in a process of its own: runs what it is given on standard input, as
// JSON: { files: [name, source][], modules: { name: source } }, and writes one JSON object, name to printed text.
import { json } from 'node:stream/consumers';
import { loadPyodide } from 'pyodide';

const { files, modules } = await json(process.stdin);
const python = await loadPyodide();
for (const [name, source] of Object.entries(modules)) python.FS.writeFile(`/home/pyodide/${name}.py`, source);
python.globals.set('given', JSON.stringify(files));
const outputs = python.runPython(`
import sys
sys.path.insert(0, "/home/pyodide")

import asyncio, json
# Pyodide's own loop is the browser's; it counts as running, and asyncio.run would refuse.
asyncio._set_running_loop(None)
import loop, run
loop.install()
json.dumps({"version": sys.version.split()[0], "names": asyncio.__all__, "outputs": run.run_all(json.loads(given))})
`);
process.stdout.write(outputs, () => process.exit());
