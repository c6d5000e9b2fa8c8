// What `cokernel run --help` and `cokernel test --help` print.

const files = `FILES are notebooks (.ipynb), Markdown (.md, .qmd: its TypeScript blocks are the cells), or .ts files in
percent format (a line "// %%" begins a cell), or patterns such as "notebooks/**/*.ipynb". Each runs in a kernel of its
own, from top to bottom. A cell fails where it raises an error, or a callback of it does later.
`;

const shared = `  --jobs N, -j N       so many notebooks at a time (default: 1), where they share no files or ports
  --timeout S          seconds that a cell may take; then it is interrupted and has failed (default: no limit)
  --clock virtual      sleeps take no time
  --diagnostics MODE   type errors: warn in the cell's output (the default), strict (the cell fails), off
  --param K=V, -p K=V  a parameter, as often as needed: set after the cell tagged "parameters". V is a number, true,
                       false, null, an array, object or "text" in JSON; all else is a text as it is
`;

const texts = {
  run: `cokernel run FILES… [options]: executes notebooks; needs no Python

${files}
Without --out, --inplace or --html nothing is written: the exit code tells whether every cell ran.

  --out DIR            writes the executed notebooks into DIR
  --inplace            writes them over the files
  --html               writes a page for each as well, into DIR, or beside the file
  --allow-errors       goes on after a cell failed, and counts it as no failure
${shared}
A cell tagged raises-exception or raises:NAME may fail; one tagged skip or skip-execution is not run.
Exit code: 0, or 1 where a cell failed or a file cannot be read or written; what failed is not written.
`,
  test: `cokernel test FILES… [options]: compares what cells print with what the notebook holds; needs no Python

${files}
"..." in a stored text matches anything. Texts are compared without colours, errors by name and message. Markdown and .ts
files hold no outputs: they pass where every cell runs.

Tags of a cell:
  skip                 is not run
  raises:NAME          shall raise that error; with raises-exception any
  ellipsis             "..." matches anything in HTML, SVG and JSON too
  normalize            any run of blanks and line ends is one blank
  volatile             times, durations, addresses, ports and UUIDs may differ; also alone: volatile:times,
                       volatile:addresses; volatile:numbers any number; volatile:output all but the kinds of outputs
nbval's tags mean what they mean there.

  --update             stores what came out where it differs; what matches stays as it is
  --lax                compares only cells tagged check-output; the others shall run, that is all
  --sanitize FILE      what may differ in any cell: sections [name] with a line "regex: …" and one "replace: …", as
                       nbval's --nbval-sanitize-with takes it
  --junit FILE         writes a report in JUnit's XML
  --github             prints annotations for GitHub Actions
${shared}
Exit code: 0, or 1 where something differs or fails.
`,
} as const;

/** The whole help text of a command. */
export function helpOf(command: keyof typeof texts): string {
  return texts[command];
}
