"use client";

import { ChevronLeft, ChevronRight, Maximize2, X } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { Button } from "@/app/_components/ui/button";
import { loadAhead } from "@/app/_components/ui/load-ahead";
import { Sheet } from "@/app/_components/ui/sheet";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { DeliveryViewSkeleton } from "./delivery-view-skeleton";
import type { Delivery } from "./types";

const load = () => import("./delivery-view").then((m) => m.DeliveryView);
loadAhead(load);
const DeliveryView = dynamic(() => orReload(load()), {
  ssr: false,
  loading: () => (
    <div className="p-5">
      <DeliveryViewSkeleton />
    </div>
  ),
});

/** The delivery that the URL names, beside the list; ← and → go to its neighbours there. */
export function DeliveryDrawer({ deliveries }: { deliveries: Delivery[] }) {
  const { get, replace } = useUrlState();
  const eventId = get("delivery");
  const webhookId = get("of");
  const isOpen = eventId !== "" && webhookId !== "";
  const index = deliveries.findIndex(({ id, webhook_id }) => id === eventId && webhook_id === webhookId);
  const previous = index > 0 ? deliveries[index - 1] : undefined;
  const next = index >= 0 ? deliveries[index + 1] : undefined;
  const close = () => replace({ delivery: null, of: null, attempt: null });
  const go = (delivery: Delivery | undefined) =>
    delivery && replace({ delivery: delivery.id, of: delivery.webhook_id });
  useShortcut({ key: "ArrowLeft", run: () => go(previous), scope: "dialog", isOn: isOpen });
  useShortcut({ key: "ArrowRight", run: () => go(next), scope: "dialog", isOn: isOpen });
  return (
    <Sheet open={isOpen} onOpenChange={(open) => !open && close()} title="Delivery">
      {isOpen && (
        <DeliveryView
          key={`${webhookId}/${eventId}`}
          webhookId={webhookId}
          eventId={eventId}
          place="drawer"
          controls={
            <>
              <Button
                look="quiet"
                size="icon"
                aria-label="Previous delivery"
                disabled={!previous}
                onClick={() => go(previous)}
              >
                <ChevronLeft aria-hidden className="size-4" />
              </Button>
              <Button
                look="quiet"
                size="icon"
                aria-label="Next delivery"
                disabled={!next}
                onClick={() => go(next)}
              >
                <ChevronRight aria-hidden className="size-4" />
              </Button>
              <Button look="quiet" size="icon" asChild>
                <Link
                  href={`/dashboard/webhooks/${webhookId}/deliveries/${eventId}`}
                  aria-label="Open as a page"
                >
                  <Maximize2 aria-hidden className="size-3.5" />
                </Link>
              </Button>
              <Button look="quiet" size="icon" aria-label="Close" onClick={close}>
                <X aria-hidden className="size-4" />
              </Button>
            </>
          }
        />
      )}
    </Sheet>
  );
}
