"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { trpc } from "@/app/_trpc/client";

/** Under steady traffic the summaries are asked for at most this often. */
const summaryPauseMs = 1_500;

/** Ways to bring what is shown up to date. A query with `meta: { refreshesItself: true }` sees to itself. */
export function useRefresh() {
  const queryClient = useQueryClient();
  const utils = trpc.useUtils();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return useMemo(() => {
    const askForSummaries = () => {
      timer.current = undefined;
      void utils.webhooks.list.invalidate();
      void utils.webhooks.get.invalidate();
      void utils.webhooks.explain.invalidate();
      void utils.incidents.invalidate();
      void utils.stats.invalidate();
    };
    return {
      refreshAll: () => {
        void queryClient.invalidateQueries({ predicate: ({ meta }) => !meta?.refreshesItself });
      },
      refreshSummaries: () => {
        timer.current ??= setTimeout(askForSummaries, summaryPauseMs);
      },
    };
  }, [queryClient, utils]);
}
