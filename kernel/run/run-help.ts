// What `cokernel run --help` and `cokernel test --help` print.

const files = `FILES are notebooks (.ipynb), Markdown (.md, .qmd: its TypeScript blocks are the cells), or .ts files in
percent format (a line "// %%" begins a cell), or patterns such as "notebooks/**/*.ipynb". Each runs from top to bottom in
a kernel of its own. A cell fails if it raises an error, or if a callback of it does so later.
`;

const shared = `  --jobs N, -j N       how many notebooks to run at a time (default: 1), if they share no files or ports
  --timeout S          how many seconds a cell may take before it is interrupted and fails (default: no limit)
  --clock virtual      sleeps take no time
  --diagnostics MODE   type errors: warn in the cell's output (the default), strict (the cell fails), off
  --compiler WAY       who removes the types of cells: in-place (the default: we do, unless a cell has more than types),
                       esbuild (it does, in every cell)
  --param K=V, -p K=V  sets a parameter after the cell tagged "parameters"; may be repeated. V is a number, true,
                       false, null, or an array, object or "text" in JSON; anything else is taken as text
`;

const texts = {
  run: `cokernel run FILES… [options]: executes notebooks; needs no Python

${files}
Without --out, --inplace or --html nothing is written: the exit code says whether every cell ran.

  --out DIR            writes the executed notebooks into DIR
  --inplace            writes them over the files
  --html               also writes an HTML page for each, into DIR or beside the file
  --live               with --html and --out: pages whose cells run in the browser; DIR is then a static site
  --format json        prints each event as a line of JSON: a cell with its outputs, a notebook, the total
  --allow-errors       goes on after a failed cell and does not count it as a failure
${shared}
A cell tagged raises-exception or raises:NAME may fail; one tagged skip or skip-execution is not run.
Exit code: 0, or 1 if a cell failed or a file cannot be read or written. A notebook that failed is not written.
`,
  test: `cokernel test FILES… [options]: compares what cells print with what the notebook holds; needs no Python

${files}
"..." in a stored text matches anything. Texts are compared without colours, errors by name and message. Markdown and .ts
files hold no outputs: they pass if every cell runs.

Tags of a cell:
  skip                 is not run
  raises:NAME          should raise that error; raises-exception: any error
  ellipsis             "..." matches anything in HTML, SVG and JSON too
  normalize            any run of white space counts as one blank
  volatile             times, durations, addresses, ports and UUIDs may differ; only some of these: volatile:times,
                       volatile:addresses. volatile:numbers: any number; volatile:output: all but the kinds of outputs
nbval's tags mean what they mean in nbval.

  --update             stores the new outputs of cells that differ; all other cells stay as they are
  --lax                compares only cells tagged check-output; the others only have to run
  --sanitize FILE      what may differ in any cell: sections [name] with a line "regex: …" and a line "replace: …", as
                       for nbval's --nbval-sanitize-with
  --junit FILE         writes a report in JUnit's XML format
  --github             prints annotations for GitHub Actions
${shared}
Exit code: 0, or 1 if something differs or fails.
`,
} as const;

/** The whole help text of a command. */
export function helpOf(command: keyof typeof texts): string {
  return texts[command];
}
