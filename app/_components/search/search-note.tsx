"use client";

import { ClockTime } from "@/app/_components/time/clock-time";
import { Button } from "@/app/_components/ui/button";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { soughtValue } from "./hit-line";

export type Searched = { searched_by: "index" | "payloads" | null; searched_back_to: string | null };

/** How what a list shows was looked for, what that cannot find, and the other way. */
export function SearchNote({ searched }: { searched: Searched | undefined }) {
  const { get, replace } = useUrlState();
  if (!searched?.searched_by) return null;
  const isByIndex = searched.searched_by === "index";
  const isAsked = get("look") === "payloads";
  // At a path, only the whole value is what was looked for.
  const isAtPath = soughtValue(get("q")) !== get("q").trim();
  return (
    <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-2 text-sm text-muted">
      {!isByIndex ? (
        <span>
          {isAtPath
            ? "Payloads were read one by one, the newest first."
            : "Payloads were read one by one, the newest first: parts of values are found too."}
        </span>
      ) : searched.searched_back_to ? (
        <span>
          <span>Whole values, back to</span> <ClockTime at={searched.searched_back_to} />
          <span>: what is older is not in the index yet.</span>
        </span>
      ) : (
        <span>Whole values, as far back as anything is kept.</span>
      )}
      {isByIndex && !isAtPath && (
        <Button look="quiet" size="small" onClick={() => replace({ look: "payloads" })}>
          Look for parts of values too
        </Button>
      )}
      {!isByIndex && isAsked && (
        <Button look="quiet" size="small" onClick={() => replace({ look: null })}>
          Whole values only
        </Button>
      )}
    </div>
  );
}
