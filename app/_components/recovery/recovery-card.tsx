"use client";

import Link from "next/link";
import { useSession } from "@/app/_components/session/session-provider";
import { formatAge } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { paceOf } from "./recovery-pace";
import { RecoveryTarget } from "./recovery-target";
import { filterWords, isSettled, outcomeWords, settledOf } from "./recovery-words";
import { StopWaiting } from "./stop-waiting";
import type { Outcome, RecoveryWithOutcomes } from "./types";
import { useHold } from "./use-hold";
import { useTarget } from "./use-target";
import { WhereItWaits } from "./where-it-waits";

/** Large ones are counted less often: what became of them is counted anew each time. */
const refreshMsOf = (made: number) => Math.max(1_000, Math.min(15_000, made / 5));

/**
 * One recovery: how far it is and how fast, and then what became of it, with links to exactly these deliveries. What
 * waits is stopped by webhook: that of the recovery, or else that of the page (`webhookId`).
 */
export function RecoveryCard({
  recoveryId,
  webhookId,
  onClose,
}: {
  recoveryId: string;
  webhookId?: string;
  onClose: () => void;
}) {
  const { data: recovery } = trpc.recoveries.get.useQuery(
    { recovery_id: recoveryId },
    {
      refetchInterval: ({ state: { data } }) =>
        data && isSettled(data) ? false : refreshMsOf(data?.made_due ?? 0),
      meta: { refreshesItself: true },
    },
  );
  if (!recovery) return null;
  const stoppable = recovery.webhook_id ?? webhookId;
  const isWaiting = recovery.state !== "running" && recovery.outcomes.waiting > 0;
  return (
    <div className="mb-4">
      <Card>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="min-w-0 grow" aria-live="polite">
            {isSettled(recovery) ? <Result recovery={recovery} /> : <Progress recovery={recovery} />}
          </p>
          {recovery.state === "running" ? (
            <CancelButton recoveryId={recoveryId} />
          ) : (
            <div className="flex flex-wrap items-center gap-2">
              {isWaiting && stoppable !== undefined && <StopWaiting webhookId={stoppable} />}
              {/* A word: a cross would look as if it stopped what still waits. */}
              <Button look="quiet" size="small" onClick={onClose}>
                Hide
              </Button>
            </div>
          )}
        </div>
        {!isSettled(recovery) && <ProgressBar recovery={recovery} />}
        <p className="mt-1 text-sm text-muted wrap-anywhere">
          <span>{filterWords(recovery)}</span>
          {/* Of what was chosen one by one for several webhooks, no place is the only one. */}
          {(recovery.webhook_id !== null || recovery.include.length > 0) && (
            <>
              <span> · to </span>
              <RecoveryTarget webhookId={recovery.webhook_id} />
            </>
          )}
          <span> · asked for </span>
          <RelativeTime at={recovery.created_at} />
          {recovery.state === "cancelled" && (
            <span>{` · cancelled: ${count(recovery.total - recovery.made_due)} were not sent again, what was on its way stays so`}</span>
          )}
        </p>
        {isWaiting && stoppable === undefined && <WhereItWaits />}
      </Card>
    </div>
  );
}

/** What was sent and had an attempt since, while any of it waits; before that, how far it is with making them due. */
function Progress({ recovery }: { recovery: RecoveryWithOutcomes }) {
  const { state, total, made_due } = recovery;
  const isRunning = state === "running";
  const settled = settledOf(recovery);
  const webhook = useTarget(recovery.webhook_id);
  const hold = useHold(webhook);
  const rate = useRate(recovery);
  // What is held goes at no rate, whatever it was before.
  const perSecond = hold ? 0 : paceOf(rate, webhook?.rate_limit ?? null);
  const goal = isRunning ? Math.max(total, made_due) : made_due;
  const leftMs = perSecond > 0 ? ((goal - settled) / perSecond) * 1000 : null;
  return (
    <>
      <b>{isRunning ? "Recovering" : "Sending again"}</b> <span>{`${count(settled)} of ${count(goal)}`}</span>
      {perSecond > 0 && (
        <span className="text-muted">{` · ${perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1)} per second`}</span>
      )}
      {hold && <span className="text-muted">{` · ${hold}`}</span>}
      {leftMs !== null && <span className="text-muted">{` · about ${formatAge(leftMs)} left`}</span>}
      {recovery.outcomes.delivered + recovery.outcomes.refused_again + recovery.outcomes.unanswered > 0 && (
        <>
          <span> · </span>
          <Outcomes recovery={recovery} outcomes={["delivered", "refused_again", "unanswered"]} />
        </>
      )}
    </>
  );
}

