// placeholder until written
import type { Notebook } from '../notebook/notebook.ts';
export function pageOf(_: Notebook, name: string): string {
  return name;
}
