// esbuild as WebAssembly: 3.8 MB that are fetched when the first text needs it, from beside the program.

import type { TransformOptions, TransformResult } from 'esbuild';

export type { TransformFailure, TransformOptions, TransformResult } from 'esbuild';

let started: Promise<typeof import('esbuild-wasm')> | undefined;

async function start(): Promise<typeof import('esbuild-wasm')> {
  const esbuild = (await import('esbuild-wasm/esm/browser.js')) as typeof import('esbuild-wasm');
  const wasmURL = new URL('./esbuild.wasm', import.meta.url).href;
  await esbuild.initialize({ wasmURL, worker: false }).catch((error: unknown) => {
    throw new Error(
      `esbuild, which compiles enum, namespace, decorators and JSX, could not be fetched from ${wasmURL}: ${reasonOf(error)}. ` +
        `Whoever makes this site runs npm install esbuild-wasm@${esbuild.version} there first.`,
    );
  });
  return esbuild;
}

/** As esbuild's own. */
export async function transform(code: string, options: TransformOptions): Promise<TransformResult> {
  started ??= start();
  const esbuild = await started.catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return (await esbuild.transform(code, options)) as TransformResult;
}

/** There is no process that may have been killed. */
export async function stop(): Promise<void> {}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
