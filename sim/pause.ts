/** Stands in for `node:timers/promises`, which holds on to the real timers. */
export const setTimeout = (ms: number) => new Promise<void>((done) => globalThis.setTimeout(done, ms));
export const setImmediate = () => setTimeout(0);
