// What `cokernel --help` prints.

/** The whole help text. */
export const helpText = `cokernel: a TypeScript kernel for Jupyter, made to teach coroutines

  cokernel install     makes the kernel known to Jupyter (needs no Python)
  cokernel uninstall   undoes that
  cokernel doctor      shows which Node, Jupyter and kernelspec are used, and whether the kernel starts
  cokernel run FILES…  executes notebooks, without Jupyter; see cokernel run --help
  cokernel test FILES… compares what notebooks print with what they hold; see cokernel test --help
  cokernel lessons [FOLDER]  copies the lessons there (default: my-lessons), never over your own changes
  cokernel quiz [N]    ten programs to predict, in the terminal; another number, another ten
  cokernel debug-adapter CONNECTION_FILE  the Debug Adapter Protocol on stdin and stdout, for a kernel that runs

Where (install, uninstall):
  --user               for you alone (the default)
  --sys-prefix         into the active virtual or conda environment
  --prefix DIR         into DIR/share/jupyter/kernels
  --name N             the kernel's name for Jupyter (default: cokernel)

How (install):
  --display-name D     what Jupyter's launcher shows (default: TypeScript (cokernel))
  --memory MiB         the most memory a notebook may use (default: a quarter of the machine's)
  --diagnostics MODE   type errors: warn under the cell (the default), strict (the cell does not run), off
  --language ON_OFF    off: no language server, so no type errors, and completion knows only what runs (default: on)
  --compiler WAY       who removes the types of cells: in-place (the default: we do, unless a cell has more than types),
                       esbuild (it does, in every cell)

  --version, --help
`;
