"use client";

import { type ReactNode, useRef } from "react";
import { useLiveDeliveries } from "@/app/_components/live/live-provider";
import { soughtValue } from "@/app/_components/search/hit-line";
import { useHighlight } from "@/app/_components/search/use-highlight";
import { Problem } from "@/app/_components/ui/problem";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { AttemptPlan } from "./attempt-plan";
import { AttemptTabs } from "./attempt-tabs";
import { AttemptTimeline } from "./attempt-timeline";
import { DeliveryHeading } from "./delivery-heading";
import { DeliveryViewSkeleton } from "./delivery-view-skeleton";
import { DiagnosisNote } from "./diagnosis-note";
import type { FullDelivery } from "./types";
import { useHeldNow } from "./use-held-now";

/** Everything about one delivery, in the drawer or on its own page. Its state stays true while it is open. */
export function DeliveryView({
  webhookId,
  eventId,
  initial,
  place,
  controls,
}: {
  webhookId: string;
  eventId: string;
  /** The delivery, when the server has read it already. */
  initial?: FullDelivery;
  place: "drawer" | "page";
  controls?: ReactNode;
}) {
  const input = { webhook_id: webhookId, event_id: eventId, details: true };
  const { data, error: failure, refetch } = trpc.deliveries.get.useQuery(input, { initialData: initial });
  const error = shownError(failure, data);
  const withHold = useHeldNow();
  const delivery = data && withHold(data);
  const utils = trpc.useUtils();
  const { get } = useUrlState();
  const contentRef = useRef<HTMLDivElement>(null);
  useHighlight(contentRef, soughtValue(get("q")));
  useLiveDeliveries((changed) => {
    if (changed.id === eventId && changed.webhook_id === webhookId)
      void utils.deliveries.get.invalidate(input);
  });
  return (
    <div className="flex min-h-0 grow flex-col">
      <DeliveryHeading delivery={delivery} place={place} controls={controls} />
      <div
        ref={contentRef}
        className={place === "drawer" ? "min-h-0 grow overflow-y-auto px-4 pb-6 sm:px-5" : "grow"}
      >
        {error ? (
          <Problem message={error.message} onRetry={() => void refetch()} />
        ) : !delivery ? (
          <DeliveryViewSkeleton />
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <AttemptTimeline delivery={delivery} />
            <DiagnosisNote delivery={delivery} />
            {delivery.attempts.length > 0 ? (
              <AttemptTabs delivery={delivery} />
            ) : (
              <AttemptPlan delivery={delivery} />
            )}
          </div>
        )}
      </div>
    </div>
  );
}
