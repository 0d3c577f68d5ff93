"use client";

import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { toast } from "@/app/_components/ui/toast";
import type { Webhook } from "@/app/_components/webhook/types";
import { useSendTest } from "@/app/_components/webhook/use-send-test";
import { trpc } from "@/app/_trpc/client";

/** The one step that is most likely to help: take the URL that was redirected to, or see whether it answers now. */
export function FixButton({
  webhook,
  suggestedUrl,
  eventType,
}: {
  webhook: Webhook;
  suggestedUrl: string | null;
  eventType: string | undefined;
}) {
  const { mayChange } = useSession();
  if (!mayChange) return null;
  if (suggestedUrl) return <UseUrlButton webhook={webhook} url={suggestedUrl} />;
  return eventType ? <TryNowButton webhook={webhook} eventType={eventType} /> : null;
}

function UseUrlButton({ webhook, url }: { webhook: Webhook; url: string }) {
  const utils = trpc.useUtils();
  const update = trpc.webhooks.update.useMutation({
    onSuccess: async () => {
      toast.success("URL changed. What was held is on its way.", {
        action: {
          label: "Undo",
          onClick: () => update.mutate({ webhook_id: webhook.id, webhook_url: webhook.webhook_url }),
        },
      });
      await Promise.all([utils.webhooks.invalidate(), utils.stats.invalidate()]);
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <Button
      look="accent"
      disabled={update.isPending}
      aria-busy={update.isPending}
      title={url}
      onClick={() => update.mutate({ webhook_id: webhook.id, webhook_url: url })}
    >
      Use that URL
    </Button>
  );
}

/** A test that is answered with 2xx closes the breaker, so what is held goes out at once. */
function TryNowButton({ webhook, eventType }: { webhook: Webhook; eventType: string }) {
  const { send, isSending } = useSendTest(webhook);
  return (
    <Button look="accent" disabled={isSending} aria-busy={isSending} onClick={() => send(eventType)}>
      Try now
    </Button>
  );
}
