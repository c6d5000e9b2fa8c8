#!/usr/bin/env node
// The command `cokernel`. Only the check of Node's version is here, and no static import, so that an old Node can
// read this file at all and say what it lacks; the commands are in cli/.

const NEEDED_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) < NEEDED_MAJOR) {
  process.stderr.write(
    `cokernel needs Node ${NEEDED_MAJOR} or newer, and this is Node ${process.versions.node}: get it from https://nodejs.org ` +
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
