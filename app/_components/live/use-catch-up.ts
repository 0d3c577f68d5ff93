"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { type DataAge, isNoticed, useDataAge } from "./data-age";

/** How soon what came too old is asked for again. */
const catchUpMs = 1_500;

/**
 * What a replica answered may lack what was changed before the live stream began, which nobody tells of, and what the
 * stream told just now. Answers how to say that it told something.
 */
export function useCatchUp(
  isLive: boolean,
  { lookAgain, refreshSummaries }: { lookAgain: () => void; refreshSummaries: () => void },
): () => void {
  const age = useDataAge();
  const toldAt = useRef(0);
  const liveAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const again = useEffectEvent(lookAgain);
  const judge = useEffectEvent((latest: DataAge) => {
    if (latest.asOf < toldAt.current) refreshSummaries();
    if (latest.asOf >= liveAt.current && !isNoticed(latest)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      again();
    }, catchUpMs);
  });
  useEffect(() => {
    if (!isLive) return;
    liveAt.current = Date.now();
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [isLive]);
  useEffect(() => {
    if (isLive && age) judge(age);
  }, [isLive, age]);
  return () => {
    toldAt.current = Date.now();
  };
}
