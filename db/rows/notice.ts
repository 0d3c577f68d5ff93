import { type NoticeKind, noticeKinds } from "@/domain/notice/kinds";
import type { Mailing } from "@/domain/notice/mail-due";
import type { Notice } from "@/domain/notice/notice";
import type { Digest, DigestWebhook, NoticeChoice } from "../store";

/** A choice's row, in whichever database. */
export type ChoiceRow = Mailing & {
  userId: string;
  kinds: NoticeKind[];
  address: string | null;
  toldUpTo: number;
  lease: number;
};

/** What is read of a notice and its webhook for a mail. */
export type ToldRow = {
  kind: NoticeKind;
  data: Notice["data"];
  at: number;
  passed: number | null;
  id: string;
  url: string;
  description: string | null;
};

/** In one order, each once. */
export const inOrder = (kinds: readonly NoticeKind[]) => noticeKinds.filter((kind) => kinds.includes(kind));

export const toChoice = (userId: string, row: ChoiceRow | undefined): NoticeChoice => ({
  userId,
  kinds: row?.kinds ?? [],
  address: row?.address ?? null,
});

/** The data of an event that tells a notice. */
export const noticeData = (webhook: { id: string; url: string }, data: Notice["data"]) => ({
  webhook_id: webhook.id,
  webhook_url: webhook.url,
  ...data,
});

/** Who is told of any of these by mail. */
export const isToMail = ({ address, kinds }: ChoiceRow, notices: { kind: NoticeKind }[]) =>
  address !== null && notices.some(({ kind }) => kinds.includes(kind));

/** The number of the next notices that are passed on: above all that are kept, and all that anybody was told. */
export const nextPass = (newest: number | null, choices: ChoiceRow[]) =>
  Math.max(newest ?? 0, ...choices.map(({ toldUpTo }) => toldUpTo)) + 1;

/** The mail to a member who is told of these; null when nothing of it is left to tell. */
export function toDigest(choice: ChoiceRow, customerName: string, rows: ToldRow[]): Digest | null {
  const { userId, address, lease } = choice;
  const upTo = rows.at(-1)?.passed ?? null;
  if (address === null || upTo === null) return null;
  return { userId, address, customerName, webhooks: byWebhook(rows), upTo, lease };
}

function byWebhook(rows: ToldRow[]): DigestWebhook[] {
  const webhooks = new Map<string, DigestWebhook>();
  for (const { kind, data, at, id, url, description } of rows) {
    const webhook = webhooks.get(id) ?? { id, url, description, notices: [] };
    webhook.notices.push({ kind, data, at } as DigestWebhook["notices"][number]);
    webhooks.set(id, webhook);
  }
  return [...webhooks.values()];
}
