// Contrast as WCAG 2 defines it, of every text to what is behind it and of every shape to the background; and colours
// that colour-blind people can tell apart.

import { expect, test } from '@jest/globals';
import { DARK, LIGHT, type Palette } from '../../runtime/picture/draw/theme.ts';

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((value) =>
    value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const TEXTS: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ...(['bg', 'panel', 'wait', 'ready'] as const).map((under) => ['text', under] as const),
  ...(['bg', 'panel', 'wait'] as const).map((under) => ['muted', under] as const),
  ...(['done', 'failed', 'cancelled'] as const).map((kind) => [kind, 'bg'] as const),
  ['cancelled', 'wait'],
  ['failed', 'panel'],
  ['on-run', 'run'],
];
const SHAPES = ['run', 'wait-edge', 'ready-edge', 'hollow', 'done', 'failed', 'cancelled'] as const;

test.each([
  ['light', LIGHT],
  ['dark', DARK],
])('in the %s theme every text has a contrast of 4.5, and every shape of 3', (_, palette) => {
  const low = TEXTS.filter(([text, under]) => contrast(palette[text], palette[under]) < 4.5);
  expect(low).toEqual([]);
  expect(SHAPES.filter((shape) => contrast(palette[shape], palette.bg) < 3)).toEqual([]);
});

test.each([
  ['light', LIGHT],
  ['dark', DARK],
])('in the %s theme people who cannot see red or green can tell the states apart', (_, palette) => {
  const states = [palette.run, palette.hatch, palette.ready, palette.bg];
  for (const matrix of [PROTAN, DEUTAN]) {
    const seen = states.map((colour) => dimmed(colour, matrix));
    for (const [at, one] of seen.entries()) {
      for (const other of seen.slice(at + 1)) expect(distance(one, other)).toBeGreaterThan(30);
    }
  }
});

test.each([
  ['light', LIGHT],
  ['dark', DARK],
])('in the %s theme they can tell endings, steps, and the workers of a replay apart', (_, palette) => {
  const { run, done, failed, cancelled } = palette;
  const apart = [
    ...[run, done, failed].map((other) => [cancelled, other] as const),
    ...[done, failed, palette['wait-edge'], palette['ready-edge']].map((other) => [run, other] as const),
    [done, failed] as const,
    [palette['ready-edge'], palette['wait-edge']] as const,
    [palette['ready-edge'], palette.hollow] as const,
  ];
  for (const matrix of [PROTAN, DEUTAN]) {
    // A difference of 2.3 is just noticeable.
    const near = apart.filter(([a, b]) => difference(dimmed(a, matrix), dimmed(b, matrix)) < 16);
    expect(near).toEqual([]);
  }
});

/** The distance in CIE L*a*b*, where equal distances look equal. */
function difference(a: readonly number[], b: readonly number[]): number {
  return distance(labOf(a), labOf(b));
}

function labOf(colour: readonly number[]): number[] {
  const [r = 0, g = 0, b = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const [x = 0, y = 0, z = 0] = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ].map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

// Viénot, Brettel and Mollon 1999, in linear RGB.
const PROTAN = [0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1];
const DEUTAN = [0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1];

function dimmed(colour: string, m: readonly number[]): number[] {
  const linear = [1, 3, 5].map((at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return [0, 3, 6].map(
    (row) =>
      255 *
      Math.max(
        0,
        linear.reduce((sum, value, at) => sum + value * (m[row + at] ?? 0), 0),
      ) **
        (1 / 2.2),
  );
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));
}
