import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { type Audiences, eventLink } from "@/domain/agent/audience";
import { cursorBehind, oldestOf } from "@/domain/agent/cursor";
import { type Detail, details } from "@/domain/agent/event-data";
import { type AgentFanOut, fanOutToAgents } from "@/domain/agent/fan-out";
import { findEventType } from "@/domain/event/catalogue";
import type { Subscription } from "@/domain/event/fan-out";
import { hotSelect } from "../connection/hot-statement";
import { shared } from "../connection/shared";
import { events, webhooks } from "../schema/tables";
import { waitingSince } from "../webhook/shown-webhooks";

/** What the agents of a customer ask for at one level of detail. */
export type Audience = {
  key: number;
  detail: Detail;
  agents: Audiences;
  subscriptions: (Subscription & { key: number; isActive: boolean })[];
  /** Where those go on from that get what comes now. */
  cursor: string;
};

/** What is sent to agents of an event, which is a row of their audience beside the customer's own. */
export const agentFanOut = shared((connection) => {
  const { db } = connection;
  const audience = sql.placeholder("audience");
  const selectAsking = hotSelect(
    connection,
    db
      .select({
        key: webhooks.key,
        isActive: webhooks.isActive,
        events: webhooks.events,
        conditions: webhooks.conditions,
        waitingSince,
      })
      .from(webhooks)
      .where(
        and(
          eq(webhooks.customerKey, audience),
          isNull(webhooks.deletedAt),
          gt(webhooks.expiresAt, sql.placeholder("now")),
        ),
      ),
  );
  const selectKnown = hotSelect(
    connection,
    db
      .select({ key: events.key })
      .from(events)
      .where(and(eq(events.customerKey, audience), eq(events.id, sql.placeholder("id")))),
  );

  return {
    audiencesOf: (agents: Audiences, now: number): Audience[] =>
      details.map((detail) => {
        const key = agents[detail];
        const subscriptions = selectAsking.all({ audience: key, now });
        return { key, detail, agents, subscriptions, cursor: cursorBehind(oldestOf(subscriptions), now) };
      }),

    /**
     * Nothing for an audience of which nobody asks for the type. Nor where it has an event of that id already: retention
     * took the customer's first, and agents know it by its id.
     */
    rowsOf(
      event: { id: string; type: string; dataJson: string },
      audiences: readonly Audience[],
      now: number,
    ): (AgentFanOut & { customerKey: number })[] {
      return audiences.flatMap(({ key, detail, agents, subscriptions, cursor }) => {
        const entry = subscriptions.length > 0 ? findEventType(event.type) : undefined;
        if (!entry) return [];
        const { id, dataJson } = event;
        const accepted = { id, dataJson, createdAt: now, link: eventLink(agents, id), cursor };
        const fanned = fanOutToAgents(entry, accepted, detail, subscriptions);
        if (!fanned || selectKnown.get({ audience: key, id })) return [];
        return [{ customerKey: key, ...fanned }];
      });
    },
  };
});
