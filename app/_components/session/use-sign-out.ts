"use client";

/** Ends the session on the server, and leaves with a full load so that nothing of it stays in memory. */
export function useSignOut(): () => Promise<void> {
  return async () => {
    await fetch("/api/session", { method: "DELETE" });
    window.location.assign("/sign-in");
  };
}
