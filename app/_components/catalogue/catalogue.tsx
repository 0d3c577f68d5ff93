"use client";

import { useRef } from "react";
import { useListKeys } from "@/app/_components/keyboard/use-list-keys";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Problem } from "@/app/_components/ui/problem";
import { SearchInput } from "@/app/_components/ui/search-input";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { publishedTypes } from "@/app/_components/webhook/event-counts";
import { targetWords } from "@/app/_components/webhook/form/event-group";
import { groupByTarget } from "@/app/_components/webhook/form/event-picker";
import { trpc } from "@/app/_trpc/client";
import { isNoticeType } from "@/domain/notice/kinds";
import { CatalogueEntry } from "./catalogue-entry";

/** Every type of event there is, grouped by what it is about. */
export function Catalogue() {
  const { data: types = [], error, refetch } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const { data: seen } = trpc.eventTypes.seen.useQuery();
  const { get, replace } = useUrlState();
  const searchRef = useRef<HTMLInputElement>(null);
  const listRef = useListKeys();
  useShortcut({ key: "/", run: () => searchRef.current?.focus() });
  const search = get("q").toLowerCase();
  const shown = types.filter(({ type, description }) =>
    `${type} ${description}`.toLowerCase().includes(search),
  );
  return (
    <>
      <PageHeader
        title="Event catalogue"
        beside={`${publishedTypes(types.map(({ type }) => type)).length} types`}
      >
        <SearchInput
          ref={searchRef}
          label="Search event types"
          value={get("q")}
          onChange={(q) => replace({ q })}
        />
      </PageHeader>
      {error && <Problem message={error.message} onRetry={() => void refetch()} />}
      <div ref={listRef} className="grid gap-6">
        {[...groupByTarget(shown)].map(([target, group]) => (
          <section key={target}>
            <h2 className="mb-2 text-muted">{targetWords(target)}</h2>
            {group.some(({ type }) => isNoticeType(type)) && (
              <p className="-mt-1 mb-2 text-sm text-faint">
                No platform publishes these: a webhook that lists them is told of your other webhooks.
              </p>
            )}
            <div className="overflow-hidden rounded-[10px] border border-line bg-panel">
              {group.map((type) => (
                <CatalogueEntry
                  key={type.type}
                  type={type}
                  seen={seen?.types.find((each) => each.type === type.type)}
                  countedBackTo={seen?.counted_back_to ?? null}
                  isOpen={get("type") === type.type}
                  onToggle={(isOpen) => replace({ type: isOpen ? type.type : null })}
                />
              ))}
            </div>
          </section>
        ))}
        {shown.length === 0 && <p className="text-muted">{`No event type matches “${get("q")}”.`}</p>}
      </div>
    </>
  );
}
