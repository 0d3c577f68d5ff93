import Link from "next/link";
import { useHeldNow } from "@/app/_components/delivery/use-held-now";
import { heldWords } from "@/app/_components/status/held-words";
import { TracedDelivery } from "@/app/_components/status/traced-delivery";
import { type Outputs, trpc } from "@/app/_trpc/client";

type Trace = Outputs["events"]["get"]["webhooks"][number];

const reasons: Record<NonNullable<Trace["reason"]>, string> = {
  inactive: "Not delivered: the webhook was switched off when the event came. Recover can send it as missed.",
  not_subscribed: "Not delivered: the webhook does not receive this type.",
  about_itself: "Not delivered: no webhook is told of itself.",
  filtered: "Not sent: its content is not what the webhook asks for.",
  created_later: "Not delivered: the webhook did not exist yet. Recover can send it as missed.",
  pruned: "It had a delivery, which ended longer ago than deliveries are kept.",
};

/** One webhook and what it got of the event. */
export function TraceLine({
  trace,
  isUrlShared,
}: {
  trace: Trace;
  /** Another webhook of the event has the same URL: the id tells them apart. */
  isUrlShared: boolean;
}) {
  const { webhook_id, webhook_url, reason, why } = trace;
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const description = webhooks?.find(({ id }) => id === webhook_id)?.description;
  const withHold = useHeldNow();
  const delivery = trace.delivery && withHold(trace.delivery);
  return (
    <li className="relative flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2.5 last:border-b-0 hover:bg-hover">
      <div className="min-w-0 grow basis-60">
        {delivery ? (
          <Link
            href={`/dashboard/webhooks/${webhook_id}/deliveries/${delivery.id}`}
            translate="no"
            className="mono wrap-anywhere -outline-offset-2 after:absolute after:inset-0"
          >
            {webhook_url}
          </Link>
        ) : (
          <span translate="no" className="mono wrap-anywhere">
            {webhook_url}
          </span>
        )}
        {description && <p className="text-muted wrap-anywhere">{description}</p>}
        {isUrlShared && (
          <p translate="no" className="mono text-xs text-faint wrap-anywhere">
            {webhook_id}
          </p>
        )}
        {reason && (
          <p className="text-sm text-muted wrap-anywhere">{why ? `Not sent: ${why}.` : reasons[reason]}</p>
        )}
        {delivery?.held && <p className="text-sm text-muted">{heldWords[delivery.held].sentence}</p>}
      </div>
      {delivery && <TracedDelivery delivery={delivery} />}
    </li>
  );
}
