"use client";

import { Eye } from "lucide-react";
import { actorName } from "@/app/_components/audit/audit-words";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Cell, HeadCell, Row, Table } from "@/app/_components/ui/table";
import { trpc } from "@/app/_trpc/client";
import { accessWords } from "./access-words";
import { KeyExpiry } from "./key-expiry";
import type { ApiKey } from "./types";

/** Keys that a customer has are made at most so often that one page tells who made them. */
const madeKeys = { action: "api_key.created", page_size: 200 } as const;

/** Every key: what it may do, who made it, whether it is in use, and how long it works. */
export function KeyTable({ keys, onRevoke }: { keys: ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const { data: made } = trpc.audit.list.useQuery(madeKeys);
  const makers = new Map(made?.items.map(({ subject, by }) => [subject.id, actorName(by)]));
  return (
    <Table label="API keys">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell className="hidden sm:table-cell">Access</HeadCell>
          <HeadCell className="hidden sm:table-cell">Last used</HeadCell>
          <HeadCell className="hidden sm:table-cell">Expires</HeadCell>
          <HeadCell className="hidden md:table-cell">Created</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} maker={makers.get(key.id)} onRevoke={() => onRevoke(key)} />
        ))}
      </tbody>
    </Table>
  );
}

function KeyRow({
  apiKey,
  maker,
  onRevoke,
}: {
  apiKey: ApiKey;
  /** Who made it, while the audit log knows. */
  maker: string | undefined;
  onRevoke: () => void;
}) {
  const { name, prefix, access, last_used_at, expires_at, created_at } = apiKey;
  return (
    <Row>
      <Cell className="min-w-36">
        <span className="block wrap-anywhere">
          {name ?? <span className="text-faint">without a name</span>}
        </span>
        <span translate="no" className="mono text-sm text-faint">{`${prefix}…`}</span>
        <dl className="mt-1 grid grid-cols-[auto_1fr] items-center gap-x-2 text-sm text-muted sm:hidden">
          <dt>Access</dt>
          <dd>
            <KeyAccess access={access} />
          </dd>
          <dt>Used</dt>
          <dd>
            <LastUsed at={last_used_at} />
          </dd>
          <dt>Expires</dt>
          <dd>
            <KeyExpiry at={expires_at} />
          </dd>
        </dl>
      </Cell>
      <Cell className="hidden whitespace-nowrap sm:table-cell">
        <KeyAccess access={access} />
      </Cell>
      <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">
        <LastUsed at={last_used_at} />
      </Cell>
      <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">
        <KeyExpiry at={expires_at} />
      </Cell>
      <Cell className="hidden whitespace-nowrap text-muted md:table-cell">
        <RelativeTime at={created_at} />
        {maker && (
          <span className="block text-sm text-faint">
            <span>by</span> <span translate="no">{maker}</span>
          </span>
        )}
      </Cell>
      <Cell className="text-right">
        <Button size="small" aria-label={`Revoke ${name ?? prefix}`} onClick={onRevoke}>
          Revoke…
        </Button>
      </Cell>
    </Row>
  );
}

function KeyAccess({ access }: Pick<ApiKey, "access">) {
  if (access !== "read") return <span className="text-muted">{accessWords.full.label}</span>;
  return (
    <Badge tone="off" icon={Eye}>
      {accessWords.read.label}
    </Badge>
  );
}

function LastUsed({ at }: { at: string | null }) {
  return at ? <RelativeTime at={at} /> : <span className="text-faint">never</span>;
}
