"use client";

import Link from "next/link";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";
import type { WebhookQueue } from "./types";

/** Kinds of answers that are told one by one. */
const toldGroups = 3;

/** What waits although its content was refused, by what the answers said: it holds nothing else up. */
export function SetAside({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue | undefined }) {
  const groups = queue?.set_aside ?? [];
  if (groups.length === 0) return null;
  const others = groups.slice(toldGroups).reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="mb-4">
      <Card>
        <ul aria-label="Set aside">
          {groups.slice(0, toldGroups).map(({ status_code, words, count }) => (
            <li key={`${status_code} ${words}`} className="wrap-anywhere">
              <b>{`${count.toLocaleString("en")} set aside:`}</b> <span>{`refused with ${status_code}`}</span>
              {words && (
                <>
                  {" "}
                  <q translate="no">{words}</q>
                </>
              )}
            </li>
          ))}
          {others > 0 && <li>{`${others.toLocaleString("en")} more, refused in other words`}</li>}
        </ul>
        <p className="text-muted">
          <span>{whatBecomes(webhook, queue)}</span>{" "}
          <Link
            href={`/dashboard/webhooks/${webhook.id}?status=pending&code=4`}
            className="text-accent underline underline-offset-2"
          >
            Show what waits
          </Link>
        </p>
      </Card>
    </div>
  );
}

function whatBecomes({ is_active, is_paused }: Webhook, queue: WebhookQueue | undefined): string {
  const isOne = queue?.set_aside.length === 1 && queue.set_aside[0]?.count === 1;
  const [they, their, them] = isOne ? ["It is", "its", "it"] : ["They are", "their", "them"];
  if (!is_active || is_paused) return `${they} held like everything else.`;
  if (queue?.opened_at) return `${they} held like everything else, which is tried before ${them}.`;
  return `${they} tried again on ${their} own schedule; everything else flows.`;
}
