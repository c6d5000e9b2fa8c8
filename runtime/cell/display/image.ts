// image: a picture from bytes, a file or a URL. How the type is recognised is in image-type.ts.

import { Buffer } from '#host/bytes';
import { types } from '#host/inspection';
import { basename, currentFolder, dirname, fileURLToPath, resolve } from '#host/paths';
import { namesIn, readBytes } from '#host/read-file';
import { escapeHtml } from '../../escape.ts';
import { base64, briefText, Displayable } from './bundle.ts';
import { imageType } from './image-type.ts';

/** How an image is shown. */
export interface ImageOptions {
  /** CSS pixels. */
  readonly width?: number;
  /** CSS pixels. */
  readonly height?: number;
  /** Text for people who cannot see the image. */
  readonly alt?: string;
}

/**
 * An image as a displayable value.
 *
 * @param source bytes of a PNG, JPEG, GIF or WebP; the path of such a file or of an SVG; or a URL
 * @throws if the file is missing or is not an image
 */
export function image(source: string | URL | Uint8Array | ArrayBuffer, options: ImageOptions = {}): Displayable {
  if (types.isUint8Array(source)) return fromBytes(source, 'the bytes', options);
  if (types.isAnyArrayBuffer(source)) return fromBytes(new Uint8Array(source), 'the bytes', options);
  if (typeof source !== 'string' && !(source instanceof URL)) {
    throw new TypeError(`image: bytes, a path or a URL was expected, got ${briefText(source)}.`);
  }
  const address = String(source);
  if (/^https?:/i.test(address)) return fromAddress(address, options);
  const data = /^data:[^,]*?(;base64)?,(.*)$/s.exec(address);
  if (data) {
    const bytes = data[1] ? Buffer.from(data[2] ?? '', 'base64') : Buffer.from(decodeURIComponent(data[2] ?? ''));
    return fromBytes(bytes, 'the data URL', options);
  }
  return fromFile(/^file:/i.test(address) ? fileURLToPath(address) : address, options);
}

function fromFile(path: string, options: ImageOptions): Displayable {
  let bytes: Uint8Array;
  try {
    bytes = readBytes(path);
  } catch (error) {
    throw new Error(unreadable(path, error as NodeJS.ErrnoException), { cause: error });
  }
  return fromBytes(bytes, path, options);
}

function unreadable(path: string, error: NodeJS.ErrnoException): string {
  const whole = resolve(path);
  const expected = `image: the path of an image file was expected, but ${whole} cannot be read (${error.code})`;
  if (error.code !== 'ENOENT') return `${expected}.`;
  const similar = imagesBeside(whole);
  const there = similar.length > 0 ? ` Images there: ${similar.join(', ')}.` : '';
  return `${expected}.${there} Paths start from ${currentFolder()}.`;
}

function imagesBeside(path: string): string[] {
  try {
    return namesIn(dirname(path))
      .filter((name) => /\.(png|jpe?g|gif|webp|svg)$/i.test(name) && name !== basename(path))
      .slice(0, 5);
  } catch {
    return [];
  }
}

function fromBytes(bytes: Uint8Array, origin: string, options: ImageOptions): Displayable {
  const type = imageType(bytes) ?? (isSvg(bytes) ? 'image/svg+xml' : undefined);
  if (type === undefined) {
    throw new TypeError(
      `image: a PNG, JPEG, GIF, WebP or SVG was expected, but ${origin} (${bytes.byteLength} bytes) ` +
        `start${origin.startsWith('the bytes') ? '' : 's'} with ${briefText(Buffer.from(bytes.subarray(0, 8)))}. Other formats can be shown in an <img> of html().`,
    );
  }
  const content = type === 'image/svg+xml' ? Buffer.from(bytes).toString('utf8') : base64(bytes);
  const plain = options.alt ?? `<${type}, ${bytes.byteLength} bytes>`;
  const { width, height, alt } = options;
  const size = Object.fromEntries(Object.entries({ width, height, alt }).filter(([, value]) => value !== undefined));
  return new Displayable({ [type]: content, 'text/plain': plain }, { [type]: size });
}

function isSvg(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 2_000)).toString('utf8');
  return /^\uFEFF?\s*(<\?xml[\s\S]*?\?>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[\s\S]*?>\s*)?<svg[\s>]/i.test(head);
}

// The browser fetches it: the notebook then contains the URL, not the picture.
function fromAddress(address: string, { width, height, alt }: ImageOptions): Displayable {
  const attributes = Object.entries({ src: address, alt: alt ?? '', width, height })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`);
  return new Displayable({ 'text/html': `<img${attributes.join('')}>`, 'text/plain': alt ?? address });
}
