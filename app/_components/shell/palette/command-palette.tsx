"use client";

import { Command as Cmdk } from "cmdk";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Command } from "./command";
import { CommandItem } from "./command-item";
import { findCommands } from "./find-commands";
import { searchCommands } from "./search-commands";
import { useActions } from "./use-actions";
import { usePageCommands } from "./use-page-commands";
import { useTypeCommands } from "./use-type-commands";
import { useWebhookCommands } from "./use-webhook-commands";

/** Everything that can be reached or done, found by typing a few letters of it. */
export default function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const router = useRouter();
  const go = (href: string) => router.push(href);
  const known = [usePageCommands(go), useWebhookCommands(go), useTypeCommands(go), useActions(go)].flat();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const found = findCommands(known, typed);
  const groups = [...found, { heading: "Search", commands: searchCommands(typed, go) }];
  const type = (text: string) => {
    setTyped(text);
    setChosen(null);
  };
  const run = (command: Command) => {
    onOpenChange(false);
    type("");
    command.run();
  };
  return (
    <Cmdk.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Search and go anywhere"
      loop
      shouldFilter={false}
      value={chosen ?? groups[0]?.commands[0]?.id ?? ""}
      onValueChange={setChosen}
      overlayClassName="animate-in fixed inset-0 z-40 bg-scrim"
      contentClassName="animate-in fixed inset-x-3 top-[10vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-line-strong bg-panel"
    >
      <Cmdk.Input
        value={typed}
        onValueChange={type}
        placeholder="Search webhooks and pages, or paste an event id"
        className="h-11 w-full border-b border-line bg-panel px-4 text-[0.9375rem] outline-none placeholder:text-faint"
      />
      <Cmdk.List className="max-h-[50vh] overflow-y-auto p-1.5">
        {groups
          .filter(({ commands }) => commands.length > 0)
          .map(({ heading, commands }) => (
            <Cmdk.Group
              key={heading}
              heading={heading}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
            >
              {commands.map((command) => (
                <CommandItem key={command.id} command={command} onRun={() => run(command)} />
              ))}
            </Cmdk.Group>
          ))}
      </Cmdk.List>
    </Cmdk.Dialog>
  );
}
