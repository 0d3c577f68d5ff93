"use client";

import { Plus } from "lucide-react";
import { useRef } from "react";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { LiveBadge } from "@/app/_components/live/live-badge";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Kbd } from "@/app/_components/ui/kbd";
import { PageHeader } from "@/app/_components/ui/page-header";
import { SearchInput } from "@/app/_components/ui/search-input";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { customerLimits } from "@/domain/limits";
import { usedWords } from "./used-words";

const maxWebhooks = customerLimits.webhooks;

/** The heading of the home page: how many of the allowed webhooks there are, search, and a new one. */
export function WebhooksToolbar() {
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const { mayChange } = useSession();
  const { get, push, replace } = useUrlState();
  const searchRef = useRef<HTMLInputElement>(null);
  const isFull = (webhooks?.length ?? 0) >= maxWebhooks;
  const mayAdd = mayChange && !isFull;
  useShortcut({ key: "n", run: () => push({ new: "1" }), isOn: mayAdd });
  useShortcut({ key: "/", run: () => searchRef.current?.focus() });
  return (
    <PageHeader title="Webhooks" beside={webhooks && usedWords(webhooks)}>
      <LiveBadge />
      {webhooks && webhooks.length > 0 && (
        <SearchInput
          ref={searchRef}
          label="Search webhooks"
          value={get("q")}
          onChange={(q) => replace({ q })}
        />
      )}
      {mayChange && (
        <Button
          look="primary"
          disabled={isFull}
          title={isFull ? `All ${maxWebhooks} are used. Delete one first.` : undefined}
          onClick={() => push({ new: "1" })}
        >
          <Plus aria-hidden className="size-4 sm:hidden" />
          <span>Add webhook</span> <Kbd>n</Kbd>
        </Button>
      )}
    </PageHeader>
  );
}
