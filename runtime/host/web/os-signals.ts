// A browser sends programs no signals.

/** True of every name that a system may have: what is wrong is the place and not the name. */
export function isSignal(name: string): boolean {
  return /^SIG[A-Z\d]+$/.test(name);
}

/** @throws Error always */
export function onSignal(_name: string, _listener: () => void): never {
  throw new Error('a browser sends no signals');
}

/** Nothing to do. */
export function onFirstInterrupt(_press: () => void): () => void {
  return () => {};
}
