"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { isServerThere } from "@/app/_components/upgrade/is-server-there";

/** With the wait for an answer, a lost connection is told of within 5 s. */
const checkMs = 2_000;

/**
 * Since when the server cannot be reached, as epoch milliseconds; null while it can. It is asked while no live stream
 * shows that it is there, and when the browser says that the network comes or goes. `onBack` hears of its return.
 */
export function useOfflineSince(
  stream: { isWanted: boolean; isLive: boolean },
  onBack: () => void,
): number | null {
  const [since, setSince] = useState<number | null>(null);
  const check = useEffectEvent(async () => {
    const isThere = await isServerThere();
    if (isThere && since !== null) onBack();
    setSince(isThere ? null : (since ?? Date.now()));
  });
  const isAsking = stream.isWanted && (!stream.isLive || since !== null);
  useEffect(() => {
    if (!isAsking) return;
    const timer = setInterval(() => void check(), checkMs);
    return () => clearInterval(timer);
  }, [isAsking]);
  useEffect(() => {
    const onNetwork = () => void check();
    window.addEventListener("offline", onNetwork);
    window.addEventListener("online", onNetwork);
    return () => {
      window.removeEventListener("offline", onNetwork);
      window.removeEventListener("online", onNetwork);
    };
  }, []);
  return since;
}
