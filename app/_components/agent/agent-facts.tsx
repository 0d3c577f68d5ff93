import type { ReactNode } from "react";
import { ClockTime } from "@/app/_components/time/clock-time";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { BreakableName } from "@/app/_components/ui/breakable-name";
import { askedWords, keyWords, waitingWords } from "./agent-words";
import { TimeLeft } from "./time-left";
import type { Agent } from "./types";

const detailWords = {
  ids: "ids, states, counts and times, and a link to here: no names",
  full: "all of the event's data, names and birth dates too",
};

/** What an agent asked for, with which key, and how long that lasts. */
export function AgentFacts({ agent }: { agent: Agent }) {
  const { event_type, detail, client, callback_url, created_at, expires_at, last_delivery_at } = agent;
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <Fact name="Asks for">
        <span translate="no" className="mono">
          <BreakableName name={event_type} />
        </span>{" "}
        <span className="wrap-anywhere">{`· ${askedWords(agent)}`}</span>
      </Fact>
      <Fact name="Is sent">
        <span>{detailWords[detail]}</span>
      </Fact>
      <Fact name="At">
        <code translate="no" className="mono wrap-anywhere">
          {callback_url}
        </code>
      </Fact>
      <Fact name="Key">
        <span translate="no" className="wrap-anywhere">
          {keyWords(agent)}
        </span>
      </Fact>
      <Fact name="Program">
        <span translate="no">{client ?? "it did not say"}</span>
      </Fact>
      <Fact name="Since">
        <ClockTime at={created_at} />
      </Fact>
      <Fact name="Ends">
        <ClockTime at={expires_at} /> <span className="text-muted">unless the agent refreshes it ·</span>{" "}
        <TimeLeft until={expires_at} />
      </Fact>
      <Fact name="Last delivered">
        {last_delivery_at ? <RelativeTime at={last_delivery_at} /> : <span>nothing yet</span>}{" "}
        <span className="text-muted">{`· ${waitingWords(agent)}`}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
