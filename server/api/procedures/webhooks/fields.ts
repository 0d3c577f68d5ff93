import { z } from "zod";
import { eventTypeNames, receivedTypeNames } from "@/domain/event/catalogue";
import { anyType } from "@/domain/filter/condition";
import { webhookLimits } from "@/domain/limits";
import { list } from "@/domain/list";
import { parseCidr } from "@/domain/network/address";
import { everyNotice, isNoticeType } from "@/domain/notice/kinds";
import { pasteProblem } from "@/domain/webhook/pasted-secret";
import { keyProblem } from "@/domain/webhook/secret-key";
import { checkTarget } from "@/domain/webhook/target";
import { runtime } from "@/server/process/runtime";
import { text } from "../../inputs";

/** The fields of a webhook that people write. */

export const webhookUrl = z
  .string()
  .max(webhookLimits.url, { abort: true })
  .superRefine((raw, context) => {
    const target = checkTarget(raw, allowedRanges());
    if ("problem" in target) context.addIssue({ code: "custom", message: target.problem });
  })
  .describe("An https URL that is reachable from the internet");

const allowedRanges = () => runtime().env.deliveryAllowCidrs.flatMap((range) => parseCidr(range) ?? []);

const notAType = `Must be ${eventTypeNames.join(", ")}, ${anyType} or ${everyNotice}.`;

export const events = list(
  z.enum([anyType, everyNotice, ...receivedTypeNames], { error: notAType }),
  webhookLimits.events,
)
  .transform(withoutNamed)
  .describe(
    "The event types that it receives: types of the catalogue, * for all that the platform publishes and webhook.* for all that is told of the customer's other webhooks, future ones too; none when empty",
  );

/** Each once, and none that another one stands for. */
function withoutNamed(types: string[]): string[] {
  const isCovered = (type: string) =>
    isNoticeType(type)
      ? types.includes(everyNotice)
      : types.includes(anyType) && eventTypeNames.includes(type);
  return [...new Set(types)].filter((type) => !isCovered(type));
}

export const description = text(webhookLimits.description).nullable().describe("Words for people");

export const timeoutSeconds = z
  .int()
  .min(webhookLimits.shortestTimeoutSeconds)
  .superRefine((seconds, context) => {
    const most = runtime().env.deliveryTimeoutMs / 1_000;
    if (seconds > most)
      context.addIssue({
        code: "custom",
        message: `Must be at most ${most}, as long as any attempt may take here.`,
      });
  })
  .nullable()
  .describe("How long an attempt may take, at most DELIVERY_TIMEOUT; null for as long as that");

export const toTimeoutMs = (seconds: number | null) => seconds && seconds * 1_000;

export const rateLimit = z
  .number()
  .min(webhookLimits.slowestRate)
  .max(webhookLimits.fastestRate)
  .nullable()
  .describe(
    "Deliveries that may begin in a second, those of the last second saved up; null for as many as go. Tests and probes of a failing endpoint do not wait for it",
  );

export const secret = text(webhookLimits.secret)
  .superRefine((given, context) => {
    const problem = pasteProblem(given)?.sentence ?? keyProblem(given);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .describe(
    "Signs the requests; write-only. Any text, taken as its UTF-8 bytes, or whsec_ and base64. Libraries of Standard Webhooks decode what they are given from base64: for one of these, take a whsec_ secret, or give it whsec_ and the base64 of the text's bytes",
  );
