// Tests of test262 that pass in Node and not as a cell, each kind with its reason. A pattern names files of one kind, and
// what they say where they fail: another failure of the same file is not explained.

/** A kind of difference. */
export interface Difference {
  /** The tests, as paths below test/language. */
  readonly paths: RegExp;
  /** What they say where they fail. */
  readonly says: RegExp;
  readonly reason: string;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    paths: /^expressions\/dynamic-import\/(?:catch|syntax\/valid)\/[\w-]+-import-source-[\w-]+\.js$/,
    says: /^does not compile: (?:import\.source\(\) is not supported|Identifier `smoosh` has already been declared)/,
    reason: 'import.source() is refused, as are imports by phase',
  },
  {
    paths: /await[\w-]*\.js$/,
    says: /^does not compile: (?:Cannot use `await` as an identifier|The keyword 'await' is reserved)/,
    reason: 'a cell awaits at its top level, as a module does: await is a keyword',
  },
  {
    paths: /^statements\/labeled\/value-await-non-module(?:-escaped)?\.js$/,
    says: /^does not compile: (?:Keywords cannot contain escape characters|Unexpected token)/,
    reason: 'the same, as a label',
  },
  {
    paths: files(
      'comments/S7\\.4_A[12]_T1',
      'expressions/(?:postfix|prefix)-(?:de|in)crement/S11\\.[34]\\.\\d_A2\\.1_T1',
      'expressions/property-accessors/S11\\.2\\.1_A4_T1',
      'function-code/10\\.4\\.3-1-6[45]-s',
      'global-code/decl-lex(?:-configurable-global)?',
      'identifier-resolution/(?:S11\\.1\\.2_A1_T[12]|unscopables)',
      'punctuators/S7\\.7_A1',
      'statements/variable/S12\\.2_A11',
      'types/object/S8\\.6\\.2_A5_T[1-4]',
      'types/reference/S8\\.7\\.(?:1_A1|2_A3)',
    ),
    says: /Cannot (?:read|set) properties of undefined \(/,
    reason: 'this is undefined at the top level of a cell, as in a module',
  },
  {
    paths: files(
      'expressions/delete/S11\\.4\\.1_A2\\.2_T3',
      'expressions/this/(?:11\\.1\\.1-1|S11\\.1\\.1_A4\\.1)',
      'expressions/typeof/(?:built-in-exotic-objects-no-call|get-value)',
      'function-code/10\\.4\\.3-1-(?:17-s|19-s|19gs)',
      'eval-code/indirect/this-value-(?:func|global)',
      'global-code/unscopables-ignored',
    ),
    says: /undefined|on non-object|Actual: \[object Object\]|'this' had incorrect value/,
    reason: 'the same',
  },
  {
    paths: files(
      'eval-code/indirect/(?:non-definable-global-var|var-env-(?:func|var)-init-global-new|var-env-global-lex-non-strict|var-env-var-strict)',
      'global-code/decl-var',
      'statements/variable/S12\\.2_A9',
    ),
    says: /no exception was thrown|undefined|\{DontEnum\} not used/,
    reason: 'variables of a cell are no properties of the global object',
  },
  {
    paths: files('eval-code/indirect/always-non-strict'),
    says: /^unresolvable is not defined$/,
    reason: 'an assignment in a text given to eval declares no name of the notebook',
  },
  {
    paths: files(
      'expressions/import\\.meta/syntax/goal-script',
      'global-code/export',
      'statements/(?:await-)?using/syntax/(?:await-)?using-not-allowed-at-top-level-of-script',
    ),
    says: /^SyntaxError was expected, got String$/,
    reason: 'a cell may hold what a module may: import.meta, export, using',
  },
  {
    paths: files(
      'eval-code/direct/(?:strictness-override|var-env-var-strict-caller-2)',
      'expressions/assignment/dstr/[a-z-]+-put-(?:let|unresolvable-strict)',
      'statements/for-of/dstr/[a-z-]+-put-(?:let|unresolvable-strict)',
      'expressions/arrow-function/strict',
      'expressions/call/eval-strictness-inherit-strict',
      'statements/class/definition/constructor-strict-by-default',
      'statements/class/subclass/builtin-objects/Promise/regular-subclassing',
      'statements/let/global-closure-set-before-initialization',
      'types/reference/8\\.7\\.2-(?:1-s|3-a-1gs)',
    ),
    says: /different error constructor with the same name$/,
    reason: 'the notebook of this test has two realms; a kernel has one',
  },
  {
    paths: files(
      'expressions/(?:async-arrow-function|async-function|object/method-definition)/[a-z-]+-returns-promise',
      'statements/(?:async-function|class/definition)/[a-z-]+-returns-promise',
      'statements/for-await-of/async-(?:func|gen)-decl-dstr-array-elem-put-unresolvable-strict',
    ),
    says: /^Expected true but got false$|return promise instances|SameValue\(«function ReferenceError/,
    reason: 'the same, for promises and errors of asynchronous functions',
  },
  {
    paths: files(
      'expressions/await/(?:await-monkey-patched-promise|for-await-of-interleaved)',
      'statements/for-await-of/ticks-with-(?:async|sync)-iter-resolved-promise-and-constructor-lookup(?:-two)?',
    ),
    says: /^Test262:AsyncTestFailure:.* Actual \[/s,
    reason: 'awaits of a cell are those of our engine, which takes no tick where it need not',
  },
  {
    paths: files(
      'destructuring/binding/typedarray-backed-by-resizable-buffer',
      'statements/for-(?:in/|of/typedarray-backed-by-)resizable-buffer[a-z-]*',
    ),
    says: /^ctors is not defined$/,
    reason: 'the harness is evaluated for this test, and keeps its constants to itself',
  },
  {
    paths: files('types/number/S8\\.5_A(?:10|4)_T1', 'types/undefined/S8\\.1_A3_T1'),
    says: /^'\w+' cannot be declared: JavaScript itself keeps that name$/,
    reason: 'a cell is strict, and none of these three can be assigned to',
  },
  {
    paths: files(
      'block-scope/syntax/redeclaration-global/allowed-to-redeclare-var-with-function-declaration',
      'statements/function/S13(?:\\.2\\.1_A6|_A19)_T[13]',
    ),
    says: /^does not compile: Identifier `\w+` has already been declared$/,
    reason: 'a cell is module code, which declares no function twice beside a variable',
  },
  {
    paths: files(
      'module-code/early-dup-(?:export-decl|top-function(?:-async|-generator|-async-generator)?)',
      'module-code/export-default-(?:async)?(?:function|generator)-declaration-binding-exists',
    ),
    says: /^SyntaxError was expected, got String$/,
    reason: 'a function and a var of one name may stand beside each other, as in a script, and be exported',
  },
  {
    paths: files('module-code/instn-local-bndng-(?:export-)?(?:cls|const|let)'),
    says: /^Binding is created but not initialized/,
    reason: 'a function called too early does not see that a name is uninitialised',
  },
  {
    paths: files(
      '(?:expressions|statements)/class/elements/[a-z-]*direct-eval-err-contains-newtarget',
      'eval-code/direct/new\\.target(?:-arrow)?',
      'expressions/call/eval-spread(?:-empty-leading)?',
    ),
    says: /^executed is not defined$|SameValue\(«"(?:undefined|local)"»/,
    reason: 'an evaluated text sees no name of the notebook where it holds new.target, or is spread into the call',
  },
  {
    paths: files('expressions/assignment/fn-name-lhs-cover'),
    says: /^name descriptor value should be ; name value should be /,
    reason: 'a function assigned to a name in parentheses gets that name',
  },
  {
    paths: files('identifiers/part-zwj-zwnj-escaped'),
    says: /^does not compile: A name cannot end in U\+200C$/,
    reason: 'such a name would be one of ours',
  },
  {
    paths: files('expressions/dynamic-import/assignment-expression/import-meta'),
    says: /import\(\) cannot resolve import\.meta/,
    reason: 'import.meta of this test has no file',
  },
];

/** A pattern for whole paths, without `.js`. */
function files(...patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|')})\\.js$`);
}

/** The kind of difference that a test shows which fails as a cell; undefined where it is none of these. */
export function differenceOf(path: string, wrong: string): Difference | undefined {
  return DIFFERENCES.find(({ paths, says }) => paths.test(path) && says.test(wrong));
}
