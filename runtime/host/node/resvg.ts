// The renderer of SVG, which is an optional package, loaded on first use.

import { createRequire } from 'node:module';

/** The package. @throws Error that says what to install, if it is missing */
export function renderer(): typeof import('@resvg/resvg-js') {
  try {
    return createRequire(import.meta.url)('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  } catch (cause) {
    throw new Error(
      'A PNG needs the package @resvg/resvg-js, which is not installed. Run npm install @resvg/resvg-js, or use the SVG.',
      { cause },
    );
  }
}
