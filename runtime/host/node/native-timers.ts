// Node's timers and immediates, taken at load: a kernel wraps the globals, and the library's own turns must not go
// through that.

const { setImmediate, clearImmediate, setTimeout, clearTimeout } = globalThis;

export { clearImmediate, clearTimeout, setImmediate, setTimeout };

/** @internal */
export type Immediate = NodeJS.Immediate;
/** @internal */
export type Timeout = NodeJS.Timeout;
