"use client";

import { toast } from "@/app/_components/ui/toast";
import { sitePath } from "@/app/_components/url/site-path";

/** Ends the session on the server, and leaves with a full load so that nothing of it stays in memory. */
export const signOut = () => leave("/api/auth/sign-out");

/** The same for every session of the person, on every device. */
export const signOutEverywhere = () => leave("/api/auth/revoke-sessions");

async function leave(path: string): Promise<void> {
  const answer = await fetch(sitePath(path), { method: "POST" });
  if (answer.ok) window.location.assign(sitePath("/sign-in"));
  else toast.error("Signing out did not work. Try again.");
}
