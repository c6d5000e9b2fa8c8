// A still picture as PNG, for print. Only this needs a package (@resvg/resvg-js, a renderer written in Rust). The
// package is optional and loaded on first use. It does not know custom properties, so this file puts the colours in.

import { createRequire } from 'node:module';
import { DARK, LIGHT, type Palette } from './theme.ts';

/** How a PNG is made. */
export interface PngOptions {
  /** Pixels; default 1600. */
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
}

/** The SVG with the colours of one theme in place of their names, for programs that do not know CSS variables. */
export function inColours(svg: string, theme: 'light' | 'dark' = 'light'): string {
  const palette: Readonly<Record<string, string>> = theme === 'dark' ? DARK : (LIGHT satisfies Palette);
  return svg
    .replace(/body[[.][^{}]*\{[^}]*\}/g, '')
    .replace(/(?:fill|stroke):#\w+;((?:fill|stroke):var\(--ck-)/g, '$1')
    .replace(/var\(--ck-([\w-]+)(?:,[^)]*)?\)/g, (_, name: string) => palette[name] ?? '0');
}

/** Renders an SVG as PNG. @throws Error that says what to install, if the renderer is missing */
export function toPng(svg: string, { width = 1600, theme }: PngOptions = {}): Uint8Array {
  const { Resvg } = renderer();
  const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono', monospaceFamily: 'DejaVu Sans Mono' };
  return new Resvg(inColours(svg, theme), { fitTo: { mode: 'width', value: width }, font }).render().asPng();
}

function renderer(): typeof import('@resvg/resvg-js') {
  try {
    return createRequire(import.meta.url)('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  } catch (cause) {
    throw new Error(
      'A PNG needs the package @resvg/resvg-js, which is not installed. Run npm install @resvg/resvg-js, or use the SVG.',
      { cause },
    );
  }
}
