"use client";

import { classNames } from "@/app/_components/ui/class-names";
import { trpc } from "@/app/_trpc/client";
import { lineDifference } from "./line-difference";
import { prettyJson } from "./pretty-json";
import type { Attempt, FullDelivery } from "./types";

export type Compared = "previous" | "success";

/** How the answer to an attempt differs from the one before it, or from the webhook's last success of this type. */
export function ResponseDifference({
  delivery,
  attempt,
  compared,
}: {
  delivery: FullDelivery;
  attempt: Attempt;
  compared: Compared;
}) {
  const { data, isPending } = trpc.deliveries.list.useQuery(
    {
      webhook_id: delivery.webhook_id,
      event_type: delivery.event_type,
      status: "delivered",
      content: true,
      page_size: 1,
    },
    { enabled: compared === "success" },
  );
  if (compared === "success" && isPending) return <p className="text-muted">Looking for the last success…</p>;
  const success = data?.items[0];
  const previous = delivery.attempts.find(({ number }) => number === attempt.number - 1);
  const before = compared === "success" ? success && answerText(success) : previous && answerText(previous);
  if (before === undefined) {
    return (
      <p className="text-muted">
        {compared === "success"
          ? "This webhook has no success of this type yet."
          : "There is no attempt before this one."}
      </p>
    );
  }
  return <DifferenceLines before={before} after={answerText(attempt)} />;
}

function DifferenceLines({ before, after }: { before: string; after: string }) {
  const lines = lineDifference(before, after);
  if (lines.every(({ kind }) => kind === "same"))
    return <p className="text-muted">Both answers are the same.</p>;
  return (
    <pre
      translate="no"
      className="overflow-hidden rounded-[10px] border border-line bg-sunken py-2 text-xs wrap-anywhere whitespace-pre-wrap"
    >
      {lines.map(({ kind, text }, index) => (
        <div
          key={String(index)}
          className={classNames(
            "px-3",
            kind === "added" && "bg-ok-ground text-ok",
            kind === "removed" && "bg-bad-ground text-bad",
          )}
        >
          <span className="sr-only">{kind === "same" ? "" : `${kind}: `}</span>
          <span aria-hidden>{{ same: "  ", added: "+ ", removed: "− " }[kind]}</span>
          <span>{text}</span>
        </div>
      ))}
    </pre>
  );
}

/** Headers that differ every time and tell nothing. */
const noise = new Set(["date", "age", "x-request-id", "cf-ray", "etag", "set-cookie"]);

function answerText({
  status_code,
  error,
  response,
}: Pick<Attempt, "status_code" | "error"> & { response?: Attempt["response"] }): string {
  if (!response) return error?.message ?? "no answer";
  const headers = Object.entries(response.headers)
    .filter(([name]) => !noise.has(name))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}: ${[value].flat().join(", ")}`);
  return [`status: ${status_code}`, ...headers, "", prettyJson(response.body) ?? response.body].join("\n");
}
