// What the kernel process loads once it has started the cell process, in one import: each file more that Node has to find
// and link delays the first result.

export { historyPath } from './history/location.ts';
export { createHistory } from './history/store.ts';
export { ABOUT_NODE, createDebugSession, NODE_HANDLERS } from './node-answers.ts';
export { watchParent } from './parent.ts';
export { startKernel } from './start.ts';
export { readConnection } from './wire/connection.ts';
export { openSockets } from './wire/sockets.ts';
