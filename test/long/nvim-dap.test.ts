// `cokernel debug-adapter` under nvim-dap, in a Neovim without a window: a breakpoint in a local file, the stack with the
// awaiting coroutine, variables, a step, and on. Only where NVIM_DAP names a checkout of github.com/mfussenegger/nvim-dap
// that fits the Neovim on the PATH (tag 0.4.0 for 0.7.2 and 0.8).

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { debugging } from '../debug/debugger.ts';

const plugin = process.env.NVIM_DAP;
const cli = join(import.meta.dirname, '..', '..', 'dist', 'kernel', 'cli.js');

const BREW = `import { sleep } from 'cokernel';

export async function brew(cups: number) {
  const water = cups * 0.25;
  await sleep(0.01);
  return water;
}
`;

/** What Neovim does; each line that it says is a JSON text. */
const script = (file: string, connection: string): string => `
vim.opt.runtimepath:append(${JSON.stringify(plugin)})
local dap = require('dap')
local say = function(what) io.stdout:write(vim.json.encode(what) .. '\\n') end
dap.adapters.cokernel = { type = 'executable', command = ${JSON.stringify(process.execPath)}, args = { ${JSON.stringify(cli)}, 'debug-adapter', ${JSON.stringify(connection)} } }
vim.cmd('edit ' .. ${JSON.stringify(file)})
vim.api.nvim_win_set_cursor(0, { 4, 0 })
dap.set_breakpoint()
dap.listeners.after.configurationDone.test = function() say({ event = 'attached' }) end
dap.listeners.after.event_continued.test = function() say({ event = 'continued' }) end
local stops = 0
dap.listeners.after.event_stopped.test = function(session, body)
  session:request('stackTrace', { threadId = body.threadId }, function(_, stack)
    local frame = stack.stackFrames[1]
    session:request('scopes', { frameId = frame.id }, function(_, scopes)
      session:request('variables', { variablesReference = scopes.scopes[1].variablesReference }, function(_, found)
        local variables = {}
        for _, one in ipairs(found.variables) do variables[one.name] = one.value end
        say({ event = 'stopped', name = frame.name, line = frame.line, below = stack.stackFrames[2].name, variables = variables })
        stops = stops + 1
        if stops == 1 then dap.step_over() else dap.continue() end
      end)
    end)
  end)
end
dap.run({ type = 'cokernel', request = 'attach', name = 'Notebook' })
`;

(plugin === undefined ? test.skip : test)(
  'nvim-dap sets a breakpoint in a file, shows stack and variables where it stops, steps over an await, and goes on',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cokernel-nvim-'));
    const on = await debugging({ off: true, cwd: folder });
    const [file, connection, init] = ['brew.ts', 'connection.json', 'init.lua'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(file, BREW);
    writeFileSync(connection, JSON.stringify(on.kernel.info));
    writeFileSync(init, script(file, connection));
    const nvim = spawn('nvim', ['--headless', '--clean', '-u', init], { stdio: ['pipe', 'pipe', 'pipe'] });
    const said: { readonly event: string }[] = [];
    const watchers = new Set<() => void>();
    let held = '';
    let errors = '';
    nvim.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    nvim.stdout.on('data', (chunk) => {
      held += String(chunk);
      for (let end = held.indexOf('\n'); end >= 0; end = held.indexOf('\n')) {
        said.push(JSON.parse(held.slice(0, end)));
        held = held.slice(end + 1);
      }
      for (const look of watchers) look();
    });
    const until = (event: string, count = 1) =>
      new Promise<void>((resolve, reject) => {
        const look = () => said.filter((one) => one.event === event).length >= count && resolve();
        watchers.add(look);
        look();
        setTimeout(() => reject(new Error(`${event}: ${JSON.stringify(said)} ${errors}`)), 20_000).unref();
      });
    try {
      await until('attached');
      await on.run("import { brew } from './brew.ts';");
      const run = on.run('await brew(3)');
      await until('stopped', 2);
      expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('0.75');
      expect(said.filter(({ event }) => event === 'stopped')).toEqual([
        expect.objectContaining({ name: 'brew', line: 4, below: 'Cell [2]' }),
        expect.objectContaining({ name: 'brew', line: 5, variables: expect.objectContaining({ water: '0.75' }) }),
      ]);
      await until('continued');
    } finally {
      nvim.kill('SIGKILL');
      await on.kernel.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
