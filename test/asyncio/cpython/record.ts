// Records what CPython prints for each case: `node test/asyncio/cpython/record.ts [file…]`. The virtual ones come from
// CPython 3.14 in WebAssembly, the real ones from the system's 3.11; what is marked as written by hand stays.
import { files, record, recordNames } from './files.ts';
import { runSystem, runWasm } from './pythons.ts';

const asked = process.argv.slice(2);
const chosen = (names: readonly string[]) => names.filter((name) => asked.length === 0 || asked.includes(name));
const virtual = chosen(files('virtual'));
const real = chosen(files('real'));
const wasm = runWasm(virtual);
recordNames(wasm.names);
const outputs = { ...wasm.outputs, ...(real.length > 0 ? runSystem(real) : {}) };
for (const name of [...virtual, ...real]) record(name, outputs);
console.log(`${Object.keys(outputs).length} cases recorded`);
