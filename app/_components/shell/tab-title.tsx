"use client";

import { useEffect } from "react";
import { trpc } from "@/app/_trpc/client";
import { countedTitle, failingCount } from "./failing-count";

/** A tab that nobody looks at has no live stream, and how webhooks fare changes with time alone, too. */
const refreshMs = 30_000;

/** Counts the webhooks that fail in the tab's title, also while the tab is in the background. */
export function TabTitle() {
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery(undefined, {
    refetchInterval: refreshMs,
    refetchIntervalInBackground: true,
  });
  const failing = failingCount(webhooks);
  useEffect(() => {
    const count = () => {
      const title = countedTitle(document.title, failing);
      if (document.title !== title) document.title = title;
    };
    count();
    // The framework sets the title of each page, whenever that comes.
    const observer = new MutationObserver(count);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [failing]);
  return null;
}
