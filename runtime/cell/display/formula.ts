// LaTeX as front ends typeset it: between delimiters.

/** The text, as display math if it says nothing else. */
export function formula(text: string): string {
  return /\$|\\\(|\\\[|\\begin/.test(text) ? text : `$$${text}$$`;
}
