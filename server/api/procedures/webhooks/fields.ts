import { z } from "zod";
import { parseCidr } from "@/server/domain/address";
import { checkTarget, maxUrlLength } from "@/server/domain/target";
import { runtime } from "@/server/runtime";
import { eventType, text } from "../../inputs";

/** The fields of a webhook that people write. */

export const webhookUrl = z
  .string()
  .max(maxUrlLength, { abort: true })
  .superRefine((raw, context) => {
    const target = checkTarget(raw, allowedRanges());
    if ("problem" in target) context.addIssue({ code: "custom", message: target.problem });
  })
  .describe("An https URL that is reachable from the internet");

const allowedRanges = () => runtime().env.deliveryAllowCidrs.flatMap((range) => parseCidr(range) ?? []);

export const events = z
  .array(eventType)
  .transform((types) => [...new Set(types)])
  .describe("The event types that it receives; none when empty");

export const description = text(500).nullable().describe("Words for people");

/** Standard Webhooks: a whsec_ secret carries its key in base64. */
const standardPrefix = "whsec_";
const minKeyBytes = 16;

export const secret = text(256)
  .refine((value) => !value.startsWith(standardPrefix) || holdsKey(value.slice(standardPrefix.length)), {
    message: `After ${standardPrefix} there must be base64 of ${minKeyBytes} or more bytes.`,
  })
  .describe("Signs the requests; write-only");

function holdsKey(base64: string): boolean {
  const bytes = Buffer.from(base64, "base64");
  return bytes.length >= minKeyBytes && bytes.toString("base64") === base64;
}
