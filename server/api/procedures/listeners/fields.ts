import { z } from "zod";
import { listenerLimits, webhookLimits } from "@/domain/limits";
import { text } from "../../inputs";

export const listenerName = z
  .string()
  .max(listenerLimits.name)
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
    "Use letters, digits, dots, hyphens and underscores.",
  )
  .describe("By which the program finds its listener again, such as user-laptop");

export const session = z.uuid().describe("What listeners.open answered: another program's is refused");

/** Only the program that listens sends there, from where it runs. */
export const forwardsTo = text(webhookLimits.url)
  .refine(
    (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
    "Must be a URL that begins with http:// or https://.",
  )
  .describe("Where the program sends what it takes. Nobody else does: it may be on its own machine");
