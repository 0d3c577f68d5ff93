const dayMs = 24 * 60 * 60 * 1000;
const minuteMs = 60_000;

export type Asked = { since: string; until: string; webhookId: string; format: "json" | "csv" };

/** A time as a field of the browser has it: of its own zone, to the minute. */
export function toField(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * minuteMs);
  return local.toISOString().slice(0, 16);
}

/** The days that end now, as both ends of a range. */
export const lastDays = (days: number, now: number) => ({
  since: toField(now - days * dayMs),
  until: toField(now + minuteMs),
});

/** What the API is asked for these fields; null while they are no range. */
export function toRange({ since, until, webhookId }: Omit<Asked, "format">) {
  const [from, to] = [new Date(since).getTime(), new Date(until).getTime()];
  if (Number.isNaN(from) || Number.isNaN(to) || from >= to) return null;
  return {
    since: new Date(from).toISOString(),
    until: new Date(to).toISOString(),
    webhook_id: webhookId || undefined,
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
