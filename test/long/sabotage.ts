// Cells that break JavaScript's built-ins, Node's modules or the process under the kernel, by name. Made from what this
// Node has, so that each method is there; what a test does with them is in sabotage.test.ts.

/** What such a cell leaves behind. */
export interface Sabotage {
  readonly name: string;
  readonly code: string;
  /** Node's own code trips over it: the process may end, and a fresh one run the next cell; values may show poorly. */
  readonly tripsNode: boolean;
}

const FAIL = '() => { throw new Error("sabotaged") }';
const all: Sabotage[] = [];
const add = (name: string, code: string, tripsNode = false) => all.push({ name, code, tripsNode });

const methodsOf = (holder: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(holder))
    .filter(([name, { value, writable }]) => typeof value === 'function' && writable === true && name !== 'constructor')
    .map(([name]) => name);

/** util.inspect calls these as any program does. */
const isInspects = (method: string) => ['includes', 'push'].includes(method);

const PROTOTYPES = { Array, String, RegExp, Promise, Map, Set, WeakMap, Function, Object, Buffer, Uint8Array };
for (const [name, { prototype }] of Object.entries(PROTOTYPES)) {
  for (const method of methodsOf(prototype)) {
    // Node's async_hooks call pop after each callback: there is nothing that the kernel could do.
    if (name === 'Array' && method === 'pop') continue;
    if (name !== 'Buffer' || /^(toString|write|read|sub|slice|copy|fill|utf8)/.test(method)) {
      add(`${name}.prototype.${method} throws`, `(${name}.prototype as any).${method} = ${FAIL}`, isInspects(method));
    }
    if (name === 'Array' || name === 'Promise') {
      add(`${name}.prototype.${method} is gone`, `delete (${name}.prototype as any).${method}`, isInspects(method));
    }
  }
}
const HOLDERS = { Object, Reflect, Atomics, JSON, Promise, Math, Buffer, Array, Number, Symbol, Date, Error };
for (const [name, holder] of Object.entries(HOLDERS)) {
  for (const method of methodsOf(holder)) add(`${name}.${method} throws`, `(${name} as any).${method} = ${FAIL}`);
}
const GLOBALS = [
  ...['Map', 'Set', 'WeakMap', 'Symbol', 'JSON', 'Object', 'Array', 'Buffer', 'TypeError', 'Reflect', 'Atomics'],
  ...['process', 'Date', 'performance', 'setTimeout', 'setImmediate', 'queueMicrotask', 'clearTimeout', 'String'],
  ...['Number', 'Uint8Array', 'Int32Array', 'SharedArrayBuffer', 'Function', 'Proxy', 'RegExp', 'Math', 'global'],
  ...['globalThis', 'Promise', 'jupyter', 'display', 'URL', 'TextDecoder', 'WeakRef', 'FinalizationRegistry'],
  ...['structuredClone', 'Iterator', 'crypto', 'AbortController', 'require'],
];
for (const name of GLOBALS) {
  add(`globalThis.${name} = 5`, `(globalThis as any)[${JSON.stringify(name)}] = 5`);
  add(`globalThis.${name} is gone`, `delete (globalThis as any)[${JSON.stringify(name)}]`);
}

/** Members that would shine through descriptors, messages, options and iterators. */
const INHERITED = [
  ...['get', 'set', 'value', 'type', 'then', 'execution', 'configurable', 'writable', 'enumerable', 'constructor'],
  ...['length', 'name', 'message', 'fenced', 'buffers', 'data', 'metadata', 'status', 'silent', 'displayId', 'update'],
  ...['cause', 'stack', 'code', 'signal', 'owner', 'timeout', 'encoding', 'fd', 'flag', 'filename', '0', 'raw', 'next'],
  ...[
    'done',
    'return',
    'prompt',
    'file',
    'line',
    'notes',
    'errors',
    'task',
    'group',
    'clock',
    'debug',
    'context',
    'id',
  ],
  ...['listener', 'objectMode', 'highWaterMark', 'autoDestroy', 'construct', 'read', 'write', 'transform', 'final'],
  ...['importModuleDynamically', 'cachedData', 'produceCachedData', 'lineOffset', 'columnOffset', 'depth', 'colors'],
  ...['showProxy', 'showHidden', 'failure', 'Jupyter.display'],
];
for (const name of INHERITED) {
  const place = `(Object.prototype as any)[${JSON.stringify(name)}]`;
  add(`Object.prototype.${name} = 1`, `${place} = 1`);
  add(`Object.prototype.${name} throws`, `${place} = ${FAIL}`);
}
// Node's own fs.writeSync and inspector.Session trip over these.
// Node's own fs.writeSync asks for it.
add('Object.prototype.error = 1', '(Object.prototype as any).error = 1', true);
add('a hidden Object.prototype.failure', 'Object.defineProperty(Object.prototype, "failure", { value: "polluted" })');
add('flags are none', 'Object.defineProperty(RegExp.prototype, "flags", { get: () => "" })');
add('Object.prototype.toJSON throws', `(Object.prototype as any).toJSON = ${FAIL}`, true);
add('a getter Object.prototype.then', `Object.defineProperty(Object.prototype, "then", { get: ${FAIL} })`);
add('a then that never calls back', 'Promise.prototype.then = function () { return this } as any');
add('every object is a thenable that never settles', '(Object.prototype as any).then = function () {}');

