"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { codeWords } from "@/app/_components/recovery/recovery-words";
import { useIsPaused } from "@/app/_components/status/use-is-paused";
import { RangePicker } from "@/app/_components/time/range-picker";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { DialogContent } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { toast } from "@/app/_components/ui/toast";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { type Outputs, trpc } from "@/app/_trpc/client";
import type { DeliveryFilters } from "./delivery-query";
import { eventsWords } from "./events-words";
import { answeredOf, type Kind, kinds, kindsOf, rangeOf, toRecovery } from "./recover-query";
import { RecoverWebhooks } from "./recover-webhooks";
import { TryOneFirst } from "./try-one-first";

type Counted = Outputs["recoveries"]["count"];

const labels: Record<Kind, { label: string; hint: string }> = {
  failed: { label: "Failed ones", hint: "Their schedule is spent." },
  missed: {
    label: "Missed ones too",
    hint: "Events that matched, but came while their webhook was off or did not exist yet.",
  },
  delivered: {
    label: "Delivered ones: send again",
    hint: "Your endpoint took them, and gets them once more.",
  },
  cancelled: { label: "Cancelled ones too", hint: "Somebody gave them up." },
};

/** Says what the filters select, webhook by webhook, before any of it is sent again; and what is left out, and why. */
export function RecoverForm({ filters, onDone }: { filters: DeliveryFilters; onDone: () => void }) {
  const [openedAt] = useState(Date.now);
  const zone = useTimeZone();
  const [range, setRange] = useState(() => rangeOf(filters));
  const [include, setInclude] = useState(() => kindsOf(filters));
  // Asked for without any, the API takes what failed: counted all the same, and not sent.
  const input = toRecovery(filters, include.length > 0 ? include : ["failed"], {
    range,
    now: openedAt,
    zone,
  });
  const { data, error, refetch, isPlaceholderData } = trpc.recoveries.count.useQuery(input, {
    // Counting may read a month of events: it is not done again whenever all that is shown is refreshed.
    staleTime: "static",
    placeholderData: keepPreviousData,
  });
  const utils = trpc.useUtils();
  const isPaused = useIsPaused(filters.webhookId);
  const recover = trpc.recoveries.start.useMutation({
    onSuccess: async (started) => {
      const words = eventsWords(started);
      toast(
        isPaused ? `${words} held until the webhook is resumed, and sent then` : `${words} on the way again`,
      );
      onDone();
      await utils.recoveries.list.invalidate();
    },
    onError: (refusal) => toast.error(refusal.message),
  });
  const counted = include.length === 0 && data ? { ...data, count: 0, is_complete: true } : data;
  const isUnknown = counted === undefined || isPlaceholderData;
  const isNothing = isUnknown || (counted.count === 0 && counted.is_complete);
  const sum = (kind: Kind | "pending" | "test") =>
    (data?.webhooks ?? [])
      .filter(({ is_active }) => is_active || filters.webhookId)
      .reduce((total, each) => total + each[kind], 0);
  const isByAnswer = input.code_class !== undefined || input.status_code !== undefined;
  const offered = kinds.filter(
    (kind) =>
      kind === "failed" || include.includes(kind) || (kind === "missed" ? !isByAnswer : sum(kind) > 0),
  );
  const isOff = filters.webhookId !== "" && data?.webhooks[0]?.is_active === false;
  return (
    <DialogContent
      title="Recover deliveries"
      description="Sends again what did not arrive, under the same event ids."
      width="medium"
      footer={
        <DialogButtons
          isBusy={recover.isPending}
          disabled={isNothing || isOff}
          onClick={() => recover.mutate(input)}
        >
          {resendWords(isUnknown ? undefined : counted, error !== null)}
        </DialogButtons>
      }
    >
      <div className="grid gap-4 pt-1">
        <Selected filters={filters} />
        <div className="grid justify-items-start gap-1.5">
          <span className="font-medium">Accepted</span>
          <RangePicker label="Accepted" value={range} anyTime onChange={setRange} />
        </div>
        <div className="grid gap-2.5">
          {offered.map((kind) => (
            <KindChoice
              key={kind}
              kind={kind}
              count={data && sum(kind)}
              isOn={include.includes(kind)}
              onChange={(isOn) =>
                setInclude(kinds.filter((each) => (each === kind ? isOn : include.includes(each))))
              }
            />
          ))}
        </div>
        {data && (
          <RecoverWebhooks webhooks={data.webhooks} include={include} isForOne={filters.webhookId !== ""} />
        )}
        {data && <LeftOut pending={sum("pending")} tests={sum("test")} filters={filters} isOff={isOff} />}
        {counted && filters.webhookId && !isPaused && (
          <TryOneFirst webhookId={filters.webhookId} counted={counted} onTried={() => void refetch()} />
        )}
        <p aria-live="polite" className="text-muted">
          {error?.message ?? (isUnknown ? "Counting…" : sizeWords(counted, include))}
        </p>
      </div>
    </DialogContent>
  );
}

