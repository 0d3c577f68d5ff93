import type { Held } from "@/domain/delivery/held";

/** Why a delivery waits, in a few words and in a sentence that says when it goes: the same wherever it is shown. */
export const heldWords: Record<Held, { short: string; sentence: string }> = {
  inactive: {
    short: "held: the webhook is off",
    sentence: "It is held because the webhook is switched off, and goes out once it is on again.",
  },
  paused: {
    short: "held: the webhook is paused",
    sentence: "It is held because the webhook is paused, and goes out once it is resumed.",
  },
  listener: {
    short: "waits for its listener",
    sentence:
      "It waits for the program that listens, which is away. Nothing is lost: it is taken once that program is back.",
  },
  platform: {
    short: "held: the platform paused delivery",
    sentence:
      "It is held because the platform has paused all delivery. Nothing is lost: it goes out once the platform resumes.",
  },
  breaker: {
    short: "held behind probe",
    sentence:
      "It is held behind a probe: the endpoint failed too often. It goes out once the endpoint answers; sent again by hand, it is the next probe.",
  },
  set_aside: {
    short: "set aside: its content was refused",
    sentence:
      "It is set aside: the endpoint refused its content. It is tried again by its own schedule, and others go before it.",
  },
  rate_limit: {
    short: "held by your limit",
    sentence:
      "It is held by your limit: as many as the webhook's settings let begin in a second have begun. It goes out in its turn.",
  },
  limit: {
    short: "waits for a place",
    sentence:
      "It waits for a place: as many requests as may be under way at a time are. It goes out once one of them ends.",
  },
};
