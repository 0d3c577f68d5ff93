"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { httpBatchLink, httpSubscriptionLink, splitLink, TRPCClientError } from "@trpc/client";
import { type ReactNode, useState } from "react";
import { noteAnswer } from "@/app/_components/live/data-age";
import { ownPath, sitePath } from "@/app/_components/url/site-path";
import { callLimits } from "@/domain/limits";
import { trpc } from "./client";
import { createQueryClient } from "./query-client";

const url = sitePath("/api/trpc");

/** Connects the screen to the API: calls travel in batches, the live subscription over SSE. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(browserQueryClient);
  const [client] = useState(createClient);
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}

function createClient() {
  return trpc.createClient({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({ maxItems: callLimits.batchCalls, url, fetch: fetchOrExplain }),
      }),
    ],
  });
}

/** What browsers say of a lost connection differs, and helps nobody. */
async function fetchOrExplain(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  const askedAt = Date.now();
  try {
    const answer = await fetch(input, init);
    if (init?.method === "GET") noteAnswer(answer, askedAt);
    return answer;
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw new Error("Fanfare could not be reached. Check your connection, then try again.");
  }
}

function browserQueryClient(): QueryClient {
  const queryClient = createQueryClient();
  queryClient.getQueryCache().config.onError = signInAgain;
  return queryClient;
}

/** A session that ended while the page was open: sign in, then back to this very place. */
function signInAgain(error: unknown) {
  if (!(error instanceof TRPCClientError) || error.data?.httpStatus !== 401) return;
  const here = ownPath(window.location) + window.location.search;
  window.location.assign(sitePath(`/sign-in?to=${encodeURIComponent(here)}`));
}
