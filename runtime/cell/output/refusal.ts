// The error that the text of an answer stands for.

/** `StdinNotImplementedError: …` becomes an error of that name. */
export function makeError(text: string): Error {
  const [, name, message] = /^([A-Z]\w*Error): (.*)$/s.exec(text) ?? [];
  const error = new Error(message ?? text);
  if (name !== undefined) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  return error;
}
