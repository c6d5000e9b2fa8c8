// A cell's type errors: a warning below the cell after it ran or, in strict mode, the reason why it does not run.
// What counts as a type error is decided in kernel/language/diagnose.ts.

import type { ErrorReport } from '../../runtime/events.ts';
import type { Diagnostic } from '../language/language.ts';
import { isPatient, patienceFor } from '../language/patience.ts';
import type { Execution, Kernel } from '../requests/kernel.ts';

/** The type check of one cell, which accompanies its run. */
export interface Check {
  /** The cell is in flight: questions to TypeScript no longer delay it. */
  onInFlight(): void;
  /** In strict mode, why the cell must not run. Call it before the cell runs. */
  refusal(): Promise<ErrorReport | undefined>;
  /** The cell does not run: nothing is published about it. */
  drop(): void;
  /** The cell ran, or failed with `error`. Must be called before the language service hears that the cell ran. */
  ran(error: ErrorReport | undefined): void;
  /** Publishes what was found, and says what must wait for that; undefined where nothing waits. */
  warn(): Waits | undefined;
}

/** When the end of a cell may be told. Neither rejects. */
export interface Waits {
  readonly reply: Promise<void> | undefined;
  readonly idle: Promise<void>;
}

/**
 * How long idle waits for TypeScript, in milliseconds, where the client leaves at idle: nbclient stores the warnings of a
 * first cell too. TypeScript needs 200 to 500 for the first cell and a few for the others; but with seventeen programs on
 * two cores it took more than 4,000, and a busy machine must not lose a warning.
 */
const PATIENCE_MS = 10_000;
/**
 * nbclient waits four seconds for idle, counted from the reply. So the reply waits as well, and nbclient is there until
 * PATIENCE_MS is over.
 */
const REPLY_PATIENCE_MS = PATIENCE_MS - 4_000;

/** TypeScript's codes for an unknown name, and for an unknown module. */
const UNKNOWN_NAMES = new Set([2304, 2552]);
const UNKNOWN_MODULE = 2307;
/** Codes that follow from a missing module: parameters and elements whose types it would have declared. */
const OF_UNKNOWN_MODULE = new Set([2875, 7006, 7019, 7026, 7031]);
/** How the error of a failed import begins; see runtime/cell/loader/explain.ts. */
const NOT_FOUND = /^Cannot find the (?:package|file) /;

/**
 * Makes the check of one cell. A front end with a person (`interactive`: it takes input) also shows what is published
 * after idle: there the check waits until all cells are done, and idle does not wait for it. nbconvert and the like
 * leave at idle: there the check begins with the cell, except for the first one, which loading TypeScript would slow down.
 */
export function checkCell(
  { language, publish }: Kernel,
  { parent }: Execution,
  { count, code, interactive }: { readonly count: number; readonly code: string; readonly interactive: boolean },
): Check {
  const { mode } = language;
  if (interactive && mode !== 'strict') language.hold();
  else language.release();
  let found: Promise<readonly Diagnostic[]> | undefined;
  let failure: ErrorReport | undefined;
  const look = (): void => {
    if (mode !== 'off') found ??= language.diagnose(count, code);
  };
  return {
    onInFlight() {
      if (language.loaded) look();
    },
    async refusal() {
      if (mode !== 'strict') return undefined;
      look();
      const errors = (await found)?.filter(({ severity }) => severity === 'error') ?? [];
      return errors.length > 0 ? report(errors) : undefined;
    },
    drop() {
      found = undefined;
    },
    ran(error) {
      failure = error;
      look();
    },
    warn() {
      const reported = found?.then((diagnostics) => {
        const news = diagnostics.filter((diagnostic) => !(failure && isReported(failure, diagnostic)));
        if (news.length > 0) publish(parent, 'stream', { name: 'stderr', text: textOf(news) });
      });
      if (interactive || reported === undefined) return undefined;
      const reply = isPatient() ? undefined : atMost(REPLY_PATIENCE_MS, reported);
      return { reply, idle: atMost(patienceFor(PATIENCE_MS), reported) };
    },
  };
}

/**
 * Whether the cell failed for the reason that TypeScript found: a missing name or module is reported once, and what
 * follows from a missing module is not reported at all.
 */
function isReported({ ename, evalue }: ErrorReport, { code, message }: Diagnostic): boolean {
  if (code === UNKNOWN_MODULE) return namesModule(evalue, /'([^']+)'/.exec(message)?.[1] ?? message);
  if (OF_UNKNOWN_MODULE.has(code)) return NOT_FOUND.test(evalue);
  return ename === 'ReferenceError' && UNKNOWN_NAMES.has(code);
}

/** Whether the error of an import is about that module, or about the package that it is a part of. */
function namesModule(evalue: string, module: string): boolean {
  const packageName = /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0];
  return evalue.includes(`'${module}'`) || evalue.startsWith(`Cannot find the package '${packageName}'`);
}

async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}

function textOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ text }) => `${text}\n`).join('\n');
}

function report(errors: readonly Diagnostic[]): ErrorReport {
  const [first] = errors as [Diagnostic];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return {
    ename: 'TypeScriptError',
    evalue: `TS${first.code}: ${first.message}${more}`,
    traceback: textOf(errors).trimEnd().split('\n'),
  };
}
