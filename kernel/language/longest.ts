// How long a text may be for the language service to read it.

/** In UTF-16 units. Of longer cells nothing is known: nobody edits a megabyte of code by hand. */
export const LONGEST_UNITS = 500_000;
