// JavaScript's built-ins as they were before the first cell. The build (.ci/pristine.mjs) rewrites the code that runs
// beside cells to these, so that a cell that replaces Array.prototype.filter, JSON.stringify or Object.prototype.then
// breaks itself and not the kernel. The sources are written as usual, and import nothing of this.

export { call, itemsIntact } from './call.ts';
export { expressionsIntact } from './expressions.ts';
export { collect, each, sizeOf } from './iteration.ts';
export { originals, prototypes } from './lookup.ts';
export { has, record } from './object-literal.ts';
export { awaited, promisesIntact } from './promises.ts';
export { speciesIntact } from './species.ts';
export { statics } from './statics.ts';
