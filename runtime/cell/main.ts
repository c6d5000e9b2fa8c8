// The cell process: node main.js {nonce} {memory limit, MiB}. Starts the watcher, puts the parts together and passes the
// requests on. What a cell is and how it runs is in execute/execute.ts and execute/evaluate.ts.

import { Socket } from 'node:net';
import { MessageChannel, Worker } from 'node:worker_threads';
import { keepMethods } from '#host/kept-methods';
import { useCompileCache } from '../compile-cache.ts';
import type { Request } from '../events.ts';
import { createFrameReader } from '../frames.ts';
import { EARLY, setRunningFlags } from '../optimiser.ts';
import { fixBuiltIns, keepNodeList } from './fixed-built-ins.ts';
import { killGroup } from './interrupt/kill-group.ts';
import { createShared, type WatcherData } from './interrupt/shared-memory.ts';
import { ignoreOwnSignals, signalFromOutside } from './interrupt/signals.ts';

useCompileCache();

const REQUESTS = 3;
const [nonce = '', memoryLimit = '0'] = process.argv.slice(2);
// The kernel's arguments are not those of the person's program, nor of a library that reads them.
process.argv.splice(1);
const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

const shared = createShared();
const { port1, port2 } = new MessageChannel();
const home = new URL('../../', import.meta.url).href;
// Started now and ready some 20 ms later; until then the control pipe holds what the kernel says.
const data: WatcherData = { shared, memoryLimit: Number(memoryLimit), home, port: port2 };
const watcher = new Worker(new URL(`./interrupt/watcher.${ending}`, import.meta.url), {
  workerData: data,
  transferList: [port2],
  execArgv: [],
  name: 'cokernel watcher',
});
watcher.unref();

keepNodeList();
fixBuiltIns();
ignoreOwnSignals(shared);
signalFromOutside();

// After useCompileCache, which helps only with later imports: 7 of the process's 80 ms of processor time.
const [{ assemble }, { nodeOutside }] = await Promise.all([import('./assemble.ts'), import('./node/node-outside.ts')]);
const outside = nodeOutside({
  shared,
  watcher: port1,
  nonce,
  home,
  instances: {
    cokernel: new URL(`../asyncio/index.${ending}`, import.meta.url).href,
    'cokernel/compiled': new URL(`../asyncio/compiled.${ending}`, import.meta.url).href,
    'cokernel/picture': new URL(`../picture/index.${ending}`, import.meta.url).href,
    tslab: new URL(`./globals/tslab.${ending}`, import.meta.url).href,
    'cokernel/widgets': new URL(`../widgets/index.${ending}`, import.meta.url).href,
    'cokernel/jsx-runtime': new URL(`../jsx-runtime.${ending}`, import.meta.url).href,
  },
});
const cell = assemble(outside);
setRunningFlags(EARLY);
const requests = keepMethods(new Socket({ fd: REQUESTS, readable: true, writable: false }));
const read = createFrameReader<Request>(({ message, buffers }) => cell.request(message, buffers));
requests.on('data', (chunk: Buffer) => {
  try {
    read(chunk);
  } catch (error) {
    // A request that is lost would never be answered.
    cell.breakDown(`a request could not be handled: ${error instanceof Error ? error.message : 'no error'}`);
  }
});
// The kernel process is gone: nobody reads what this process would say.
requests.on('close', killGroup);
