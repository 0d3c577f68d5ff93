"use client";

import { Command } from "cmdk";
import { Monitor, Moon, Plus, Route, Sun, Webhook } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePreferences } from "@/app/_components/preferences/preferences-provider";
import { useSession } from "@/app/_components/session/session-provider";
import { trpc } from "@/app/_trpc/client";
import { pages } from "./pages";
import { Group, Item } from "./palette-parts";
import { PauseCommands } from "./pause-commands";

const eventIdShape = /^[A-Za-z0-9_-]{6,128}$/;

/** Everything that can be reached or done, found by typing a few letters of it. */
export default function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const router = useRouter();
  const { is_portal, mayChange } = useSession();
  const { change } = usePreferences();
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const [search, setSearch] = useState("");
  const run = (action: () => void) => () => {
    onOpenChange(false);
    setSearch("");
    action();
  };
  const go = (href: string) => run(() => router.push(href));
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Search and go anywhere"
      loop
      filter={containsWords}
      overlayClassName="animate-in fixed inset-0 z-40 bg-scrim"
      contentClassName="animate-in fixed inset-x-3 top-[10vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-line-strong bg-panel"
    >
      <Command.Input
        value={search}
        onValueChange={setSearch}
        placeholder="Search webhooks and pages, or paste an event id"
        className="h-11 w-full border-b border-line bg-panel px-4 text-[0.9375rem] outline-none placeholder:text-faint"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-muted">{`Nothing matches “${search}”.`}</Command.Empty>
        {eventIdShape.test(search.trim()) && (
          <Group heading="Event">
            <Item icon={Route} onSelect={go(`/dashboard/events/${search.trim()}`)} value={`trace ${search}`}>
              <span>Trace the event</span>{" "}
              <span translate="no" className="mono">
                {search.trim()}
              </span>
            </Item>
          </Group>
        )}
        {webhooks.length > 0 && (
          <Group heading="Webhooks">
            {webhooks.map((webhook) => (
              <Item
                key={webhook.id}
                icon={Webhook}
                value={`${webhook.webhook_url} ${webhook.description ?? ""} ${webhook.id}`}
                onSelect={go(`/dashboard/webhooks/${webhook.id}`)}
              >
                <span translate="no" className="mono max-w-full shrink-0 truncate">
                  {webhook.webhook_url.replace("https://", "")}
                </span>
                <span className="truncate text-faint">{webhook.description}</span>
              </Item>
            ))}
          </Group>
        )}
        <Group heading="Go to">
          {pages
            .filter(({ isForAccounts }) => !(isForAccounts && is_portal))
            .map(({ href, title, icon, words }) => (
              <Item key={href} icon={icon} value={`${title} ${words}`} onSelect={go(href)}>
                {title}
              </Item>
            ))}
        </Group>
        {mayChange && search.trim() !== "" && <PauseCommands webhooks={webhooks} run={run} />}
        <Group heading="Do">
          {mayChange && (
            <Item icon={Plus} onSelect={go("/dashboard?new=1")}>
              New webhook
            </Item>
          )}
          <Item icon={Sun} onSelect={run(() => change({ theme: "light" }))}>
            Light theme
          </Item>
          <Item icon={Moon} onSelect={run(() => change({ theme: "dark" }))}>
            Dark theme
          </Item>
          <Item icon={Monitor} onSelect={run(() => change({ theme: "system" }))}>
            Theme of the system
          </Item>
        </Group>
      </Command.List>
    </Command.Dialog>
  );
}

/** Every typed word must be there: what fuzzy matching finds in ids and URLs surprises more than it helps. */
function containsWords(value: string, search: string): number {
  const text = value.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
    ? 1
    : 0;
}
