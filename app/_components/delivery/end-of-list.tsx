"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Button } from "@/app/_components/ui/button";

/** Loads more as long as it is in sight, and says how far back the looking has come. */
export function EndOfList({
  pages,
  hasMore,
  isLoading,
  waitsForPress,
  problem,
  onMore,
  searchedBackTo,
}: {
  /** How many there are so far. */
  pages: number;
  hasMore: boolean;
  isLoading: boolean;
  /** Looks further only when somebody asks for it. */
  waitsForPress: boolean;
  /** Why the latest look failed. */
  problem: string | undefined;
  onMore: () => void;
  searchedBackTo: string | null;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const onSeen = useEffectEvent(onMore);
  const isWatching = hasMore && !isLoading && !waitsForPress && !problem;
  useEffect(() => {
    const element = ref.current;
    if (!element || !isWatching || pages === 0) return;
    // Anew after each page: one that brought few rows or none leaves the end in sight, which is no news to an observer.
    // A page may come so fast that nothing is drawn in between, so it is not enough to look at `isLoading`.
    // Who scrolls fast is told of several moments at once, of which the last one counts.
    const observer = new IntersectionObserver((moments) => moments.at(-1)?.isIntersecting && onSeen(), {
      rootMargin: "400px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isWatching, pages]);
  return (
    <div ref={ref} className="flex min-h-12 flex-wrap items-center gap-3 text-sm text-faint">
      {problem && <span className="text-bad">{problem}</span>}
      {searchedBackTo && (
        <span>
          <span>Searched back to</span> <ClockTime at={searchedBackTo} />
        </span>
      )}
      {hasMore && (
        <Button size="small" aria-busy={isLoading} onClick={onMore}>
          {problem ? "Try again" : searchedBackTo ? "Search further back" : "Load more"}
        </Button>
      )}
    </div>
  );
}
