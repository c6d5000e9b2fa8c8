// `Deno.jupyter`, for notebooks that were written for Deno's kernel: each member is ours of that name. Cells alone see
// it, because packages ask for a global `Deno` to find out where they run. What else Deno has says what Node has instead.

import { DISPLAY, Displayable } from '../display/bundle.ts';
import { render } from '../display/render.ts';
import type { CellPort } from '../output/port.ts';
import { type Broadcast, createBroadcast } from './broadcast.ts';
import type { Jupyter } from './jupyter.ts';

type Tag = (strings: TemplateStringsArray, ...values: unknown[]) => Displayable;

/** What of `Deno` a notebook has here. */
export interface Deno {
  readonly jupyter: {
    /** HTML. Values are inserted as they are; `html` of the notebook escapes them. */
    readonly html: Tag;
    /** Markdown. */
    readonly md: Tag;
    /** SVG. */
    readonly svg: Tag;
    readonly image: Jupyter['image'];
    /** Shows a value under the cell; with `raw` it is a MIME bundle, with `update` it replaces what has this id. */
    display(
      value: unknown,
      options?: { readonly raw?: boolean; readonly update?: boolean; readonly display_id?: string },
    ): Promise<void>;
    /** The MIME bundle by which a value is shown. */
    format(value: unknown): Promise<Readonly<Record<string, unknown>>>;
    /** Under this name an object's method gives its MIME bundle. */
    readonly $display: typeof DISPLAY;
    readonly broadcast: Broadcast;
  };
}

/** Makes the object. */
export function createDeno({ image, display, update }: Jupyter, port: CellPort): Deno {
  const jupyter: Deno['jupyter'] = {
    html: tag('text/html'),
    md: tag('text/markdown'),
    svg: tag('image/svg+xml'),
    image,
    async display(value, { raw = false, update: replace = false, display_id: displayId } = {}) {
      if (displayId === undefined) display(value, { raw });
      else if (replace) update(displayId, value, { raw });
      else display(value, { raw, displayId });
    },
    format: async (value) => (await render(value)).data,
    $display: DISPLAY,
    broadcast: createBroadcast(port),
  };
  const deno = { jupyter };
  for (const [name, instead] of Object.entries(INSTEAD))
    Object.defineProperty(deno, name, { get: () => absent(name, instead) });
  return deno;
}

function tag(type: string): Tag {
  return (strings, ...values) => {
    const text = strings.map((part, at) => part + String(values[at] ?? '')).join('');
    return new Displayable({ [type]: text, 'text/plain': text });
  };
}

/** What a notebook in Node writes for members of `Deno`. */
const INSTEAD: Readonly<Record<string, string>> = {
  readTextFile: "await readFile(path, 'utf8'), with readFile from 'node:fs/promises'",
  readTextFileSync: "readFileSync(path, 'utf8'), of 'node:fs'",
  readFile: "await readFile(path), of 'node:fs/promises'",
  readFileSync: "readFileSync(path), of 'node:fs'",
  writeTextFile: "await writeFile(path, text), of 'node:fs/promises'",
  writeTextFileSync: "writeFileSync(path, text), of 'node:fs'",
  writeFile: "await writeFile(path, bytes), of 'node:fs/promises'",
  writeFileSync: "writeFileSync(path, bytes), of 'node:fs'",
  readDir: "await readdir(path, { withFileTypes: true }), of 'node:fs/promises'",
  readDirSync: "readdirSync(path, { withFileTypes: true }), of 'node:fs'",
  mkdir: "await mkdir(path, { recursive: true }), of 'node:fs/promises'",
  remove: "await rm(path, { recursive: true }), of 'node:fs/promises'",
  stat: "await stat(path), of 'node:fs/promises'",
  lstat: "await lstat(path), of 'node:fs/promises'",
  realPath: "await realpath(path), of 'node:fs/promises'",
  rename: "await rename(from, to), of 'node:fs/promises'",
  copyFile: "await copyFile(from, to), of 'node:fs/promises'",
  open: "await open(path), of 'node:fs/promises'; its readableWebStream() is what .readable is",
  create: "await open(path, 'w'), of 'node:fs/promises'",
  makeTempDir: "await mkdtemp(prefix), of 'node:fs/promises'",
  watchFs: "watch(path), of 'node:fs/promises'",
  stdin: "process.stdin; to ask the person: await input('Name? ')",
  stdout: 'process.stdout',
  stderr: 'process.stderr',
  env: 'process.env.NAME',
  cwd: 'process.cwd()',
  chdir: 'process.chdir(path)',
  pid: 'process.pid',
  build: 'process.platform and process.arch',
  hostname: "hostname(), of 'node:os'",
  execPath: 'process.execPath',
  kill: 'process.kill(pid, signal)',
  addSignalListener: "process.on('SIGTERM', handler)",
  errors: "the error's code, such as 'ENOENT'",
  openKv: "a Map; to keep it in a file: new DatabaseSync(path), of 'node:sqlite'",
  bench: 'console.time(label) and console.timeEnd(label)',
  args: 'process.argv',
  exit: 'process.exit()',
  version: 'process.versions',
  memoryUsage: 'process.memoryUsage()',
  inspect: "inspect(value), of 'node:util'",
  test: "test(name, run), of 'node:test'",
  serve: "createServer(handler).listen(port), of 'node:http'",
  listen: "await startServer(handler, port), of 'cokernel'",
  connect: "await openConnection(host, port), of 'cokernel'",
  Command: "await createSubprocess(program, args), of 'cokernel'",
  run: "await createSubprocess(program, args), of 'cokernel'",
};

function absent(name: string, instead: string): never {
  throw new Error(`Deno.${name} is Deno's, and a notebook runs in Node. In Node: ${instead}`);
}
