// A still picture as PNG, for print. The renderer (@resvg/resvg-js, written in Rust) is an optional
// package that does not know custom properties, so this file puts the colours in.

import { renderer } from '#host/resvg';
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
