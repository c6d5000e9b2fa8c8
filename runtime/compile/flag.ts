// The global constant that the loops of compiled code look at. Who raises it is the cell process's affair
// (runtime/cell/interrupt/stop-flag.ts); why it is a constant is said there.

/** 0 but while an interrupt is under way; 1 then, and 2 after a second one. */
export const FLAG = '__cokernel_stop';
