"use client";

import Link from "next/link";
import { useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { useHasAgents } from "@/app/_components/session/use-has-agents";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Problem } from "@/app/_components/ui/problem";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { sitePath } from "@/app/_components/url/site-path";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { CreateKeyDialog } from "./create-key-dialog";
import { KeyTable } from "./key-table";
import { RevokeKeyDialog } from "./revoke-key-dialog";
import type { ApiKey } from "./types";

/** The keys with which programs act for the customer. Only owners see and make them. */
export function ApiKeys() {
  const { isOwner } = useSession();
  if (!isOwner) {
    return (
      <>
        <PageHeader title="API keys" />
        <EmptyState title="Only owners manage API keys">
          <p>Ask an owner of your team for a key, or to make you an owner.</p>
        </EmptyState>
      </>
    );
  }
  return <OwnersKeys />;
}

function OwnersKeys() {
  const { data: keys, error: failure, refetch } = trpc.apiKeys.list.useQuery({});
  const error = shownError(failure, keys);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const hasAgents = useHasAgents();
  return (
    <>
      <PageHeader title="API keys" beside={keys && keys.length > 0 ? `${keys.length}` : undefined}>
        <CreateKeyDialog />
      </PageHeader>
      {error ? (
        <Problem message={error.message} onRetry={() => void refetch()} />
      ) : !keys ? (
        <Skeleton className="h-28 w-full rounded-[10px]" />
      ) : keys.length === 0 ? (
        <EmptyState title="No key yet">
          <p>
            <span>
              A key lets a program manage webhooks and read deliveries, over REST or tRPC, as you do here. It
              is sent in the X-API-KEY header. The API is described at
            </span>{" "}
            <a href={sitePath("/docs")} translate="no" className="text-accent underline">
              /docs
            </a>
          </p>
        </EmptyState>
      ) : (
        <KeyTable keys={keys} onRevoke={setRevoking} />
      )}
      {!hasAgents && (
        <p className="mt-3 text-sm text-muted">
          <span>AI agents use keys too, and can subscribe to events:</span>{" "}
          <Link href="/dashboard/agents?connect=1" className="text-accent underline">
            connect an agent
          </Link>
        </p>
      )}
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </>
  );
}
