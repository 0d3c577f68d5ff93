"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Outputs } from "@/app/_trpc/client";

export type Session = Outputs["session"]["get"];

const Context = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>;
}

/** Who is signed in, for which customer, and what they may do. */
export function useSession(): Session & { mayChange: boolean; isOwner: boolean } {
  const session = useContext(Context);
  if (!session) throw new Error("There is no session outside of the dashboard.");
  return {
    ...session,
    mayChange: session.role !== "viewer",
    isOwner: session.role === "owner" && !session.is_portal,
  };
}
