import { z } from "zod";
import type { AuditEntry, Mark } from "@/db/store";
import type { AuditAction } from "@/domain/audit/action";
import { isoTime, timeView } from "./time";

/** Changes of a webhook that are seen in charts, by their names in the audit log. */
const kinds = {
  "webhook.updated": "edited",
  "webhook.secret_rotated": "rotated",
  "webhook.switched_on": "switched_on",
  "webhook.switched_off": "switched_off",
  "webhook.paused": "paused",
  "webhook.resumed": "resumed",
} as const satisfies Partial<Record<AuditAction, string>>;

type MarkedAction = keyof typeof kinds;
export const markedActions = Object.keys(kinds) as MarkedAction[];

const markKinds = ["posted", ...Object.values(kinds)] as const;

export const markView = z
  .object({
    id: z.uuid(),
    kind: z.enum(markKinds).describe("posted: by the customer; else a change of a webhook's settings"),
    name: z.string().describe("What happened, in words"),
    url: z.string().nullable().describe("Where more of it can be read"),
    webhook_id: z.uuid().nullable().describe("Null when it is of all webhooks"),
    at: timeView,
    by: z.string().nullable().describe("Who changed it, by their name of then; null when posted"),
  })
  .meta({ id: "Mark" });

export type MarkView = z.infer<typeof markView>;

export const toMarkView = ({ id, webhookId, name, url, at }: Mark): MarkView => ({
  id,
  kind: "posted",
  name,
  url,
  webhook_id: webhookId,
  at: isoTime(at),
  by: null,
});

/** A change of the audit log as a mark; null for one that charts do not show. */
export function toChangeMark({ id, action, subject, changes, at, by }: AuditEntry): MarkView | null {
  if (!isMarked(action)) return null;
  const fields = changes.map(({ field }) => fieldWords[field] ?? field);
  const words = { ...changeWords, "webhook.updated": `Changed: ${fields.join(", ")}` };
  const who = by.kind === "system" ? "Fanfare" : (by.name ?? by.kind);
  return {
    id,
    kind: kinds[action],
    name: words[action],
    url: null,
    webhook_id: subject.id,
    at: isoTime(at),
    by: who,
  };
}

const isMarked = (action: AuditAction): action is MarkedAction => Object.hasOwn(kinds, action);

const changeWords = {
  "webhook.secret_rotated": "Secret rotated",
  "webhook.switched_on": "Switched on",
  "webhook.switched_off": "Switched off",
  "webhook.paused": "Paused",
  "webhook.resumed": "Resumed",
};

const fieldWords: Record<string, string> = { webhook_url: "URL" };
