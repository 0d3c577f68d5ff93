/** Attempts of a webhook in a time, as a chart counts them: of one outcome, answer or event type, or all of them. */
type Attempts = {
  webhookId: string;
  /** ISO 8601; `to` is the first moment that is not meant any more. */
  from: string;
  to: string;
  outcome?: "delivered" | "failed";
  /** An HTTP status, or an error code where no answer came. */
  answer?: string;
  type?: string;
};

/** The address of the list of deliveries that these attempts were made for. */
export function behindAttempts({ webhookId, from, to, outcome, answer, type }: Attempts): string {
  const query = new URLSearchParams({ from, to, by: "attempt" });
  if (outcome) query.set("outcome", outcome);
  if (answer) query.set("answer", answer);
  if (type) query.set("type", type);
  return `/dashboard/webhooks/${webhookId}?${query}`;
}
