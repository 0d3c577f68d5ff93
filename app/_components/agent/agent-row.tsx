"use client";

import { RelativeTime } from "@/app/_components/time/relative-time";
import { BreakableName } from "@/app/_components/ui/breakable-name";
import { Button } from "@/app/_components/ui/button";
import { classNames } from "@/app/_components/ui/class-names";
import { Cell, Row } from "@/app/_components/ui/table";
import { sitePath } from "@/app/_components/url/site-path";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { AgentState } from "./agent-state";
import { agentName, askedWords, firstSentence, hostOf, keyWords, waitingWords } from "./agent-words";
import { TimeLeft } from "./time-left";
import type { Agent } from "./types";

/** One agent: who, what it asks for, how it fares, and until when. All of the row opens its drawer. */
export function AgentRow({
  agent,
  isOpen,
  onEnd,
}: {
  agent: Agent;
  isOpen: boolean;
  /** Null for who may only look. */
  onEnd: (() => void) | null;
}) {
  const { push } = useUrlState();
  const { id, event_type, asks_for, failure, last_delivery_at, created_at, expires_at } = agent;
  return (
    <Row className={classNames("relative align-top", isOpen && "bg-hover")}>
      <Cell>
        <a
          href={sitePath(`/dashboard/agents?agent=${id}`)}
          data-row
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            push({ agent: id, delivery: null, attempt: null });
          }}
          translate="no"
          className="block truncate font-medium -outline-offset-2 after:absolute after:inset-0"
        >
          {agentName(agent)}
        </a>
        <div className="truncate text-sm text-muted">
          {agent.client && (
            <>
              <span translate="no" className="mono">
                {hostOf(agent)}
              </span>
              <span aria-hidden>{" · "}</span>
            </>
          )}
          <span title={`Key ${keyWords(agent)}`}>{`key ${keyWords(agent)}`}</span>
        </div>
        <div className="mt-1 md:hidden">
          <Asked agent={agent} />
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-muted sm:hidden">
          <AgentState agent={agent} />
          <TimeLeft until={expires_at} />
        </div>
      </Cell>
      <Cell className="hidden md:table-cell">
        <Asked agent={agent} />
      </Cell>
      <Cell className="hidden sm:table-cell">
        <AgentState agent={agent} />
        <p title={failure?.meaning} className="mt-0.5 truncate text-sm text-muted">
          {failure ? firstSentence(failure.meaning) : waitingWords(agent)}
        </p>
      </Cell>
      <Cell className="hidden text-muted lg:table-cell">
        {last_delivery_at ? <RelativeTime at={last_delivery_at} /> : <span>nothing yet</span>}
        {failure && <span className="block truncate text-sm">{waitingWords(agent)}</span>}
      </Cell>
      <Cell className="hidden whitespace-nowrap sm:table-cell">
        <TimeLeft until={expires_at} />
        <span className="block text-sm text-faint">
          <span>began</span> <RelativeTime at={created_at} />
        </span>
      </Cell>
      {onEnd && (
        <Cell className="text-right">
          <Button
            size="small"
            className="relative z-10"
            aria-label={`Disconnect ${agentName(agent)} from ${event_type}${asks_for ? ` where ${asks_for}` : ""}`}
            onClick={onEnd}
          >
            Disconnect…
          </Button>
        </Cell>
      )}
    </Row>
  );
}

function Asked({ agent }: { agent: Agent }) {
  return (
    <>
      <span translate="no" className="mono">
        <BreakableName name={agent.event_type} />
      </span>
      <span title={askedWords(agent)} className="line-clamp-2 text-sm wrap-anywhere text-muted">
        {agent.detail === "full" ? `${askedWords(agent)} · whole data` : askedWords(agent)}
      </span>
    </>
  );
}
