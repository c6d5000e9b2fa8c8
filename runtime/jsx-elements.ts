// The elements and attributes that completion offers in JSX: those common in a notebook's HTML and SVG. Types only;
// every other element and attribute is accepted too.

import type { Attributes } from './jsx-markup.ts';

/** What an attribute may be: `true` writes its bare name; `false`, null and undefined leave it out. */
export type AttributeValue = string | number | boolean | null | undefined;

type Global = 'class' | 'className' | 'id' | 'title' | 'lang' | 'dir' | 'hidden' | 'role' | 'tabindex' | 'slot';
type Size = 'width' | 'height';
type Cell = 'colspan' | 'rowspan' | 'headers' | 'scope';
type Media = Size | 'src' | 'controls' | 'autoplay' | 'loop' | 'muted' | 'poster' | 'preload';
type Field = 'name' | 'value' | 'disabled' | 'required' | 'placeholder' | 'autofocus' | 'form';
type Input =
  | Field
  | 'type'
  | 'checked'
  | 'min'
  | 'max'
  | 'step'
  | 'pattern'
  | 'list'
  | 'multiple'
  | 'readonly'
  | 'size';
type Paint = 'fill' | 'stroke' | 'stroke-width' | 'stroke-dasharray' | 'stroke-linecap' | 'opacity' | 'transform';
type Text = Paint | 'x' | 'y' | 'dx' | 'dy' | 'text-anchor' | 'dominant-baseline' | 'font-size' | 'font-family';
type Line = Paint | 'x1' | 'y1' | 'x2' | 'y2' | 'marker-end';

/** An element with these attributes beside those that all have. */
type Element<Names extends string = never> = Attributes & {
  readonly [Name in Global | Names]?: AttributeValue;
};

// biome-ignore format: a list of names
type Plain =
  | 'abbr' | 'article' | 'aside' | 'b' | 'body' | 'br' | 'caption' | 'cite' | 'code' | 'dd' | 'div' | 'dl' | 'dt'
  | 'em' | 'figcaption' | 'figure' | 'footer' | 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6' | 'head' | 'header' | 'hr'
  | 'html' | 'i' | 'kbd' | 'legend' | 'main' | 'mark' | 'nav' | 'p' | 'pre' | 's' | 'samp' | 'section' | 'small'
  | 'span' | 'strong' | 'style' | 'sub' | 'summary' | 'sup' | 'table' | 'tbody' | 'tfoot' | 'thead' | 'tr' | 'u'
  | 'ul' | 'var';

/** The elements by name. */
export interface Elements extends Record<Plain, Element> {
  a: Element<'href' | 'target' | 'rel' | 'download'>;
  audio: Element<Media>;
  blockquote: Element<'cite'>;
  button: Element<Field | 'type'>;
  canvas: Element<Size>;
  col: Element<'span'>;
  colgroup: Element<'span'>;
  details: Element<'open' | 'name'>;
  dialog: Element<'open'>;
  fieldset: Element<'disabled' | 'name'>;
  form: Element<'action' | 'method' | 'target'>;
  iframe: Element<Size | 'src' | 'srcdoc' | 'sandbox' | 'allow' | 'loading'>;
  img: Element<Size | 'src' | 'srcset' | 'sizes' | 'alt' | 'loading'>;
  input: Element<Input>;
  label: Element<'for' | 'htmlFor'>;
  li: Element<'value'>;
  link: Element<'href' | 'rel' | 'type'>;
  meter: Element<'value' | 'min' | 'max' | 'low' | 'high' | 'optimum'>;
  ol: Element<'start' | 'type' | 'reversed'>;
  option: Element<'value' | 'selected' | 'disabled' | 'label'>;
  progress: Element<'value' | 'max'>;
  script: Element<'src' | 'type' | 'async' | 'defer'>;
  select: Element<Field | 'multiple' | 'size'>;
  source: Element<'src' | 'srcset' | 'type' | 'media'>;
  td: Element<Cell>;
  textarea: Element<Field | 'rows' | 'cols' | 'readonly'>;
  th: Element<Cell>;
  time: Element<'datetime'>;
  video: Element<Media>;

  circle: Element<Paint | 'cx' | 'cy' | 'r'>;
  defs: Element;
  ellipse: Element<Paint | 'cx' | 'cy' | 'rx' | 'ry'>;
  g: Element<Paint>;
  line: Element<Line>;
  path: Element<Paint | 'd' | 'marker-end'>;
  polygon: Element<Paint | 'points'>;
  polyline: Element<Paint | 'points'>;
  rect: Element<Paint | Size | 'x' | 'y' | 'rx' | 'ry'>;
  svg: Element<Paint | Size | 'viewBox' | 'xmlns' | 'preserveAspectRatio'>;
  text: Element<Text>;
  tspan: Element<Text>;
  use: Element<Size | 'href' | 'x' | 'y'>;

  /** Any other, custom elements among them. */
  [name: string]: Attributes;
}
