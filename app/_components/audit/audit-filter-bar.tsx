"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Select } from "@/app/_components/ui/select";
import type { Choice } from "@/app/_components/ui/select-list";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { type AuditFilters, ranges } from "./audit-query";
import { actionLabels, actorName, openActionLabels, webhookActionLabels } from "./audit-words";
import type { AuditEntry } from "./types";

const rangeChoices = [
  { value: "", label: "Any time" },
  ...Object.entries(ranges).map(([value, { words }]) => ({ value, label: words })),
];

/** The filters above the audit log; all of them live in the URL. `children` stand at the far side. */
export function AuditFilterBar({
  filters,
  entries,
  isForOne,
  children,
}: {
  filters: AuditFilters;
  /** What is listed: whoever did something of it can be chosen. */
  entries: AuditEntry[];
  isForOne: boolean;
  children: ReactNode;
}) {
  const { replace } = useUrlState();
  const { isOwner } = useSession();
  const { webhookId, ...others } = filters;
  const isFiltered = Object.values(isForOne ? others : filters).some(Boolean);
  const ofCustomer = isOwner ? Object.entries(actionLabels) : openActionLabels;
  const actions = isForOne ? webhookActionLabels : ofCustomer;
  return (
    <search aria-label="Filter the audit log" className="mb-3 flex flex-wrap items-center gap-2">
      <Select
        label="Kind of change"
        value={filters.action}
        isSet={filters.action !== ""}
        onChange={(action) => replace({ action })}
        choices={[{ value: "", label: "Any change" }, ...actions.map(([value, label]) => ({ value, label }))]}
      />
      <Select
        label="Who"
        value={filters.actorId}
        isSet={filters.actorId !== ""}
        onChange={(by) => replace({ by })}
        choices={actorChoices(entries, filters.actorId)}
      />
      <Select
        label="Time"
        value={filters.range}
        isSet={filters.range !== ""}
        onChange={(range) => replace({ range })}
        choices={rangeChoices}
      />
      {!isForOne && <WebhookFilter value={webhookId} />}
      {isFiltered && (
        <Button
          look="quiet"
          onClick={() =>
            replace({ action: null, by: null, range: null, ...(!isForOne && { webhook: null }) })
          }
        >
          <X aria-hidden className="size-3.5" />
          <span>Clear</span>
        </Button>
      )}
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </search>
  );
}

function actorChoices(entries: AuditEntry[], chosen: string): Choice[] {
  const names = new Map(entries.map(({ by }) => [by.id, actorName(by)]));
  if (chosen && !names.has(chosen)) names.set(chosen, chosen);
  return [
    { value: "", label: "Anyone" },
    ...[...names].map(([value, name]) => ({ value, label: <Untranslated>{name}</Untranslated> })),
  ];
}

function WebhookFilter({ value }: { value: string }) {
  const { replace } = useUrlState();
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const choices = webhooks.map(({ id, webhook_url, description }) => ({
    value: id,
    label: <Untranslated>{webhook_url.replace("https://", "")}</Untranslated>,
    hint: description,
  }));
  if (value && !webhooks.some(({ id }) => id === value))
    choices.push({ value, label: <span>A deleted webhook</span>, hint: null });
  return (
    <div className="flex max-w-72 min-w-0">
      <Select
        label="Webhook"
        value={value}
        isSet={value !== ""}
        onChange={(webhook) => replace({ webhook })}
        choices={[{ value: "", label: "Any webhook" }, ...choices]}
      />
    </div>
  );
}
