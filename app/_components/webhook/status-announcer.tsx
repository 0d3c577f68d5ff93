"use client";

import { useEffect, useRef, useState } from "react";
import { lookOf, webhookState } from "@/app/_components/status/webhook-state";
import type { Webhook } from "./types";

/** Tells screen readers when a webhook's state changes while the page is open. */
export function StatusAnnouncer({ webhooks }: { webhooks: Webhook[] }) {
  const [news, setNews] = useState("");
  const known = useRef(new Map<string, ReturnType<typeof webhookState>>());
  useEffect(() => {
    const states = new Map(webhooks.map((webhook) => [webhook.id, webhookState(webhook)] as const));
    const changed = webhooks.filter(({ id }) => (known.current.get(id) ?? states.get(id)) !== states.get(id));
    known.current = states;
    if (changed.length === 0) return;
    setNews(changed.map((webhook) => `${webhook.webhook_url}: ${lookOf(webhook).label}`).join(". "));
  }, [webhooks]);
  return (
    <p aria-live="polite" className="sr-only">
      {news}
    </p>
  );
}
