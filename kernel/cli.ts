#!/usr/bin/env node
// The command `cokernel`. This file only checks Node's version. It has no static import, so that an old Node can still
// read it and say what is missing; the commands are in cli/.

const NEEDED_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) < NEEDED_MAJOR) {
  process.stderr.write(
    `cokernel needs Node ${NEEDED_MAJOR} or newer, but this is Node ${process.versions.node}: get it from https://nodejs.org ` +
      `(or: nvm install ${NEEDED_MAJOR}), then run the command again.\n`,
  );
  process.exitCode = 1;
} else {
  import('./cli/commands.ts').then(
    ({ runCommand }) =>
      runCommand(process.argv.slice(2)).then((code) => {
        process.exitCode = code;
      }),
    (error: unknown) => {
      process.stderr.write(`cokernel could not be loaded; install it again.\n${String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
