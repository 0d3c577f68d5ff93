import type { Look } from "./look";

/**
 * How well a cause explains what was seen. `certain`: nothing else that we know of looks like this. `likely`: it is
 * what usually looks like this. `possible`: it looks like this too, and is worth a thought after the likely ones.
 */
export type Fit = "certain" | "likely" | "possible";

/** Words that may depend on what was seen. */
export type Words = string | ((look: Look) => string);

/** One way in which deliveries fail: an entry of the table. */
export type Cause = {
  /** Stable: part of the API. */
  code: string;
  /** False where it does not explain what was seen. */
  fits: (look: Look) => Fit | false;
  /** What it is, in one sentence to the engineer who owns the endpoint. */
  meaning: Words;
  /** The one thing to do. */
  nextStep: Words;
  /** How to tell it from others that look the same; needed where it is ever less than certain. */
  tellApart?: string;
  /** Where it was seen, or is documented: software, version and what came back. */
  seen: string[];
  /** A URL that would work instead, to be tried before it is taken. */
  suggestedUrl?: (look: Look) => string | null;
  /** It is about the signature: the helper shows what is wrong with it. */
  isAboutSignature?: boolean;
};
