// Cells that never end by themselves, of as many kinds as there are ways to keep a process busy or waiting. `native`:
// V8 cannot end it, so that the process may be restarted.

/** A cell, and what its end may leave. */
export interface Kind {
  readonly code: string;
  /** V8 cannot end it. */
  readonly native: boolean;
  /** Ended early, it leaves a callback that will spin: the next cell waits until stop is pressed for that. */
  readonly later: boolean;
}

const LATER = /^(?:setTimeout|setImmediate|setInterval|require\("node:fs"\)\.stat)\(/;

const ended = (code: string): Kind => ({ code, native: false, later: LATER.test(code) });
const native = (code: string): Kind => ({ code, native: true, later: false });

/** `for (;;)` in every place where code can stand. */
const SPINNING = [
  '%',
  '(() => { % })()',
  '(function () { % })()',
  '(function* () { % yield 1; })().next()',
  'await (async () => { % })()',
  'await (async () => { await null; % })()',
  '[1].map(() => { % })',
  '[2, 1].sort(() => { % })',
  '[1, 2].reduce(() => { % })',
  '"a".replace(/a/, () => { % })',
  'JSON.stringify({ toJSON() { % } })',
  'JSON.parse("[1]", () => { % })',
  '`${{ toString() { % } }}`',
  '+{ valueOf() { % } }',
  '({ get a() { % } }).a',
  'new Proxy({}, { get() { % } }).a',
  'new Proxy({}, { ownKeys() { % } }); Reflect.ownKeys(new Proxy({}, { ownKeys() { % } }))',
  'class A { static { % } }',
  'class B { x = (() => { % })() } new B()',
  'class C { #a() { % } go() { this.#a() } } new C().go()',
  'const [d = (() => { % })()] = []',
  '((a = (() => { % })()) => a)()',
  'label: { % }',
  'switch (1) { case 1: % }',
  'try { % } finally { 0 }',
  'try { throw 1 } catch { % }',
  'await { then() { % } }',
  'new Promise(() => { % })',
  'structuredClone({ get a() { % } })',
  'Reflect.apply(() => { % }, null, [])',
  'Array.from({ length: 1 }, () => { % })',
  'new Set({ [Symbol.iterator]() { % } } as any)',
  'Object.entries({ get a() { % } })',
  'setTimeout(() => { % }, 1); await new Promise(() => {})',
  'setImmediate(() => { % }); await new Promise(() => {})',
  'setInterval(() => { % }, 5); await new Promise(() => {})',
  'queueMicrotask(() => { % }); await new Promise(() => {})',
  'process.nextTick(() => { % }); await new Promise(() => {})',
  'Promise.resolve().then(() => { % }); await new Promise(() => {})',
  'require("node:fs").stat(".", () => { % }); await new Promise(() => {})',
  'new (require("node:events").EventEmitter)().on("x", () => { % }).emit("x")',
  '({ [Symbol.for("Jupyter.display")]() { % } })',
  '({ async [Symbol.for("Jupyter.display")]() { await null; % } })',
  '({ [Symbol.for("nodejs.util.inspect.custom")]() { % } })',
  'console.log({ [Symbol.for("nodejs.util.inspect.custom")]() { % } })',
  'display({ [Symbol.for("Jupyter.display")]() { return { get "text/plain"() { % } } } })',
  '({ toHtml() { % } })',
  'throw Object.defineProperty(new Error("x"), "stack", { get() { % } })',
  'throw { get name() { % }, get message() { % } }',
  '{ using held = { [Symbol.dispose]() { % } }; }',
  'import { coroutine as co } from "cokernel"; await co(async () => { % })()',
  'import { coroutine as co2, sleep as s2 } from "cokernel"; await co2(async () => { await s2(0.001); % })()',
  'import { createTask as ct, coroutine as co3, sleep as s3 } from "cokernel"; const t3 = ct(co3(async () => { await s3(0.001); % })()); await t3',
];

/** Loops of each form. */
const LOOPS = [
  'for (;;) {}',
  'while (true);',
  'do {} while (true);',
  'for (let i = 0; ; i++);',
  'outer: for (;;) { for (;;) continue outer; }',
  'for (const _ of (function* () { for (;;) yield 1; })());',
  'for (;;) for (const k in { a: 1 });',
];

/** Loops that the compiler never saw, awaits, and what is native. */
const OTHERS: Readonly<Record<string, Kind>> = {
  'new Function': ended('new Function("for (;;) {}")()'),
  'new Function that swallows': ended('new Function("for (;;) { try { for (;;) {} } catch {} }")()'),
  eval: ended('(0, eval)("for (;;) {}")'),
  'an async Function': ended(
    'await new (Object.getPrototypeOf(async function () {}).constructor)("for (;;) await null")()',
  ),
  'a vm context': ended('require("node:vm").runInNewContext("for (;;) {}")'),
  'a vm context that swallows': ended(
    'require("node:vm").runInNewContext("for (;;) { try { for (;;) {} } catch (e) {} }")',
  ),
  'a regular expression': ended('/^(a+)+$/.test("a".repeat(60) + "b")'),
  'a loop of regular expressions': ended('for (;;) /^(a+)+$/.test("a".repeat(20) + "b")'),
  'a replacement': ended('"a".repeat(1e6).replace(/a/g, () => { for (let i = 0; i < 1e5; i++); return "b"; })'),
  wasm: ended(
    'new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11]))).exports.f()',
  ),
  recursion: ended('const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); fib(100)'),
  'a trampoline': ended('const tr = (f) => { while (typeof f === "function") f = f(); }; const t1 = () => t1; tr(t1)'),
  'a promise loop': ended('const again = () => Promise.resolve().then(again); await again()'),
  'a promise loop that a tick began': ended(
    'const byTick = () => Promise.resolve().then(byTick); process.nextTick(byTick); await new Promise(() => {})',
  ),
  'a promise loop that a timer began': ended(
    'const byTimer = () => Promise.resolve().then(byTimer); setTimeout(byTimer, 0); await new Promise(() => {})',
  ),
  'a promise loop that its body has left': ended('const left = () => Promise.resolve().then(left); left(); 1'),
  'a stream without end': ended(
    'await new ReadableStream({ pull(to) { to.enqueue(1) } }).pipeTo(new WritableStream())',
  ),
  'an async loop': ended('await (async () => { for (;;) await null })()'),
  'an async recursion': ended('const ar = async () => { await null; return ar() }; await ar()'),
  'a microtask flood': ended('const mf = () => queueMicrotask(mf); mf(); await new Promise(() => {})'),
  'a tick flood': ended('const tf = () => process.nextTick(tf); tf(); await new Promise(() => {})'),
  'an immediate chain': ended('const ic = () => setImmediate(ic); ic(); await new Promise(() => {})'),
  'a timer chain': ended('const tc = () => setTimeout(tc, 0); tc(); await new Promise(() => {})'),
  'an async generator': ended('for await (const x of (async function* () { for (;;) yield 1 })());'),
  'an await': ended('await new Promise(() => {})'),
  'a thenable': ended('await { then() {} }'),
  'a sleep': ended('import { sleep } from "cokernel"; await sleep(1000)'),
  'a loop of sleeps': ended('import { sleep as sl } from "cokernel"; for (;;) await sl(0)'),
  'a lock': ended('import { Lock } from "cokernel"; const lk = new Lock(); await lk.acquire(); await lk.acquire()'),
  'a queue': ended('import { Queue } from "cokernel"; await new Queue().get()'),
  'an event': ended('import { Event as Ev } from "cokernel"; await new Ev().wait()'),
  'a shield': ended('import { shield, sleep as sh } from "cokernel"; await shield(sh(1000))'),
  'a gather': ended('import { gather, sleep as sg } from "cokernel"; await gather(sg(1000), sg(1000))'),
  'a task group': ended(
    'import { taskGroup, sleep as st } from "cokernel"; await taskGroup(async (g) => { g.createTask(st(1000)); })',
  ),
  'a thread': ended('import { toThread } from "cokernel"; await toThread(() => { for (;;) {} })'),
  'a swallowed await': ended('for (;;) { try { await new Promise(() => {}) } catch {} }'),
  'a swallowed sleep': ended('import { sleep as sw } from "cokernel"; for (;;) { try { await sw(100) } catch {} }'),
  'a swallowed loop': ended('for (;;) { try { for (;;) {} } catch {} }'),
  'a swallowed async loop': ended('await (async () => { for (;;) { try { await null } catch {} } })()'),
  'clean-up that spins': ended('try { for (;;) {} } finally { for (;;) {} }'),
  'clean-up that waits': ended('try { await new Promise(() => {}) } finally { await new Promise(() => {}) }'),
  'an input': ended('await input("x")'),
  'a prompt': ended('prompt("x")'),
  'console.log': ended('for (let i = 0; ; i++) console.log(i)'),
  'stdout.write': ended('for (;;) process.stdout.write("x".repeat(100) + "\\n")'),
  display: ended('for (let i = 0; ; i++) { display(i); for (let j = 0; j < 1e6; j++); }'),
  'a session of its own': ended(
    'const ses = new (require("node:inspector").Session)(); ses.connect(); for (;;) ses.post("Runtime.evaluate", { expression: "1 + 1" })',
  ),
  'a debugger statement': ended('for (;;) { debugger }'),
  'a worker': ended(
    'await new Promise((r) => new (require("node:worker_threads").Worker)("for (;;) {}", { eval: true }).on("exit", r))',
  ),
  'a child': ended('await new Promise((r) => require("node:child_process").spawn("sleep", ["100"]).on("exit", r))'),
  execSync: native('require("node:child_process").execSync("sleep 100")'),
  spawnSync: native('require("node:child_process").spawnSync("sleep", ["100"])'),
  'execSync that ignores SIGINT': native('require("node:child_process").execSync("trap \'\' INT; sleep 100")'),
  'Atomics.wait': ended('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'),
  'an endless iterator helper': native(
    'Iterator.from({ next: () => ({ value: 1, done: false }) }).drop(Infinity).next()',
  ),
  'an endless spread': native('Math.max(...(function* () { for (;;) yield 1; })())'),
  'a large BigInt': native('(3n ** (3n ** 17n)).toString().length'),
  sqlite: native(
    'new (require("node:sqlite").DatabaseSync)(":memory:").prepare("WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t").all()',
  ),
  pbkdf2: native('require("node:crypto").pbkdf2Sync("a", "b", 2e8, 64, "sha512")'),
  'a loop of pbkdf2': ended('for (;;) require("node:crypto").pbkdf2Sync("a", "b", 2e4, 64, "sha512")'),
};

/** Every kind, by name. */
export const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...SPINNING.map((frame) => [frame.replaceAll('%', '…'), ended(frame.replaceAll('%', 'for (;;) {}'))] as const),
  ...LOOPS.map((loop) => [loop, ended(loop)] as const),
  ...Object.entries(OTHERS),
]);
