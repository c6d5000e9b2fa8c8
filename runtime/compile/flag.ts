// The global constant that interrupt checks in compiled code read. runtime/cell/interrupt/stop-flag.ts sets it, and
// explains why it is a constant.

/** 0; 1 while an interrupt is raised; 2 where `finally` is to stop too. */
export const FLAG = '__cokernel_stop';
