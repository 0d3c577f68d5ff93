"use client";

import type { TRPCClientErrorLike } from "@trpc/client";
import { useState } from "react";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import type { AppRouter } from "@/server/api/router";
import { type Sending, type SendingProblems, sendingProblems } from "./sending";

/** What is being written of how requests are sent, and what is wrong with it once somebody wanted to save it. */
export function useSending(initial: Sending) {
  const mostSeconds = useServerFacts().deliveryTimeoutMs / 1000;
  const [sending, setSending] = useState(initial);
  const [isTried, setIsTried] = useState(false);
  const [refused, setRefused] = useState<SendingProblems>({});
  const problems = sendingProblems(sending, mostSeconds);
  return {
    sending,
    change: (to: Sending) => {
      setSending(to);
      setRefused({});
    },
    problems: isTried ? { ...refused, ...problems } : {},
    /** Whether it may be saved; what keeps it from that is shown from now on. */
    check: (): boolean => {
      setIsTried(true);
      return Object.keys(problems).length === 0;
    },
    /** Shows what the server refused beside its field; false when nothing of it is here. */
    refuse: (error: TRPCClientErrorLike<AppRouter>): boolean => {
      const errors = error.data?.errors ?? [];
      const own = errors.filter(({ path }) => shown.test(path.join(".")));
      setRefused(Object.fromEntries(own.map(({ path, message }) => [path.join("."), message])));
      return own.length > 0 && own.length === errors.length;
    },
  };
}

/** Paths of fields that have a place for what is wrong with them. */
const shown = /^(?:headers\.\d+\.(?:name|value)|rate_limit|timeout_seconds)$/;
