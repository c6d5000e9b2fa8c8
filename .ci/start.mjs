// `npm start`: sets up what is lacking, copies the lessons to my-lessons/, and opens JupyterLab there, at their contents
// page. Further arguments go to JupyterLab.
// Runs under Node 20 with nothing installed.

import { spawn } from 'node:child_process';
import { run } from './command.mjs';
import { main, Sentence, say } from './say.mjs';
import { built } from './setup/built.mjs';
import { kernelspec } from './setup/kernelspec.mjs';
import { labDefaults } from './setup/lab.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode, windows } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

const LESSONS = 'my-lessons';

await main(async () => {
  await packages();
  await built();
  const python = await environment('lab').catch((error) => {
    if (!(error instanceof Sentence)) throw error;
    const rest =
      'The kernel itself is built. For a Jupyter that is elsewhere, as in VS Code: node dist/kernel/cli.js install';
    throw new Sentence(`${error.message}\n${rest}`);
  });
  await kernelspec();
  labDefaults();
  await lessons();
  return jupyterLab(python, process.argv.slice(2));
});

/** What the learner has changed there stays. */
async function lessons() {
  const { code, output } = await run(projectNode(), [at('dist', 'kernel', 'cli.js'), 'lessons', at(LESSONS)], {
    quiet: true,
    env: childEnvironment(),
    cwd: at(),
  });
  if (code !== 0) throw new Sentence(output.trimEnd());
  say(`▸ ${output.trim()}`);
}

/** Runs JupyterLab until Ctrl-C; resolves with the exit code. */
function jupyterLab(python, more) {
  say('▸ starting JupyterLab on my-lessons/ (Ctrl-C ends it)');
  const args = ['-m', 'jupyterlab', `--ServerApp.root_dir=${at(LESSONS)}`, '--ServerApp.answer_yes=True'];
  args.push('--LabApp.default_url=/lab/tree/README.md');
  // In a container everything is root, which Jupyter refuses unless told.
  if (process.getuid?.() === 0) args.push('--allow-root');
  const child = spawn(python, [...args, ...more], {
    cwd: at(),
    env: childEnvironment(),
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const log = follow(child.stderr);
  let ending = false;
  const end = () => {
    ending = true;
    // On Windows the console has told the child already, and a signal from here would be a kill.
    if (!windows) child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Sentence(`JupyterLab could not be started: ${error.message}`)));
    child.once('close', (code) => {
      if (ending || code === 0) {
        say('JupyterLab has ended.');
        return resolve(0);
      }
      reject(new Sentence(`JupyterLab ended with exit code ${code}. What it said last:\n${log.last()}`));
    });
  });
}

/** Resolves when the server answers: it logs its address before that. At the latest after half a minute. */
async function answering(address) {
  const { origin, pathname } = new URL(address);
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const response = await fetch(`${origin}${pathname.replace(/lab.*$/, 'api')}`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Passes warnings and errors on, keeps the rest in case of a failure, and says the address once. */
function follow(stream) {
  const kept = [];
  let said = false;
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      kept.push(line);
      if (kept.length > 60) kept.shift();
      const address = said ? undefined : /^\s*(?:\[.*\]\s*)?(https?:\/\/\S+\/lab\S*)\s*$/.exec(line)?.[1];
      if (address) {
        said = true;
        void answering(address).then(() => say(`\n  JupyterLab: ${address}\n`));
      } else if (
        /^\[(E|C|W) .*\] \S/.test(line) &&
        (said || !line.startsWith('[W')) &&
        !line.includes('received signal')
      ) {
        say(line);
      }
    }
  });
  return { last: () => kept.join('\n') };
}
