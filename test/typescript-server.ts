// Sources of cells that look for the TypeScript server of their kernel, or stop it for a while, as a busy machine would.

/** Declares `serverPid`, which gives the number of the server's process; undefined where it does not run. */
export const SERVER_PID = `const serverPid = (): number | undefined =>
  process.getBuiltinModule('node:child_process').execSync('ps -A -o ppid=,pid=,args=', { encoding: 'utf8' })
    .split('\\n')
    .map((line: string) => line.trim().split(/\\s+/))
    .filter(([parent, , ...args]: string[]) => Number(parent) === process.ppid && args.includes('--lsp'))
    .map(([, pid]: string[]) => Number(pid))[0];`;

/** Stops the server, which goes on after so many seconds. */
export const stopServer = (seconds: number): string => `${SERVER_PID}
const stopped = serverPid() as number;
process.kill(stopped, 'SIGSTOP');
process.getBuiltinModule('node:child_process')
  .spawn('sh', ['-c', \`sleep ${seconds}; kill -CONT \${stopped}\`], { detached: true, stdio: 'ignore' }).unref();`;