/** The filters that are on, in words. */
function Selected({ filters }: { filters: DeliveryFilters }) {
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const url = webhooks.find(({ id }) => id === filters.webhookId)?.webhook_url;
  const { code_class, status_code } = answeredOf(filters);
  const answer = codeWords(code_class ?? null, status_code ?? null);
  return (
    <p>
      <span>Deliveries</span>
      {filters.type && (
        <>
          <span> of </span>
          <Untranslated>{filters.type}</Untranslated>
        </>
      )}
      {answer && <span>{`, last ${answer},`}</span>}
      <span> to </span>
      {filters.webhookId ? (
        <Untranslated>{url?.replace("https://", "") ?? "this webhook"}</Untranslated>
      ) : (
        <span>all active webhooks</span>
      )}
    </p>
  );
}

function KindChoice({
  kind,
  count,
  isOn,
  onChange,
}: {
  kind: Kind;
  count: number | undefined;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const { label, hint } = labels[kind];
  return (
    <div className="flex gap-2.5">
      <span className="pt-0.5">
        <Checkbox id={`with-${kind}`} checked={isOn} onCheckedChange={(on) => onChange(on === true)} />
      </span>
      <label htmlFor={`with-${kind}`} className="min-w-0 grow">
        <span className="block">{label}</span>
        <span className="block text-sm text-muted">{hint}</span>
      </label>
      <span className="tabular-nums text-muted">{count?.toLocaleString("en") ?? "…"}</span>
    </div>
  );
}

/** What the filters show and a recovery does not send, with the reason. */
function LeftOut({
  pending,
  tests,
  filters: { text, by },
  isOff,
}: {
  pending: number;
  tests: number;
  filters: DeliveryFilters;
  isOff: boolean;
}) {
  const lines = [
    isOff && "The webhook is inactive: activate it first.",
    text &&
      `The search for “${text}” is no part of a recovery: this counts what fits the other filters. To send only what was found, select rows in the list.`,
    by === "attempt" &&
      "A recovery goes by when events were accepted and what was answered last. What was accepted before this time, and tried again in it, is left out: choose an earlier beginning to include it.",
    pending > 0 &&
      `${pending.toLocaleString("en")} pending ${pending === 1 ? "one goes" : "ones go"} out without it.`,
    tests > 0 &&
      `${tests.toLocaleString("en")} ${tests === 1 ? "is a test, which is" : "are tests, which are"} never sent again.`,
  ].filter((line) => typeof line === "string");
  if (lines.length === 0) return null;
  return (
    <ul className="grid gap-1 text-sm text-muted">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

type Size = Pick<Counted, "count" | "is_complete">;

function sizeWords(counted: Counted, include: Kind[]): string {
  const receiving = counted.webhooks.filter((each) => include.some((kind) => each[kind] > 0));
  const webhooks = counted.webhooks.length > 1 ? receiving.filter(({ is_active }) => is_active).length : 1;
  return `This resends ${eventsWords(counted)} to ${webhooks} ${webhooks === 1 ? "webhook" : "webhooks"}.`;
}

function resendWords(counted: Size | undefined, isUnknown: boolean): string {
  if (counted === undefined) return isUnknown ? "Resend" : "Counting…";
  return counted.count === 0 && counted.is_complete ? "Nothing to resend" : `Resend ${eventsWords(counted)}`;
}
