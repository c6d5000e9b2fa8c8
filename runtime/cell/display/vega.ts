// Which MIME type a vega or vega-lite specification is shown by. JupyterLab draws vega 5 and vega-lite 3 to 5.

/** The MIME type for a specification's `$schema`; undefined where it names neither language. */
export function vegaType(schema: unknown): string | undefined {
  if (typeof schema !== 'string') return undefined;
  const found = /vega\.github\.io\/schema\/(vega(?:-lite)?)\/v(\d+)/.exec(schema);
  if (!found) return undefined;
  const [, language, version] = found;
  // What is newer than the front ends know is sent as the newest that they draw: they warn, and draw it.
  if (language === 'vega') return 'application/vnd.vega.v5+json';
  return `application/vnd.vegalite.v${Math.min(Math.max(Number(version), 3), 5)}+json`;
}