const iteratorOf = (value: string) => `(Object.getPrototypeOf((${value})[Symbol.iterator]()) as any)`;
add('Array iterators throw', `Array.prototype[Symbol.iterator] = ${FAIL}`);
add('the species of arrays throws', `Object.defineProperty(Array, Symbol.species, { get: ${FAIL} })`);
add('arrays are made by what throws', `(Array.prototype as any).constructor = { [Symbol.species]: ${FAIL} }`);
add('Array iterators are empty', 'Array.prototype[Symbol.iterator] = function* () {}');
for (const value of ['[]', '""', 'new Set()']) add(`${value} next`, `${iteratorOf(value)}.next = ${FAIL}`);
// Node's AsyncLocalStorage copies a Map whenever a cell's code is entered.
add('new Map() next', `${iteratorOf('new Map()')}.next = ${FAIL}`, true);
add('generators do not go on', `Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())).next = ${FAIL}`);
add('iterators cannot be iterated', `${iteratorOf('[]')}.__proto__[Symbol.iterator] = ${FAIL}`);
add('Map iterators throw', `Map.prototype[Symbol.iterator] = ${FAIL} as any`);
add('a species that throws', `Object.defineProperty(Promise, Symbol.species, { get: ${FAIL} })`);
add('a constructor of promises that throws', `Promise.prototype.constructor = ${FAIL} as any`);
for (const symbol of ['replace', 'split', 'match', 'matchAll', 'search']) {
  add(`RegExp.prototype[Symbol.${symbol}]`, `(RegExp.prototype as any)[Symbol.${symbol}] = ${FAIL}`);
}
add(
  'a setter on an index',
  `Object.defineProperty(Array.prototype, "0", { set: ${FAIL}, get: () => undefined })`,
  true,
);
const each = 'for (const C of [Object, Array, Function, Promise, Map, Set, String, RegExp, Error, Buffer])';
const getters = (holder: string, ...keys: string[]) =>
  `for (const k of ${JSON.stringify(keys)}) Object.defineProperty(${holder}, k, { get: ${FAIL} })`;
add('a getter of Map.prototype.size throws', getters('Map.prototype', 'size'));
add('a getter of Set.prototype.size throws', getters('Set.prototype', 'size'));
add('getters of flags throw', getters('RegExp.prototype', 'flags', 'global', 'source', 'sticky', 'unicode'));
add('getters of typed arrays throw', getters('Object.getPrototypeOf(Uint8Array.prototype)', 'length', 'byteLength'));
add('everything is an instance', `${each} Object.defineProperty(C, Symbol.hasInstance, { value: () => true })`);
add('nothing is an instance', `${each} Object.defineProperty(C, Symbol.hasInstance, { value: () => false })`);
add('FinalizationRegistry.prototype.register throws', `(FinalizationRegistry.prototype as any).register = ${FAIL}`);
add(
  'an id of every object, read-only',
  'Object.defineProperty(Object.prototype, "id", { value: "evil", writable: false })',
  true,
);
add('vm.Script.prototype.runInThisContext throws', `require("vm").Script.prototype.runInThisContext = ${FAIL}`);
add(
  'methods of AsyncLocalStorage throw',
  `Object.assign(require("async_hooks").AsyncLocalStorage.prototype, { run: ${FAIL}, getStore: ${FAIL}, enterWith: ${FAIL} })`,
);
add(
  'AsyncResource.prototype.runInAsyncScope throws',
  `require("async_hooks").AsyncResource.prototype.runInAsyncScope = ${FAIL}`,
);
add(
  'setters on Object.prototype',
  'for (const k of ["value", "type", "id", "done"]) Object.defineProperty(Object.prototype, k, { set() { throw 1 }, get: () => undefined })',
  true,
);
add('a getter of Error.prototype.message throws', getters('Error.prototype', 'message', 'name'));
add('JSON.stringify says something else', 'JSON.stringify = (() => "xx") as any');
add('JSON.stringify is gone', 'delete (JSON as any).stringify');
add('performance.now throws', `performance.now = ${FAIL}`);

