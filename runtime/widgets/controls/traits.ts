// How the names and values of a control become those of its model in the page: camel case becomes snake case, a date
// becomes its parts, and an option its place among the options.

import { valueText } from '../model/value-text.ts';
import { type Translation, Widget } from '../model/widget.ts';
import type { Model } from '../model/widget-model.ts';
import type { UploadedFile } from './control-states.ts';
import type { Description } from './descriptions.ts';

/** How one value is sent, and what a received one means. */
interface Codec {
  readonly trait: string;
  /** Another of the model's names on which the value depends. */
  readonly within?: string;
  encode(value: unknown): unknown;
  decode(raw: unknown): unknown;
}

/** The translation of one control, which may have to be told of what the page does not know: the options. */
export interface Traits extends Translation {
  write(name: string, value: unknown): readonly [trait: string, value: unknown];
}

/** Names that are not only the same word in another case. */
const NAMES: Readonly<Record<string, string>> = {
  label: 'description',
  labelHtml: 'description_allow_html',
  labelWidth: 'description_width',
  suggestions: 'options',
};

/** Makes the translation for one control. */
export function createTraits(description: Description): Traits {
  const { kind, state } = description;
  const codecs =
    'options' in state
      ? choice(kind, Array.isArray(state.value))
      : 'children' in state
        ? { children: childrenOf(kind) }
        : (CODECS[kind] ?? {});
  const codecOf = (name: string): Codec => {
    if (!Object.hasOwn(state, name)) throw unknownName(kind, name, Object.keys(state));
    return Object.hasOwn(codecs, name) ? (codecs[name] as Codec) : plain(name);
  };
  const read = (model: Pick<Model, 'get'>, name: string) => {
    const { trait, decode } = codecOf(name);
    return decode(model.get(trait));
  };
  return {
    kind,
    traitsOf(name) {
      const { trait, within } = codecOf(name);
      return within === undefined ? [trait] : [trait, within];
    },
    read,
    write(name, value) {
      const { trait, encode } = codecOf(name);
      return [trait, encode(value)];
    },
    text: (model) => textOf(description, (name) => read(model, name)),
  };
}

/** The error for a name that a widget does not have. */
export function unknownName(kind: string, name: string, names: readonly string[]): TypeError {
  return new TypeError(`${kind}: there is no '${name}'. Its names are ${names.join(', ')}.`);
}

function plain(name: string): Codec {
  const same = (value: unknown) => value;
  return {
    trait: NAMES[name] ?? name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
    encode: same,
    decode: same,
  };
}

/** The page knows the texts of the options and the places of the chosen ones; the options themselves stay here. */
function choice(kind: string, several: boolean): Readonly<Record<string, Codec>> {
  let options: readonly unknown[] = [];
  const place = (option: unknown): number => {
    // As `includes` compares, for which NaN is the same as NaN.
    const at = options.findIndex((one) => one === option || Object.is(one, option));
    if (at >= 0) return at;
    throw new RangeError(`${kind}: ${valueText(option)} is none of the options ${valueText(options)}.`);
  };
  const one: Pick<Codec, 'encode' | 'decode'> = {
    encode: (option) => (option === undefined || option === null ? null : place(option)),
    decode: (at) => (typeof at === 'number' ? options[at] : undefined),
  };
  const many: typeof one = {
    encode: (chosen) => listOf(kind, chosen).map(place),
    decode: (places) => (Array.isArray(places) ? places.map((at: number) => options[at]) : []),
  };
  return {
    options: {
      trait: '_options_labels',
      encode(given) {
        options = [...listOf(kind, given)];
        return options.map(String);
      },
      decode: () => options,
    },
    value: { trait: 'index', within: '_options_labels', ...(several ? many : one) },
  };
}

/** A page shows nothing at all of a box with anything else in it. */
function childrenOf(kind: string): Codec {
  return {
    ...plain('children'),
    encode(children) {
      const wrong = listOf(kind, children).findIndex((child) => !(child instanceof Widget));
      if (wrong < 0) return children;
      const found = valueText((children as readonly unknown[])[wrong]);
      throw new TypeError(`${kind}: a widget was expected as child ${wrong + 1}, got ${found}.`);
    },
  };
}

function listOf(kind: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`${kind}: a list was expected, got ${valueText(value)}.`);
}

/** The page counts months from 0. */
const day = (name: string): Codec => ({
  trait: name,
  encode(date) {
    if (date === null) return null;
    if (date instanceof Date && !Number.isNaN(date.getTime())) {
      return { year: date.getFullYear(), month: date.getMonth(), date: date.getDate() };
    }
    throw new TypeError(`date: a Date or null was expected, got ${valueText(date)}.`);
  },
  decode(raw) {
    if (typeof raw !== 'object' || raw === null) return null;
    const { year, month, date } = raw as Readonly<Record<string, number>>;
    const made = new Date(0);
    made.setHours(0, 0, 0, 0);
    made.setFullYear(year ?? 1970, month ?? 0, date ?? 1);
    return Number.isNaN(made.getTime()) ? null : made;
  },
});

const CODECS: Readonly<Record<string, Readonly<Record<string, Codec>>>> = {
  date: { value: day('value'), min: day('min'), max: day('max') },
  fileUpload: {
    value: {
      trait: 'value',
      encode(files) {
        if (Array.isArray(files) && files.length === 0) return [];
        throw new TypeError('fileUpload: files come from the page; here the value can only be set to [].');
      },
      decode: (files) => (Array.isArray(files) ? files.map(fileOf) : []),
    },
  },
};

function fileOf(raw: Readonly<Record<string, unknown>>): UploadedFile {
  const content = raw.content instanceof Uint8Array ? raw.content : new Uint8Array();
  return {
    name: String(raw.name),
    type: String(raw.type),
    size: Number(raw.size),
    lastModified: new Date(Number(raw.last_modified)),
    content,
    text: () => new TextDecoder().decode(content),
  };
}

/** `slider n = 3`; of a box, what is in it. */
function textOf({ kind, state }: Description, read: (name: string) => unknown): string {
  if ('children' in state) {
    const titles = 'titles' in state ? (read('titles') as readonly string[]) : [];
    const lines = (read('children') as readonly unknown[]).map((child, at) => titled(titles[at], String(child)));
    return lines.length === 0 ? `${kind} (empty)` : lines.join('\n');
  }
  if ('outputs' in state) return outputsText(read('outputs') as readonly Shown[]);
  const label = 'label' in state ? String(read('label')) : '';
  const value = 'value' in state ? [`= ${contentOf(read('value'))}`] : [];
  return [kind, ...(label === '' ? [] : [label]), ...value].join(' ');
}

interface Shown {
  readonly data: Readonly<Record<string, unknown>>;
}

function outputsText(outputs: readonly Shown[]): string {
  return outputs.map(({ data }) => String(data['text/plain'] ?? '')).join('\n');
}

function titled(title: string | undefined, text: string): string {
  return title === undefined ? text : `${title}:\n${text.replaceAll(/^/gm, '  ')}`;
}

function contentOf(value: unknown): string {
  if (value instanceof Widget) return String(value);
  if (!Array.isArray(value)) return valueText(value);
  return valueText(value.map((item) => (isFile(item) ? `${item.name}, ${item.size} bytes` : item)));
}

function isFile(value: unknown): value is UploadedFile {
  return typeof value === 'object' && value !== null && 'lastModified' in value;
}
