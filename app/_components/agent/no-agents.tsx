"use client";

import { EmptyState } from "@/app/_components/ui/empty-state";
import { sitePath } from "@/app/_components/url/site-path";

/** What the page says while no agent is subscribed: what one is, and how it comes here. */
export function NoAgents() {
  return (
    <EmptyState title="No agent is subscribed">
      <p>
        An AI agent that is connected to Fanfare can look into deliveries for you, and subscribe to events:
        “tell me when a name screening finds a hit for case C-42, and summarise it”.
      </p>
      <p>
        Connect one with a key and the settings of its program, then ask it for what you want to hear of. What
        it subscribes to is listed here, with all that it is sent, until it ends.
      </p>
      <p>
        <a href={sitePath("/docs/agents")} className="text-accent underline">
          How an agent subscribes, by hand and in a program
        </a>
      </p>
    </EmptyState>
  );
}
