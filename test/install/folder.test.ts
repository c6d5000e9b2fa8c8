// Where kernelspecs go on each platform, as in jupyter_core.

import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { kernelspecsFolder, type Machine, searchedFolders } from '../../kernel/install/folder.ts';
import { runPython, testWithPython } from '../python.ts';

const machine = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv = {}): Machine => ({
  platform,
  environment,
  home: join('/home', 'ada'),
});
const user = (...[platform, environment]: Parameters<typeof machine>) =>
  kernelspecsFolder({ place: 'user' }, machine(platform, environment));

test('the user place on each platform', () => {
  expect(user('linux')).toBe(join('/home/ada/.local/share/jupyter/kernels'));
  expect(user('linux', { XDG_DATA_HOME: '/xdg' })).toBe(join('/xdg/jupyter/kernels'));
  expect(user('darwin')).toBe(join('/home/ada/Library/Jupyter/kernels'));
  expect(user('win32', { APPDATA: 'R' })).toBe(join('R', 'jupyter', 'kernels'));
  expect(user('win32')).toBe(join('/home/ada/.jupyter/data/kernels'));
});

test('JUPYTER_DATA_DIR wins everywhere', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(user(platform, { JUPYTER_DATA_DIR: '/d', XDG_DATA_HOME: '/x', APPDATA: 'R' })).toBe(join('/d/kernels'));
  }
});

test('--sys-prefix is the virtual environment, else the conda environment', () => {
  const place = (environment: NodeJS.ProcessEnv) =>
    kernelspecsFolder({ place: 'sys-prefix' }, machine('linux', environment));
  expect(place({ VIRTUAL_ENV: '/v', CONDA_PREFIX: '/c' })).toBe('/v/share/jupyter/kernels');
  expect(place({ CONDA_PREFIX: '/c' })).toBe('/c/share/jupyter/kernels');
  expect(() => place({ PATH: '/nowhere' })).toThrow(/expects an active virtual or conda environment.*--prefix DIR/);
});

test('the environment whose Python started the command is meant before the active one', () => {
  const environment = { COKERNEL_PREFIX: '/w', VIRTUAL_ENV: '/v', CONDA_PREFIX: '/c' };
  expect(kernelspecsFolder({ place: 'sys-prefix' }, machine('linux', environment))).toBe('/w/share/jupyter/kernels');
  expect(searchedFolders(machine('linux', environment))[0]).toBe('/w/share/jupyter/kernels');
});

test('Jupyter looks into JUPYTER_PATH first, then the environment, then the user, then the system', () => {
  const folders = searchedFolders(machine('linux', { JUPYTER_PATH: '/a:/b', VIRTUAL_ENV: '/v' }));
  expect(folders).toEqual([
    '/a/kernels',
    '/b/kernels',
    '/v/share/jupyter/kernels',
    '/home/ada/.local/share/jupyter/kernels',
    '/usr/local/share/jupyter/kernels',
    '/usr/share/jupyter/kernels',
  ]);
});

const cases: readonly NodeJS.ProcessEnv[] = [{}, { XDG_DATA_HOME: '/x/y' }, { JUPYTER_DATA_DIR: '/j' }];
testWithPython('the user place is the one that jupyter_core computes here', async () => {
  for (const extra of cases) {
    const { JUPYTER_DATA_DIR, XDG_DATA_HOME, ...clean } = process.env;
    const environment = { ...clean, ...extra };
    const script = 'from jupyter_core.paths import jupyter_data_dir; print(jupyter_data_dir())';
    const { output } = await runPython(['-c', script], { env: { JUPYTER_DATA_DIR: '', XDG_DATA_HOME: '', ...extra } });
    const ours = kernelspecsFolder(
      { place: 'user' },
      { platform: process.platform, environment, home: process.env.HOME ?? '' },
    );
    expect(ours).toBe(join(output.trim(), 'kernels'));
  }
});
