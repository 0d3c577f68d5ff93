"use client";

import Link from "next/link";
import { jsonLines } from "@/app/_components/json/json-lines";
import { JsonView } from "@/app/_components/json/json-view";
import { type Schema, toTypeScript, typeName } from "@/app/_components/schema/schema";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Chip } from "@/app/_components/ui/chip";
import { CopyButton } from "@/app/_components/ui/copy-button";
import type { EventType } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { eventName } from "@/domain/event/event-name";
import { listsType } from "@/domain/event/lists-type";
import { SchemaTree } from "./schema-tree";

/** What an event of this type carries: its headers, the schema of its data, a sample, and who receives it. */
export function EntryDetails({ type }: { type: EventType }) {
  const schema = type.schema as Schema;
  const sample = JSON.stringify(type.sample, null, 2);
  const name = typeName(type.type);
  return (
    <div className="grid gap-x-6 gap-y-4 border-t border-line bg-sunken px-4 py-4 lg:grid-cols-2">
      <div className="grid content-start gap-4">
        <div>
          <h4 className="mb-1.5 font-semibold">Headers</h4>
          <p translate="no" className="mono text-muted">{`X-Event-Name: ${eventName(type.type)}`}</p>
          <p translate="no" className="mono text-muted">{`X-Target-Type: ${type.target_type}`}</p>
        </div>
        <div>
          <div className="mb-1.5 flex items-center gap-2">
            <h4 className="font-semibold">Data</h4>
            <div className="grow" />
            <CopyButton size="small" text={toTypeScript(name, schema)}>
              TypeScript
            </CopyButton>
            <CopyButton size="small" text={JSON.stringify(schema, null, 2)}>
              JSON Schema
            </CopyButton>
          </div>
          <SchemaTree schema={schema} />
          <p className="mt-2 text-sm text-faint">
            More fields may be added at any time: ignore those you do not know.
          </p>
        </div>
        <Subscribers type={type.type} />
      </div>
      <div className="min-w-0">
        <h4 className="mb-1.5 font-semibold">Sample</h4>
        <JsonView label="Sample" lines={jsonLines(sample) ?? []} copy={sample} />
      </div>
    </div>
  );
}

function Subscribers({ type }: { type: string }) {
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const { mayChange } = useSession();
  const subscribed = webhooks.filter(({ events }) => listsType(events, type));
  return (
    <div>
      <h4 className="mb-1.5 font-semibold">Received by</h4>
      <ul className="flex flex-wrap gap-1.5">
        {subscribed.map((webhook) => (
          <li key={webhook.id} className="max-w-full">
            <Link href={`/dashboard/webhooks/${webhook.id}`} className="block max-w-full">
              <Chip className="hover:text-ink">
                {webhook.description ?? webhook.webhook_url.replace("https://", "")}
              </Chip>
            </Link>
          </li>
        ))}
        {subscribed.length === 0 && <li className="text-muted">None of your webhooks.</li>}
      </ul>
      {mayChange && (
        <Button size="small" asChild className="mt-2">
          <Link href={`/dashboard?new=1&events=${type}`}>Subscribe a new webhook</Link>
        </Button>
      )}
    </div>
  );
}
