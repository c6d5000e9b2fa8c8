// Tests of test262 that pass in Node and not as a cell, each kind with its reason.

/** A kind of difference: the tests, as paths below test/language, and why. */
export interface Difference {
  readonly paths?: RegExp;
  /** What the test says where it fails. */
  readonly says?: RegExp;
  readonly reason: string;
}

const DIFFERENCES: readonly Difference[] = [
  { paths: /dynamic-import\/.*import-source/, reason: 'import.source() is refused, as are imports by phase' },
  {
    says: /`await`|'await'/,
    reason: 'a cell awaits at its top level, as a module does: await is a keyword',
  },
  { paths: /labeled\/value-await-non-module/, reason: 'the same, as a label' },
  {
    says: /properties of undefined \(/,
    reason: 'this is undefined at the top level of a cell, as in a module',
  },
  {
    says: /different error constructor with the same name/,
    reason: 'the notebook of this test has two realms; a kernel has one',
  },
  {
    paths: /for-await-of\/ticks|top-level-ticks|for-await-of-interleaved|await-monkey-patched/,
    reason: 'awaits of a cell are those of our engine, which takes no tick where it need not',
  },
  {
    paths: /returns-promise|for-await-of\/.*unresolvable-strict/,
    reason: 'its promises are of another realm than the test',
  },
  {
    paths: /resizable-buffer/,
    reason: 'the harness is evaluated for this test, and keeps its constants to itself',
  },
  {
    paths:
      /global-code|eval-code\/indirect|S10|11\.1\.1-1|S11\.1\.1|built-in-exotic|typeof\/get-value|10\.4\.3|S12\.2_A9|S11\.4\.1_A2\.2_T3|this-value|goal-script|not-allowed-at-top-level-of-script/,
    reason: 'a cell is no script: this is undefined at its top level, and its variables are no properties of it',
  },
  {
    paths: /types\/(?:number|undefined)\/S8|redeclaration-global|S13\.2\.1_A6_T3|S13_A19_T1/,
    reason: 'a cell is strict module code, which declares no name twice and none of these three',
  },
  {
    paths:
      /module-code\/(?:early-dup-top-function|early-dup-export-decl|export-default-\w+-declaration-binding-exists)/,
    reason: 'a function and a var of one name may stand beside each other, as in a script, and be exported',
  },
  {
    paths: /early-export-(?:global|unresolvable)/,
    reason: 'an export may be of an earlier cell’s type, which leaves nothing at run time',
  },
  { paths: /instn-local-bndng/, reason: 'a function called too early does not see that a name is uninitialised' },
  {
    paths: /contains-newtarget|direct\/new\.target|eval-spread/,
    reason: 'an evaluated text sees no name of the notebook where it holds new.target, or is spread into the call',
  },
  { paths: /fn-name-lhs-cover/, reason: 'a function assigned to a name in parentheses gets that name' },
  { paths: /part-zwj-zwnj-escaped/, reason: 'a name that ends in U+200C would be one of ours' },
  { paths: /dynamic-import\/assignment-expression\/import-meta/, reason: 'import.meta of this test has no file' },
];

/** The reason why a test that fails as a cell need not pass; undefined where there is none. */
export function reasonFor(path: string, wrong: string): string | undefined {
  return DIFFERENCES.find(({ paths, says }) => (paths?.test(path) ?? true) && (says?.test(wrong) ?? true))?.reason;
}
