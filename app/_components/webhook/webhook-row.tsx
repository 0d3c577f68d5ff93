import Link from "next/link";
import { Sparkline } from "@/app/_components/chart/sparkline";
import { ActiveSwitch } from "./active-switch";
import { EventChips } from "./event-chips";
import { HealthCell } from "./health-cell";
import { LastDelivery } from "./last-delivery";
import { SendTestButton } from "./send-test-button";
import { SuccessFigures } from "./success-figures";
import type { Webhook, WebhookSummary } from "./types";
import { WarningLines } from "./warning-lines";
import { WebhookMenu } from "./webhook-menu";

/** One webhook in the list: a row on a wide screen, a card on a narrow one. All of it leads to its page. */
export function WebhookRow({
  webhook,
  summary,
  onDelete,
}: {
  webhook: Webhook;
  summary: WebhookSummary | undefined;
  onDelete: () => void;
}) {
  return (
    <li className="relative grid grid-cols-[1fr_auto_2.75rem] items-center gap-x-2 border-b border-line px-1 py-2 last:border-b-0 focus-within:bg-hover hover:bg-hover sm:grid-cols-[1fr_auto_auto_auto] xl:col-span-full xl:grid-cols-subgrid xl:gap-x-0 xl:px-0 xl:py-0">
      <div className="order-3 px-2.5 py-1.5 xl:order-none xl:py-3">
        <HealthCell webhook={webhook} summary={summary} />
      </div>
      <div className="order-1 col-span-2 min-w-0 px-2.5 py-1 sm:col-span-3 xl:order-none xl:col-span-1 xl:py-3">
        <Link
          href={`/dashboard/webhooks/${webhook.id}`}
          data-row
          translate="no"
          className="mono block truncate font-medium after:absolute after:inset-0"
          title={webhook.webhook_url}
        >
          {webhook.listener ? (
            <span>{webhook.webhook_url}</span>
          ) : (
            <>
              {/* All of them begin so: where room is short, it goes to what tells them apart. */}
              <span className="xl:max-[1400px]:sr-only">https://</span>
              <span>{webhook.webhook_url.replace("https://", "")}</span>
            </>
          )}
        </Link>
        {webhook.description && <p className="truncate text-sm text-muted">{webhook.description}</p>}
        <WarningLines webhook={webhook} />
      </div>
      <div className="order-4 hidden items-start gap-1 px-2.5 sm:flex xl:order-none xl:flex-col">
        <EventChips webhook={webhook} />
      </div>
      <div className="order-5 col-span-2 px-2.5 text-right sm:col-span-1 xl:order-none xl:text-left">
        <LastDelivery webhook={webhook} />
      </div>
      <div className="order-6 hidden px-2.5 sm:block xl:order-none">
        {summary ? <Sparkline hours={summary.buckets} /> : <div className="h-[22px] w-24" />}
      </div>
      <div className="order-7 px-2.5 xl:order-none xl:text-right">
        <SuccessFigures summary={summary} />
      </div>
      <div className="relative z-10 order-2 flex justify-self-end px-2.5 xl:order-none xl:justify-self-auto">
        <ActiveSwitch webhook={webhook} />
      </div>
      <div className="relative z-10 order-8 col-span-2 flex items-center justify-end gap-1 px-2.5 py-1 sm:col-span-3 xl:order-none xl:col-span-1">
        <SendTestButton webhook={webhook} />
        <WebhookMenu webhook={webhook} onDelete={onDelete} />
      </div>
    </li>
  );
}
