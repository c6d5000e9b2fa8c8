// Text as terminals take it.

// biome-ignore-all lint/suspicious/noControlCharactersInRegex: a control sequence begins with one

/** Sequences of CSI and OSC, as they occur in what programs print. */
const SEQUENCES =
  /[\u001b\u009b](?:\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|[[\]()#;?]*(?:\d{1,4}(?:[;:]\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])/g;

/** The text without its control sequences. */
export function withoutControls(text: string): string {
  return text.replace(SEQUENCES, '');
}
