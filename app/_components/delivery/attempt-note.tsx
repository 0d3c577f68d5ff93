"use client";

import { X } from "lucide-react";
import { failureWord } from "@/app/_components/status/failure-word";
import { Button } from "@/app/_components/ui/button";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { anyAttempt, type DeliveryFilters } from "./delivery-query";

const outcomeWords: Record<string, string> = { delivered: "succeeded", failed: "failed" };

/** Says that a list is what a bar of a chart counts: the deliveries of which an attempt began in its time. */
export function AttemptNote({ filters }: { filters: DeliveryFilters }) {
  const { replace } = useUrlState();
  const outcome = outcomeWords[filters.outcome] ?? "";
  const answer = filters.answer && `was answered ${failureWord(null, filters.answer)}`;
  const what = [outcome, answer].filter(Boolean).join(" and ");
  return (
    <p className="flex w-full flex-wrap items-center gap-2 text-sm text-muted">
      <span>
        {`Deliveries with an attempt that ${what && `${what}, and `}began in this time. A delivery may have several.`}
      </span>
      <Button look="quiet" size="small" onClick={() => replace(anyAttempt)}>
        <X aria-hidden className="size-3.5" />
        <span>By acceptance instead</span>
      </Button>
    </p>
  );
}
