// The MIME type for a vega or vega-lite specification. JupyterLab draws vega 5 and vega-lite 3 to 5.

/** The MIME type for a specification's `$schema`; undefined if it names neither language. */
export function vegaType(schema: unknown): string | undefined {
  if (typeof schema !== 'string') return undefined;
  const found = /vega\.github\.io\/schema\/(vega(?:-lite)?)\/v(\d+)/.exec(schema);
  if (!found) return undefined;
  const [, language, version] = found;
  // Versions newer than front ends know are sent as the newest they can draw: they warn and draw it.
  if (language === 'vega') return 'application/vnd.vega.v5+json';
  return `application/vnd.vegalite.v${Math.min(Math.max(Number(version), 3), 5)}+json`;
}
