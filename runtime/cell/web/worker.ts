// The worker of a page in which its cells run: what runtime/cell/main.ts is for a process of Node. It has the compiler
// too.

import * as inspection from '#host/inspection';
import * as compiledLibrary from '../../asyncio/compiled.ts';
import * as cokernel from '../../asyncio/index.ts';
import { createCompiler } from '../../compile/cell.ts';
import { syntaxErrorReport } from '../../compile/code-frame.ts';
import { CellSyntaxError } from '../../compile/syntax-error.ts';
import { dataOf } from '../../host/web/kept-methods.ts';
import { startParser } from '../../host/web/oxc.ts';
import { setPlayerScript } from '../../host/web/player-script.ts';
import { setVariables } from '../../host/web/process.ts';
import * as jsx from '../../jsx-runtime.ts';
import * as picture from '../../picture/index.ts';
import * as widgets from '../../widgets/index.ts';
import { assemble } from '../assemble.ts';
import { keepBuiltIns } from './built-ins-kept.ts';
import type { FromWorker, Start, ToWorker } from './messages.ts';
import { stopCheck } from './shared-words.ts';
import { webOutside } from './web-outside.ts';

/** The worker's global object, as far as the page's first message needs it. */
interface Door {
  onmessage: ((event: { readonly data: Start; readonly ports: readonly MessagePort[] }) => void) | null;
}

/** The end of a channel to the page. A cell cannot reach it: `onmessage` and `postMessage` are the person's own. */
interface MessagePort {
  onmessage: ((event: object) => void) | null;
  postMessage(message: FromWorker): void;
}

const OWN = {
  cokernel,
  'cokernel/compiled': compiledLibrary,
  'cokernel/picture': picture,
  'cokernel/widgets': widgets,
  'cokernel/jsx-runtime': jsx,
  // Of Node, what writes values as text is here anyway.
  'node:util': inspection,
};
// Modules that a page offers were bundled without the library: they find it there.
Object.defineProperty(globalThis, Symbol.for('cokernel.modules'), { value: OWN });

async function start(given: Start, port: MessagePort): Promise<void> {
  const tell: (message: FromWorker) => void = port.postMessage.bind(port);
  try {
    await open(given, port, tell);
  } catch (error) {
    tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Messages wait in the port until this is done. */
async function open(given: Start, port: MessagePort, tell: (message: FromWorker) => void): Promise<void> {
  setVariables(given.variables ?? {});
  setPlayerScript(given.player ?? '');
  await startParser(given.parser);
  const outside = webOutside(given, OWN, tell);
  const asks = given.memory === undefined && given.mail !== undefined;
  const compiler = createCompiler({ stop: stopCheck(asks) });
  const cell = assemble(outside);
  const keep = keepBuiltIns();
  const compile = async ({ id, source, name }: Extract<ToWorker, { readonly type: 'compile' }>) => {
    const giveBack = keep();
    try {
      tell({ type: 'compiled', id, compiled: await compiler.compileCell(source, { name }) });
    } catch (error) {
      const syntax = error instanceof CellSyntaxError;
      const told = syntax ? error : new CellSyntaxError(error instanceof Error ? error.message : String(error), 1, 1);
      tell({ type: 'compiled', id, error: syntaxErrorReport(told, source, name) });
    } finally {
      giveBack();
    }
  };
  port.onmessage = (event) => {
    const data = dataOf(event) as ToWorker;
    if (data.type === 'request') cell.request(data.request, data.buffers);
    else if (data.type === 'compile') void compile(data);
    else outside.heard(data);
  };
}

const door = globalThis as unknown as Door;
door.onmessage = ({ data, ports: [port] }) => {
  door.onmessage = null;
  if (port !== undefined) void start(data, port);
};
