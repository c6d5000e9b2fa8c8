// Parts of oxc-parser that come without types.

declare module 'oxc-parser/src-js/generated/visit/keys.js' {
  const visitorKeys: Readonly<Record<string, readonly string[]>>;
  export default visitorKeys;
}

declare module 'oxc-parser/src-js/wrap.js' {
  type Result = ReturnType<typeof import('oxc-parser/src-js/index.d.ts')['parseSync']>;
  /** Takes a native result apart. */
  export function wrap(result: object): Result;
}
