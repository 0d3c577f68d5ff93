import { spanOf, type TimeRange } from "@/app/_components/time/time-range";

/** `range` is null for all that is kept, `webhookId` "" for all webhooks. */
export type Asked = { range: TimeRange | null; webhookId: string; format: "json" | "csv" };

/** What the API is asked for: `until` is the first moment that is not meant, and now when absent. */
export function toRange({ range, webhookId }: Omit<Asked, "format">, now: number, zone: string) {
  const iso = (at: number) => new Date(at).toISOString();
  const { since, until } = range ? spanOf(range, now, zone) : { since: 0, until: null };
  return {
    since: iso(since),
    ...(until !== null && { until: iso(until) }),
    ...(webhookId && { webhook_id: webhookId }),
  };
}

/** What a row takes, about. */
const rowBytes = { json: 440, csv: 280 };

/** How large a file of so many rows is, about. */
export function sizeWords(rows: number, format: Asked["format"]): string {
  const bytes = rows * rowBytes[format];
  if (bytes < 1_000) return "less than 1 kB";
  if (bytes < 1_000_000) return `about ${Math.round(bytes / 1_000)} kB`;
  return `about ${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
