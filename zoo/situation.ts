import type { Place } from "./place";
import type { Software } from "./software";

/** A receiver as somebody set it up, and what is to be said of it. */
export type Situation = {
  /** Of its record too: words with hyphens. */
  name: string;
  /** What is wrong with it, in a few words. */
  about: string;
  /** What has to be installed; the first is the one that answers. */
  software: Software[];
  /** Starts it; answers the URL to deliver to. Whatever it began in its place ends with the place. */
  start(place: Place): Promise<string>;
  /**
   * The code of the cause, or of the hint where it counts as delivered all the same; null where it is delivered and
   * nothing is to be said.
   */
  expected: string | null;
  /** What the webhook signs with; null for none. */
  secret?: string | null;
  /** How often the same event is sent; a test, which is sent once, when absent. */
  attempts?: number;
  /** About how large the event is made; the catalogue's sample when absent. */
  bodyBytes?: number;
};
