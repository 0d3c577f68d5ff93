import { z } from "zod";
import type { SecretOwner, Webhook } from "@/db/store";
import { badInput } from "@/domain/errors";
import { webhookLimits } from "@/domain/limits";
import { list } from "@/domain/list";
import { headerProblems } from "@/domain/webhook/header-rules";
import { type KeyRing, seal, secretOwner } from "@/domain/webhook/seal";
import { type GivenHeader, replaceHeaders, type StaticHeader } from "@/domain/webhook/static-headers";

const header = z.strictObject({
  name: z.string().describe("None that Fanfare sets itself, or that belongs to the connection or the body"),
  value: z
    .string()
    .nullable()
    .default(null)
    .describe("ASCII. A secret one that is null or left out keeps the value that it has"),
  is_secret: z
    .boolean()
    .default(false)
    .describe("Its value is write-only: kept encrypted, and never shown again"),
});

export const headers = list(header, webhookLimits.headers)
  .superRefine((given, context) => {
    for (const { index, field, sentence } of headerProblems(given))
      context.addIssue({ code: "custom", path: [index, field], message: sentence });
    for (const [index, { value, is_secret }] of given.entries())
      if (value === null && !is_secret)
        context.addIssue({ code: "custom", path: [index, "value"], message: "Give the header a value." });
  })
  .describe("Sent with every request, beside what Fanfare sets itself; names are alike in any case");

type Written = z.output<typeof headers>;

/** As the store takes them: with values of secret ones sealed. */
export const sealHeaders = (written: Written, ring: KeyRing, owner: SecretOwner): GivenHeader[] =>
  written.map(({ name, value, is_secret: isSecret }) => ({
    name,
    value: value !== null && isSecret ? seal(ring, value, secretOwner(owner)) : value,
    isSecret,
  }));

/** Those of a new webhook, which has no values to keep. */
export function newHeaders(written: Written, ring: KeyRing, owner: SecretOwner): StaticHeader[] {
  const made = replaceHeaders([], sealHeaders(written, ring, owner), true);
  if (made === null) throw lacksValues(written, null);
  return made;
}

const toKeep = {
  none: "Give the header a value: there is none to keep.",
  elsewhere: "Give its value again: what is secret is kept for the same origin only.",
  unnamed:
    "The webhook has secret headers, whose values are kept for the same origin only: give headers too, with these values again or without them.",
};

/**
 * The refusal of secret headers that would be without a value: of a new webhook, or of an edit that names headers, or
 * only another origin.
 */
export function lacksValues(written: Written | undefined, before: Webhook | null) {
  const problem = (path: (string | number)[], message: string) => ({ path, message, code: "custom" });
  if (written === undefined) return badInput([problem(["headers"], toKeep.unnamed)]);
  const known = new Set(
    before?.headers.filter(({ isSecret }) => isSecret).map(({ name }) => name.toLowerCase()),
  );
  const without = [...written.entries()].filter(([, { value }]) => value === null);
  const unknown = without.filter(([, { name }]) => !known.has(name.toLowerCase()));
  const [wrong, message] = unknown.length > 0 ? [unknown, toKeep.none] : [without, toKeep.elsewhere];
  return badInput(wrong.map(([index]) => problem(["headers", index, "value"], message)));
}
