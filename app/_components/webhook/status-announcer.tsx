"use client";

import { useEffect, useRef, useState } from "react";
import { webhookStates } from "@/app/_components/status/states";
import type { Webhook } from "./types";

/** Tells screen readers when a webhook's status changes while the page is open. */
export function StatusAnnouncer({ webhooks }: { webhooks: Webhook[] }) {
  const [news, setNews] = useState("");
  const known = useRef(new Map<string, Webhook["status"]>());
  useEffect(() => {
    const changed = webhooks.filter(({ id, status }) => (known.current.get(id) ?? status) !== status);
    known.current = new Map(webhooks.map(({ id, status }) => [id, status]));
    if (changed.length === 0) return;
    setNews(
      changed.map(({ webhook_url, status }) => `${webhook_url}: ${webhookStates[status].label}`).join(". "),
    );
  }, [webhooks]);
  return (
    <p aria-live="polite" className="sr-only">
      {news}
    </p>
  );
}
