// The kernelspec of the wheel (`pip install cokernel`), which is started by Python: `python -m cokernel …`. Jupyter puts
// its own Python in the place of the word, which is that of the environment in which the kernelspec lies.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Kernelspec } from '../install/kernelspec.ts';

/** Whether the kernelspec came by a wheel. */
export function isByPython({ argv }: Kernelspec): boolean {
  return argv[0] === 'python' && argv[1] === '-m';
}

/** The kernelspec with the Python of its environment; `folder` is Jupyter's `kernels` folder. */
export function withPython(spec: Kernelspec, folder: string, platform: NodeJS.Platform = process.platform): Kernelspec {
  const prefix = join(folder, '..', '..', '..');
  const names = platform === 'win32' ? ['Scripts/python.exe', 'python.exe'] : ['bin/python', 'bin/python3'];
  const found = names.map((name) => join(prefix, name)).find((path) => existsSync(path));
  return { ...spec, argv: [found ?? join(prefix, names[0] as string), ...spec.argv.slice(1)] };
}
