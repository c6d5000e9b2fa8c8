// What library.test.ts runs in a page: the library, pictures and the compiler, bundled for browsers.

export * as cokernel from '../../runtime/asyncio/index.ts';
export { createCompiler } from '../../runtime/compile/cell.ts';
export { startParser } from '../../runtime/host/web/oxc.ts';
export { setPlayerScript } from '../../runtime/host/web/player-script.ts';
export * as picture from '../../runtime/picture/index.ts';
export { evaluate, runRandom } from '../asyncio/random/prelude.ts';

/** As WebAssembly.compileStreaming. */
export function compiled(answer: Promise<Response>): Promise<WebAssembly.Module> {
  const page = globalThis as unknown as {
    readonly WebAssembly: { compileStreaming(answer: Promise<Response>): Promise<WebAssembly.Module> };
  };
  return page.WebAssembly.compileStreaming(answer);
}