function Result({ recovery }: { recovery: RecoveryWithOutcomes }) {
  const { total, made_due, outcomes } = recovery;
  const told = settledOf(recovery);
  const unneeded = recovery.state === "done" ? total - made_due : 0;
  if (made_due === 0) return <b>Nothing was sent again</b>;
  return (
    <>
      <b>
        <Outcomes
          recovery={recovery}
          outcomes={["delivered", "refused_again", "unanswered", "given_up"]}
          isComplete={outcomes.waiting === 0}
        />
      </b>
      {unneeded > 0 && <span className="text-muted">{` · ${count(unneeded)} needed it no longer`}</span>}
      {told < made_due && (
        <span className="text-muted">{` · ${count(made_due - told)} were sent again anew since, or are no longer kept`}</span>
      )}
    </>
  );
}

/** `20 delivered, 2 refused again`, each a link to these. */
function Outcomes({
  recovery,
  outcomes,
  isComplete = false,
}: {
  recovery: RecoveryWithOutcomes;
  outcomes: Outcome[];
  isComplete?: boolean;
}) {
  const some = outcomes.filter((outcome) => recovery.outcomes[outcome] > 0);
  const named: Outcome[] = some.length === 0 && isComplete ? ["delivered"] : some;
  return named.map((outcome, index) => (
    <span key={outcome}>
      {index > 0 && <span>, </span>}
      <Link
        href={`/dashboard/deliveries?recovery=${recovery.id}&became=${outcome}`}
        className="underline underline-offset-2"
      >
        {`${count(recovery.outcomes[outcome])} ${outcomeWords[outcome]}`}
      </Link>
    </span>
  ));
}

function ProgressBar({ recovery }: { recovery: RecoveryWithOutcomes }) {
  const goal = recovery.state === "running" ? Math.max(recovery.total, recovery.made_due) : recovery.made_due;
  const share = goal === 0 ? 0 : Math.round((settledOf(recovery) / goal) * 100);
  return (
    <progress
      aria-label="Recovery"
      value={share}
      max={100}
      className="mt-2 h-1.5 w-full appearance-none overflow-hidden rounded bg-off-ground [&::-moz-progress-bar]:bg-accent-solid [&::-webkit-progress-bar]:bg-off-ground [&::-webkit-progress-value]:bg-accent-solid"
    />
  );
}

function CancelButton({ recoveryId }: { recoveryId: string }) {
  const { mayChange } = useSession();
  const utils = trpc.useUtils();
  const cancel = trpc.recoveries.cancel.useMutation({
    onSuccess: (recovery) => {
      utils.recoveries.get.setData({ recovery_id: recoveryId }, recovery);
      toast(
        recovery.state === "cancelled" ? "Cancelled: nothing more is sent again" : "It had ended before",
        { description: `${count(recovery.made_due)} on their way stay so.` },
      );
    },
    onError: (error) => toast.error(error.message),
  });
  if (!mayChange) return null;
  return (
    <Button
      size="small"
      disabled={cancel.isPending}
      aria-busy={cancel.isPending}
      onClick={() => cancel.mutate({ recovery_id: recoveryId })}
    >
      Cancel the rest
    </Button>
  );
}

/** What drains begins with one at a time, of which nobody can tell how fast it will be. */
const warmUpMs = 5_000;

/** How many a second were settled since it began; 0 while nobody can say. It is the same after a reload. */
function useRate(recovery: RecoveryWithOutcomes): number {
  const elapsedMs = useNow() - Date.parse(recovery.created_at);
  return elapsedMs < warmUpMs ? 0 : (settledOf(recovery) / elapsedMs) * 1000;
}

const count = (number: number) => number.toLocaleString("en");
