// V8's collector, at a moment of ours.

let known: (() => void) | undefined;

/** Collects what nobody holds, which takes 8 to 340 ms. */
export function collectGarbage(): void {
  known ??= collector();
  known();
}

/** What `--expose-gc` would have put into the globals. */
function collector(): () => void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  return process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
}
