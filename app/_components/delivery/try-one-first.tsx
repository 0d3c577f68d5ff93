"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { toast } from "@/app/_components/ui/toast";
import { type Outputs, trpc } from "@/app/_trpc/client";

type Counted = Outputs["webhooks"]["countRecoverable"];

/** A delivery that was sent again, and how many attempts it had before. */
type Tried = { eventId: string; attemptsBefore: number };

const refreshMs = 500;

/** Says how many of a recovery's targets were refused alike, and sends the oldest of them, to see what comes of it. */
export function TryOneFirst({
  webhookId,
  counted,
  onTried,
}: {
  webhookId: string;
  counted: Counted;
  onTried: () => void;
}) {
  const [tried, setTried] = useState<Tried | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const utils = trpc.useUtils();
  const redeliver = trpc.deliveries.redeliver.useMutation();
  const result = useResult(webhookId, tried);
  const { refused } = counted;
  const isTrying = isAsking || (tried !== null && result === undefined);
  const mayTry = refused !== null && counted.count > 1 && result?.status !== "delivered";
  if (!tried && !mayTry) return null;

  async function tryOne(eventId: string) {
    const target = { webhook_id: webhookId, event_id: eventId };
    setIsAsking(true);
    try {
      const before = await utils.deliveries.get.fetch(target);
      await redeliver.mutateAsync(target);
      setTried({ eventId, attemptsBefore: before.attempt_count });
      onTried();
    } catch (error) {
      toast.error((error as Error).message);
    } finally {
      setIsAsking(false);
    }
  }

  return (
    <div className="grid gap-2.5 rounded-[10px] bg-warn-ground px-4 py-3">
      {mayTry && <p>{`${refusedWords(counted, refused)} Try one first: the others may be refused again.`}</p>}
      <p aria-live="polite" className="empty:hidden">
        {result && (
          <>
            <span>{resultWords(result)}</span>{" "}
            <Link
              href={`/dashboard/webhooks/${webhookId}/deliveries/${result.id}`}
              className="underline underline-offset-2"
            >
              Show it
            </Link>
          </>
        )}
      </p>
      {mayTry && (
        <div>
          <Button
            disabled={isTrying}
            aria-busy={isTrying}
            onClick={() => void tryOne(refused.oldest_event_id)}
          >
            {isTrying ? "Trying…" : "Try the oldest one"}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The delivery once it was attempted again; undefined until then. */
function useResult(webhookId: string, tried: Tried | null) {
  const isOver = (count: number | undefined) => tried !== null && (count ?? 0) > tried.attemptsBefore;
  const { data } = trpc.deliveries.get.useQuery(
    { webhook_id: webhookId, event_id: tried?.eventId ?? "" },
    {
      enabled: tried !== null,
      refetchInterval: ({ state }) => (isOver(state.data?.attempt_count) ? false : refreshMs),
    },
  );
  return isOver(data?.attempt_count) ? data : undefined;
}

function refusedWords(
  { count, is_complete }: Counted,
  { status_code, count: refused }: NonNullable<Counted["refused"]>,
): string {
  const all = `${is_complete ? "" : "at least "}${count.toLocaleString("en")}`;
  if (refused < count || !is_complete) {
    return `${refused.toLocaleString("en")} of ${all} ${refused === 1 ? "was" : "were"} refused with ${status_code}.`;
  }
  return `${count === 2 ? "Both" : `All ${all}`} were refused with ${status_code}.`;
}

const resultWords = ({ status, error }: Outputs["deliveries"]["get"]) =>
  status === "delivered"
    ? "It was delivered now."
    : `It failed again: ${error?.message ?? "no answer came."}`;
