// Jest's transformer: turns TypeScript into JavaScript with esbuild, which also builds the package.
import { transformSync } from 'esbuild';

export default {
  process(source, path) {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node24',
      sourcefile: path,
      sourcemap: 'both',
    });
    return { code, map };
  },
};
