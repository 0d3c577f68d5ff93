// Loaded by a process before all else (`node --import`): its machine's clock is so many milliseconds ahead.
const aheadMs = Number(process.env.CHAOS_CLOCK_AHEAD_MS);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + aheadMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + aheadMs;
  }
};
