// The client capabilities that the language server is given, and the settings it asks for. Constants only.

const formats = ['markdown', 'plaintext'];

/** The part of `initialize` that does not change. */
export const capabilities = {
  capabilities: {
    general: { positionEncodings: ['utf-16'] },
    workspace: { configuration: true },
    textDocument: {
      completion: {
        completionItem: {
          snippetSupport: false,
          documentationFormat: formats,
          resolveSupport: { properties: ['detail'] },
        },
        completionList: { itemDefaults: ['editRange'] },
      },
      hover: { contentFormat: ['markdown'] },
      signatureHelp: {
        signatureInformation: {
          documentationFormat: ['markdown'],
          parameterInformation: { labelOffsetSupport: true },
          activeParameterSupport: true,
        },
      },
      definition: { linkSupport: true },
      diagnostic: {},
    },
  },
  // Diagnostics are requested when they are wanted; pushed ones would be computed after each keystroke.
  initializationOptions: { disablePushDiagnostics: true },
};

const settings: Readonly<Record<string, unknown>> = {
  'js/ts': {
    // Names from modules that no cell imports would need an import inserted, which a Jupyter completion cannot do. And
    // no types are downloaded without the person's knowledge.
    suggest: { autoImports: false, includeCompletionsForImportStatements: false },
    tsserver: { automaticTypeAcquisition: { enabled: false } },
    disableAutomaticTypeAcquisition: true,
  },
};

/** Answers `workspace/configuration`: one value for each section in the request. */
export function configuration(params: { readonly items: readonly { readonly section?: string }[] }): unknown[] {
  return params.items.map((item) => settings[item.section ?? ''] ?? {});
}
