// Files that a person asks for: a page hands them over as a download.

interface Page {
  readonly document?: { createElement(name: 'a'): { href: string; download: string; click(): void } };
}

/** Offers the file as a download, by the last part of its path. @throws Error in a worker, which has no page */
export function saveFile(path: string, content: string | Uint8Array): void {
  const { document } = globalThis as unknown as Page;
  if (document === undefined) {
    throw new Error(
      `'${path}' cannot be written: this program runs in a browser. Show the picture instead of saving it.`,
    );
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content as string]));
  link.download = path.slice(path.lastIndexOf('/') + 1);
  link.click();
  URL.revokeObjectURL(link.href);
}
