/** What customers can be told of their own webhooks. */
export const noticeKinds = [
  "failing",
  "recovered",
  "disabling_soon",
  "disabled",
  "certificate_expiring",
  "client_certificate_expiring",
  "slow",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The type of the event that tells a notice. */
export const noticeType = (kind: NoticeKind) => `webhook.${kind}` as const;

/** In a webhook's list of events: all that is told of the customer's other webhooks, of kinds to come too. */
export const everyNotice = "webhook.*";

const noticeTypes = new Set<string>(noticeKinds.map(noticeType));

export const isNoticeType = (type: string) => noticeTypes.has(type);