for (const name of ['Object.prototype', 'Array.prototype', 'globalThis'])
  add(`${name} frozen`, `Object.freeze(${name})`);
add('globalThis sealed', 'Object.seal(globalThis)');
add('globalThis without a prototype', 'Object.setPrototypeOf(globalThis, null)');
add('all prototypes frozen', `${each} { Object.freeze(C); Object.freeze(C.prototype) }`);
const KEPT = 'if (!["console", "Error", "TypeError"].includes(k))';
const globals = `for (const k of Object.getOwnPropertyNames(globalThis)) ${KEPT} try`;
add('all globals gone', `${globals} { delete (globalThis as any)[k] } catch {}`);
add('all globals undefined', `${globals} { (globalThis as any)[k] = undefined } catch {}`);

add('prepareStackTrace throws', `Error.prepareStackTrace = ${FAIL}`);
add('no stack frames', 'Error.stackTraceLimit = 0');
add('a stackTraceLimit that is no number', 'Error.stackTraceLimit = "x" as any');
for (const name of [
  'emit',
  'on',
  'listeners',
  'nextTick',
  'exit',
  'reallyExit',
  'cwd',
  'binding',
  'removeAllListeners',
]) {
  add(`process.${name} throws`, `(process as any).${name} = ${FAIL}`);
}
add('process.nextTick does nothing', 'process.nextTick = (() => {}) as any');
add('process without listeners', 'process.removeAllListeners()');
add('process in another folder', 'process.chdir("/")');
add('process without an environment', 'for (const k in process.env) delete process.env[k]');
add('stdout and stderr ended', 'process.stdout.destroy(); process.stderr.destroy(); process.stdout.end()');
add('stdin destroyed', 'process.stdin.destroy()');

const overridden = (module: string) =>
  `const m = require(${JSON.stringify(module)}); for (const k of Object.keys(m)) { try { m[k] = ${FAIL} } catch {} } require("module").syncBuiltinESMExports()`;
for (const module of ['fs', 'util', 'vm', 'path', 'url', 'crypto', 'os', 'timers', 'worker_threads', 'inspector']) {
  add(`node:${module} overridden`, overridden(module), true);
}
add('events overridden', `const e = require("events"); e.prototype.emit = e.prototype.on = ${FAIL}`);
add('sockets overridden', `const n = require("net"); n.Socket.prototype._read = n.Socket.prototype.read = ${FAIL}`);
add(
  'streams overridden',
  `const s = require("stream"); s.Readable.prototype.on = s.Writable.prototype.write = ${FAIL}`,
);
add('MessagePort.prototype.postMessage throws', `MessagePort.prototype.postMessage = ${FAIL}`);
add('inspector.Session.prototype.post throws', `require("inspector").Session.prototype.post = ${FAIL}`);
add('another AsyncLocalStorage', 'new (require("async_hooks").AsyncLocalStorage)().enterWith(1)');
add('async_hooks throw', `require("async_hooks").createHook({ init: ${FAIL} }).enable()`, true);
const handles = 'for (const h of (process as any)._getActiveHandles()) try';
add('all handles destroyed', `${handles} { h.destroy?.(); h.close?.() } catch {}`, true);
add('all handles unreferenced', `${handles} { h.unref?.() } catch {}`, true);
for (const name of ['entry', 'flag', 'text']) {
  add(`the kernel's own ${name}, called`, `(globalThis as any)["cokernel ${name}"]()`);
  add(`the kernel's own ${name}, deleted`, `delete (globalThis as any)["cokernel ${name}"]`);
}
for (let fd = 0; fd <= 20; fd++) add(`descriptor ${fd} closed`, `require("fs").closeSync(${fd})`, true);
add('all descriptors closed', 'for (let i = 0; i < 21; i++) { try { require("fs").closeSync(i) } catch {} }', true);
for (const fd of [3, 4, 5]) {
  add(`garbage on descriptor ${fd}`, `require("fs").writeSync(${fd}, Buffer.from("garbage garbage garbage"))`, true);
}
add('a huge length on descriptor 4', 'require("fs").writeSync(4, Buffer.alloc(64, 255))', true);
add(
  'JSON that does not parse on 4',
  'require("fs").writeSync(4, Buffer.from([0, 0, 0, 5, 0, 0, 0, 0, 123, 125]))',
  true,
);
add('garbage on 1 and 2', 'require("fs").writeSync(1, "\\0garbage\\0"); require("fs").writeSync(2, "\\0\\0")');

/** All of them. */
export const sabotages: readonly Sabotage[] = all;
