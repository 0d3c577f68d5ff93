"use client";

import { useSession } from "@/app/_components/session/session-provider";
import { firstType } from "@/app/_components/test-event/first-type";
import { useSendTest } from "@/app/_components/test-event/use-send-test";
import { Button } from "@/app/_components/ui/button";
import { trpc } from "@/app/_trpc/client";
import type { Webhook } from "./types";

/** Sends the sample of the first event that the webhook receives, and says in a toast what came back. */
export function SendTestButton({ webhook }: { webhook: Webhook }) {
  const { mayChange } = useSession();
  const { data: types } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const { send, isSending } = useSendTest(webhook.id);
  if (!mayChange) return null;
  const eventType = firstType(webhook.events, types ?? [])?.type;
  return (
    <Button
      disabled={!eventType || isSending}
      aria-busy={isSending}
      title={eventType && `Sends a sample of ${eventType}, marked as a test`}
      onClick={() => eventType && send(eventType)}
    >
      Send test
    </Button>
  );
}
