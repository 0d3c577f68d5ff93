"use client";

import { createContext, type ReactNode, useContext } from "react";

/** What the dashboard tells people about this installation. */
export type ServerFacts = {
  publicUrl: string;
  version: string;
  /** How long ended deliveries and their events are kept. */
  retentionMs: number;
  /** Delays after the first attempt. */
  retryScheduleMs: number[];
  deliveryTimeoutMs: number;
  /** The platform's, for who came by a portal link; null for ours. */
  portalLogo: string | null;
  /** Whether the operator allows targets inside private networks. */
  allowsPrivateTargets: boolean;
  /** URLs that may be tried as a webhook's. */
  exampleReceivers: string[];
};

const Context = createContext<ServerFacts | null>(null);

export function ServerFactsProvider({ facts, children }: { facts: ServerFacts; children: ReactNode }) {
  return <Context value={facts}>{children}</Context>;
}

export function useServerFacts(): ServerFacts {
  const facts = useContext(Context);
  if (!facts) throw new Error("Server facts are known inside of the dashboard only.");
  return facts;
}
