"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { useDeliveryPause } from "./use-delivery-pause";

/** Holds all delivery, after saying what that does. */
export function PauseAll({ webhooks }: { webhooks: number }) {
  const [isAsking, setIsAsking] = useState(false);
  const { pause, pausing } = useDeliveryPause();
  if (pause) return null;
  const confirm = () => pausing.mutate(undefined, { onSettled: () => setIsAsking(false) });
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>Pause all delivery…</Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Pause all delivery?"
        action="Pause all delivery"
        busy={pausing.isPending}
        onConfirm={confirm}
      >
        <ul className="grid list-disc gap-1 pl-4">
          <li>
            <span>{webhooks === 1 ? "1 webhook" : `All ${webhooks.toLocaleString("en")} webhooks`}</span>
            <span>
              {" of all customers, and the platform's own: every worker stops claiming within seconds. "}
            </span>
            <span>Requests under way end and are recorded.</span>
          </li>
          <li>
            Nothing is lost: events are accepted and held until somebody resumes, also across restarts. What
            waits longer than deliveries are kept ends as failed.
          </li>
          <li>Customers see their deliveries as held by the platform. Tests go out.</li>
        </ul>
      </ConfirmDialog>
    </>
  );
}
