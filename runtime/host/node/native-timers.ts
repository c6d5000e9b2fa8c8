// Node's timers and immediates, taken at load: a kernel wraps the globals, and the library's own turns must not go
// through that.

const { setImmediate, clearImmediate, setTimeout, clearTimeout } = globalThis;

export { clearImmediate, clearTimeout, setImmediate, setTimeout };

/** Calls `call` behind the code that runs, before everything else. */
export const nextTick: (call: () => void) => void = process.nextTick.bind(process);

/** @internal */
export type Immediate = NodeJS.Immediate;
/** @internal */
export type Timeout = NodeJS.Timeout;
