"use client";

import Link from "next/link";
import { Button } from "@/app/_components/ui/button";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { DiagnosisView } from "./diagnosis-view";
import { SignatureLink } from "./signature-link";
import type { Diagnosed } from "./types";

/** Tries a URL with a test, and makes it the webhook's when that was answered with 2xx; else says what came back. */
export function TryUrl({ url, of: { webhookId, eventType } }: { url: string; of: Diagnosed }) {
  const utils = trpc.useUtils();
  const refresh = () =>
    Promise.all([utils.webhooks.invalidate(), utils.stats.invalidate(), utils.deliveries.invalidate()]);
  const undo = trpc.webhooks.update.useMutation({
    onSuccess: refresh,
    onError: (error) => toast.error(error.message),
  });
  const attempt = trpc.webhooks.tryUrl.useMutation({
    onSuccess: async ({ is_taken, previous_url }) => {
      if (is_taken) {
        toast.success("It took the test, and is the webhook's URL now.", {
          action: {
            label: "Undo",
            onClick: () => undo.mutate({ webhook_id: webhookId, webhook_url: previous_url }),
          },
        });
      }
      await refresh();
    },
  });
  const { data } = attempt;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          look="accent"
          disabled={attempt.isPending}
          aria-busy={attempt.isPending}
          onClick={() => attempt.mutate({ webhook_id: webhookId, webhook_url: url, event_type: eventType })}
        >
          {attempt.isPending ? "Trying…" : "Try that URL"}
        </Button>
        <span className="min-w-0 basis-60 grow text-sm text-muted">
          <span>A test goes to</span> <code translate="no">{url}</code>
          <span>; the webhook takes that URL only if it is answered with 2xx.</span>
        </span>
      </div>
      <div aria-live="polite" className="empty:hidden">
        {attempt.error && <p className="text-bad">{attempt.error.message}</p>}
        {data && !data.is_taken && (
          <div className="rounded-[10px] border border-line-strong bg-panel px-3 py-2.5">
            <p className="mb-1.5">
              <b className="font-semibold">That URL did not take the test. Nothing was changed.</b>
            </p>
            {data.delivery.diagnosis && <DiagnosisView diagnosis={data.delivery.diagnosis} />}
            <p className="mt-2 flex flex-wrap gap-2">
              <Button asChild>
                <Link href={`/dashboard/webhooks/${webhookId}/deliveries/${data.delivery.id}`}>
                  Open that test
                </Link>
              </Button>
              {data.delivery.diagnosis?.is_about_signature && (
                <SignatureLink webhookId={webhookId} eventId={data.delivery.id} />
              )}
            </p>
          </div>
        )}
      </div>
    </>
  );
}
