"use client";

import { useRouter } from "next/navigation";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";

/** Sends a test with the sample of an event type, and tells the verdict in a toast that leads to the details. */
export function useSendTest(webhookId: string) {
  const router = useRouter();
  const test = trpc.webhooks.test.useMutation({
    onSuccess: (delivery) => {
      const href = `/dashboard/webhooks/${webhookId}/deliveries/${delivery.id}`;
      const action = { label: "Details", onClick: () => router.push(href) };
      if (delivery.status === "delivered") {
        toast.success(`Test delivered: ${delivery.status_code}`, {
          description: delivery.event_type,
          action,
        });
      } else {
        toast.error("The test was not delivered", { description: delivery.error?.message, action });
      }
    },
    onError: (error) => toast.error(error.message),
  });
  return {
    isSending: test.isPending,
    send: (eventType: string) =>
      test.mutate({ webhook_id: webhookId, event_type: eventType, data: undefined }),
  };
}
