"use client";

import { trpc } from "@/app/_trpc/client";
import { parseUrl } from "@/domain/network/parse-url";

/** The URL of a webhook on one line, whose host gives way first: paths tell the webhooks of one host apart. */
export function EndpointName({ webhookId }: { webhookId: string }) {
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const url = webhooks?.find(({ id }) => id === webhookId)?.webhook_url;
  const host = url && parseUrl(url)?.host;
  if (!host) return <span>{url ?? "deleted webhook"}</span>;
  const path = url.slice(url.indexOf(host) + host.length);
  return (
    <span title={url} translate="no" className="mono inline-flex max-w-full min-w-0 align-bottom">
      <span className="min-w-6 truncate">{host}</span>
      <span className="max-w-[75%] shrink-0 truncate">{path}</span>
    </span>
  );
}
