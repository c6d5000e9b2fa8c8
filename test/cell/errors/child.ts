// Runs each cell given as an argument, compiled, and prints what it threw: the report, and the stack that user code reads.
// A process of its own, because `Error` in jest's realm is not the one whose stacks V8 prepares.

import { Script } from 'node:vm';
import { createSources, errorReport, installStackTraces } from '../../../runtime/cell/errors/traceback.ts';
import { createNames } from '../../../runtime/cell/execute/notebook-names.ts';
import { createCompiler } from '../../../runtime/compile/cell.ts';

const sources = createSources();
installStackTraces(sources);
const compiler = createCompiler();
const names = createNames();

for (const [index, source] of process.argv.slice(2).entries()) {
  const name = `Cell [${index + 3}]`;
  const { code, map } = await compiler.compileCell(source, { name });
  sources.registerSource(name, { source, maps: [map], code });
  const body = new Script(`(${code})`, { filename: name }).runInThisContext() as (...parts: unknown[]) => Generator;
  const cell = new Proxy({}, { get: (_, key) => (key === 'names' ? names.begin().open : (value: unknown) => value) });
  try {
    for (const steps = body(cell, {}, new Int32Array(1)); !steps.next().done; );
  } catch (error) {
    console.log(JSON.stringify({ report: errorReport(error, { sources }), stack: (error as Error).stack }));
  }
}
process.exit();
