import type { FanfareClient, Webhook } from "./fanfare";

/** The webhook of that id, or whose id begins or URL ends so. Throws a sentence when that is none or several. */
export async function findWebhook(
  client: FanfareClient,
  named: string,
  signal: AbortSignal,
): Promise<Webhook> {
  const all = await client.webhooks.list(undefined, { signal });
  const found = all.filter(({ id, webhook_url }) => id.startsWith(named) || webhook_url.endsWith(named));
  const [webhook] = found;
  if (!webhook) throw new Error(`There is no webhook ${named}. See \`fanfare-client webhooks list\`.`);
  if (found.length > 1)
    throw new Error(`${found.length} webhooks are meant by ${named}. Write more of the id.`);
  return webhook;
}
