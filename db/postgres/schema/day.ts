export const dayMs = 86_400_000;

/** The day of a moment, in UTC and counted from 1970. What an event brings is kept with others of its day. */
export const dayOf = (at: number) => Math.floor(at / dayMs);
