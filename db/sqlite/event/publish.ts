import { and, eq, isNull, or, sql } from "drizzle-orm";
import { eventBody } from "@/domain/event/event";
import { fanOut, type Subscription } from "@/domain/event/fan-out";
import type { EventStore, NewEvent, PublishResult } from "../../store";
import { type Audience, agentFanOut } from "../agents/fan-out";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { counters } from "../queue/counters";
import { customers, events, webhooks } from "../schema/tables";
import { eventWriter, type Matched } from "./event-writer";

type Target = Subscription & { key: number; isActive: boolean };
/** What is written of an event for one customer: its own, or an audience of its agents. */
type EventRow = ReturnType<typeof fanOut> & { customerKey: number; payload: string };
type Recipient = { key: number; webhooks: Target[]; audiences: Audience[] };

/** Undoes everything that the call has written so far. */
class Refused extends Error {
  constructor(readonly result: PublishResult) {
    super(result.kind);
  }
}

export function publishVerbs(connection: Connection): Pick<EventStore, "publishEvents"> {
  const { db, write, clock } = connection;
  const sequences = sequencesOf(connection);
  const named = sql.placeholder("customer");
  const selectCustomer = hotSelect(
    connection,
    db
      .select({ key: customers.key, agents: customers.agents })
      .from(customers)
      .where(
        and(
          or(eq(customers.id, named), eq(customers.externalId, named)),
          isNull(customers.deletedAt),
          eq(customers.isSystem, false),
        ),
      ),
  );
  const selectWebhooks = hotSelect(
    connection,
    db
      .select({
        key: webhooks.key,
        isActive: webhooks.isActive,
        events: webhooks.events,
        conditions: webhooks.conditions,
      })
      .from(webhooks)
      .where(and(eq(webhooks.customerKey, sql.placeholder("customerKey")), isNull(webhooks.deletedAt))),
  );
  const selectEvent = hotSelect(
    connection,
    db
      .select({ contentHash: events.contentHash, deliveries: events.deliveries, isTest: events.isTest })
      .from(events)
      .where(
        and(eq(events.customerKey, sql.placeholder("customerKey")), eq(events.id, sql.placeholder("id"))),
      ),
  );
  const agents = agentFanOut(connection);
  const insert = eventWriter(connection);
  const { miss } = counters(connection);

  return {
    async publishEvents(batch) {
      try {
        return await write(() => publish(batch));
      } catch (error) {
        if (error instanceof Refused) return error.result;
        throw error;
      }
    },
  };

  function publish(batch: NewEvent[]): PublishResult {
    const recipients = new Map<string, Recipient | null>();
    const matches: Matched[] = [];
    const missed = new Map<number, number>();
    const now = clock();
    const accepted = batch.map((event, index) => {
      const recipient = recipientOf(event.customer, recipients, now);
      if (!recipient) throw new Refused({ kind: "unknown_customer", index });
      const known = selectEvent.get({ customerKey: recipient.key, id: event.id });
      if (known) {
        if (known.isTest || known.contentHash !== event.contentHash) {
          throw new Refused({ kind: "conflict", index });
        }
        return { id: event.id, deliveries: known.deliveries, duplicate: true };
      }
      const payload = eventBody({ ...event, createdAt: now });
      const fannedOut = fanOut(event, recipient.webhooks);
      add(event, { customerKey: recipient.key, payload, ...fannedOut });
      for (const forAgents of agents.rowsOf(event, recipient.audiences, now)) add(event, forAgents);
      return { id: event.id, deliveries: fannedOut.targets.length, duplicate: false };
    });
    insert.deliveries(matches, now, sequences.take("change", matches.length));
    for (const [webhookKey, count] of missed) miss(webhookKey, count);
    return { kind: "accepted", events: accepted };

    function add({ id, type, contentHash }: NewEvent, { customerKey, payload, targets, skipped }: EventRow) {
      const eventKey = insert.event({
        id,
        customerKey,
        type,
        payload,
        contentHash,
        isTest: false,
        deliveries: targets.length,
        skipped,
        createdAt: now,
      });
      for (const webhookKey of targets) matches.push({ eventKey, eventType: type, customerKey, webhookKey });
      for (const [webhookKey, reason] of skipped) {
        if (reason === "inactive") missed.set(webhookKey, (missed.get(webhookKey) ?? 0) + 1);
      }
    }
  }

  function recipientOf(
    customer: string,
    known: Map<string, Recipient | null>,
    now: number,
  ): Recipient | null {
    const before = known.get(customer);
    if (before !== undefined) return before;
    const row = selectCustomer.get({ customer });
    const recipient = row
      ? {
          key: row.key,
          webhooks: selectWebhooks.all({ customerKey: row.key }),
          audiences: row.agents ? agents.audiencesOf(row.agents, now) : [],
        }
      : null;
    known.set(customer, recipient);
    return recipient;
  }
}
