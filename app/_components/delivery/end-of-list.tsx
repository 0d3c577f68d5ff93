"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Button } from "@/app/_components/ui/button";

/** Loads more as it comes into sight, and says how far back a search has looked. */
export function EndOfList({
  hasMore,
  isLoading,
  onMore,
  searchedBackTo,
}: {
  hasMore: boolean;
  isLoading: boolean;
  onMore: () => void;
  searchedBackTo: string | null;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const onSeen = useEffectEvent(() => {
    if (hasMore && !isLoading) onMore();
  });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), {
      rootMargin: "400px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className="flex min-h-12 items-center gap-3 text-sm text-faint">
      {searchedBackTo && (
        <span>
          Searched back to <ClockTime at={searchedBackTo} />.
        </span>
      )}
      {hasMore && (
        <Button size="small" aria-busy={isLoading} onClick={onMore}>
          {searchedBackTo ? "Search further back" : "Load more"}
        </Button>
      )}
    </div>
  );
}
