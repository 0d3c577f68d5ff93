"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";

/** Unknown, deleted, or another customer's: which of them is nobody's business. The text may be a value of an event. */
export default function NotFound() {
  const { event_id } = useParams<{ event_id: string }>();
  const text = decodeURIComponent(event_id);
  return (
    <EmptyState
      title="No event has this id"
      action={
        <>
          <Button look="primary" asChild>
            <Link href={`/dashboard/events?${new URLSearchParams({ q: text })}`}>Search events for it</Link>
          </Button>
          <Button asChild>
            <Link href="/dashboard/events">All events</Link>
          </Button>
        </>
      }
    >
      <p translate="no" className="mono wrap-anywhere">
        {text}
      </p>
      <p>
        It may be older than what is kept, or never have been accepted. If this is a value of an event's data,
        a case for example, the search finds the events that hold it.
      </p>
    </EmptyState>
  );
}
