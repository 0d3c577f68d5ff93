"use client";

import { useState } from "react";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { useSession } from "@/app/_components/session/session-provider";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { Segmented } from "@/app/_components/ui/segmented";
import { type Host, hosts } from "./hosts";
import { MakeKey } from "./make-key";

/** What stands in the settings until there is a key. */
const noKey = "fk_…";

/** First where the agent runs, then its key, and what to paste there. */
export function ConnectSteps({ apiKey, onKey }: { apiKey: string | null; onKey: (key: string) => void }) {
  const { publicUrl } = useServerFacts();
  const { isOwner, is_portal } = useSession();
  const [host, setHost] = useState<Host | undefined>(hosts[0]);
  if (!host) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="grid justify-items-start gap-1.5">
        <span className="font-medium">Where it runs</span>
        <Segmented
          label="Where it runs"
          value={host.id}
          onChange={(id) => setHost(hosts.find((known) => known.id === id))}
          choices={hosts.map(({ id, label }) => ({ value: id, label }))}
        />
      </div>
      {isOwner ? (
        <MakeKey name={host.label} isMade={apiKey !== null} onKey={onKey} />
      ) : (
        <p className="text-muted">
          {is_portal
            ? "Keys come from the platform that led you here: ask it for one that may only read, and put it in place of fk_…."
            : "Only owners make keys: ask one of your team for a key that may only read, and put it in place of fk_…."}
        </p>
      )}
      <section className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        <h3>Settings</h3>
        <p className="text-sm text-muted">{host.where}</p>
        <CodeBlock
          label={`Settings for ${host.label}`}
          text={host.settings(`${publicUrl}/mcp`, apiKey ?? noKey)}
        />
        <p className="text-sm text-muted">{host.note}</p>
      </section>
    </div>
  );
}
