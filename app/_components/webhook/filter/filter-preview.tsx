"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { trpc } from "@/app/_trpc/client";
import type { Conditions } from "@/domain/filter/condition";
import { AbsentPathNotes } from "./absent-path-notes";

/** So long after the last key, what was typed is tried. */
const restMs = 400;

/** What a filter would have done with the latest events. */
export function FilterPreview({
  events,
  conditions,
  missing,
}: {
  events: string[];
  conditions: Conditions;
  missing: string | null;
}) {
  const { client } = trpc.useUtils();
  const written = JSON.stringify({ events: events.toSorted(), conditions });
  const asked = useRested(written);
  const { data, error } = useQuery({
    queryKey: ["webhooks.previewFilter", asked],
    queryFn: ({ signal }) => client.webhooks.previewFilter.mutate(JSON.parse(asked), { signal }),
    // What is whole now may not have been so a moment ago.
    enabled: asked === written && missing === null && events.length > 0,
    placeholderData: (before) => before,
    retry: false,
  });
  const words = missing ?? error?.message ?? (data ? previewWords(data) : "");
  return (
    <div className="grid min-h-10 content-start gap-1 text-sm">
      <p aria-live="polite" className={error && !missing ? "text-bad" : "text-muted"}>
        {words}
      </p>
      <AbsentPathNotes events={events} conditions={conditions} />
      {data && !missing && !error && data.would_not.length > 0 && (
        <details>
          <summary className="w-fit text-faint">The newest that would not be sent, and why</summary>
          <ul className="mt-1 grid gap-1">
            {data.would_not.map(({ event_id, type, created_at, why }) => (
              <li key={event_id} className="wrap-anywhere">
                <Untranslated>{type}</Untranslated>
                <span className="text-faint">
                  {" "}
                  <RelativeTime at={created_at} />
                </span>
                <span className="block text-muted">{why}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function previewWords({
  looked,
  matched,
  is_complete,
}: {
  looked: number;
  matched: number;
  is_complete: boolean;
}): string {
  if (looked === 0) return "There are no events of these types yet to try it on.";
  const of = is_complete ? `the ${looked} events so far` : `the last ${looked} events`;
  return `Would have matched ${matched} of ${of} of these types.`;
}

/** A text once nobody has changed it for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
