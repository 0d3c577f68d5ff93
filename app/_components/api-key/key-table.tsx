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
          <HeadCell>Access</HeadCell>
          <HeadCell>Last used</HeadCell>
          <HeadCell>Expires</HeadCell>
          <HeadCell>Created</HeadCell>
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
      </Cell>
      <Cell className="whitespace-nowrap">
        {access === "read" ? (
          <Badge tone="off" icon={Eye}>
            {accessWords.read.label}
          </Badge>
        ) : (
          <span className="text-muted">{accessWords.full.label}</span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-muted">
        {last_used_at ? <RelativeTime at={last_used_at} /> : <span className="text-faint">never</span>}
      </Cell>
      <Cell className="whitespace-nowrap text-muted">
        <KeyExpiry at={expires_at} />
      </Cell>
      <Cell className="whitespace-nowrap text-muted">
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
