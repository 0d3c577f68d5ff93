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
export function TrpcProvider({
  headers = {},
  signInPage = "/sign-in",
  children,
}: {
  /** Sent with every call. */
  headers?: Record<string, string>;
  /** Where a session that ended while the page was open leads. */
  signInPage?: string;
  children: ReactNode;
}) {
  const [queryClient] = useState(() => browserQueryClient(signInPage));
  const [client] = useState(() => createClient(headers));
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}

function createClient(headers: Record<string, string>) {
  return trpc.createClient({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({ maxItems: callLimits.batchCalls, url, headers, fetch: fetchOrExplain }),
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

function browserQueryClient(signInPage: string): QueryClient {
  const queryClient = createQueryClient();
  queryClient.getQueryCache().config.onError = (error) => signInAgain(error, signInPage);
  return queryClient;
}

/** A session that ended while the page was open: sign in, then back to this very place. */
function signInAgain(error: unknown, signInPage: string) {
  if (!(error instanceof TRPCClientError) || error.data?.httpStatus !== 401) return;
  if (window.self !== window.top) return window.location.assign(sitePath("/portal/over"));
  const here = ownPath(window.location) + window.location.search;
  window.location.assign(sitePath(`${signInPage}?to=${encodeURIComponent(here)}`));
}
