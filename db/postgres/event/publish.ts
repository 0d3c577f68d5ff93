import { and, asc, inArray, isNull, or, sql } from "drizzle-orm";
import { eventBody, matchWebhook, type SkipReason } from "@/domain/event/event";
import type { EventStore, NewEvent, PublishResult } from "../../store";
import { isVisible } from "../access/customers";
import type { Connection, Database, Transaction } from "../connection/connection";
import { groupBy, onlyOne } from "../connection/rows";
import { customers, events, webhooks } from "../schema/tables";
import { publishGroup } from "./publish-group";
import { type NewRow, nameOf, writeEvents } from "./write-events";

type Target = { key: number; customerKey: number; isActive: boolean; events: string[] };
type Accepted = Extract<PublishResult, { kind: "accepted" }>["events"];
type Known = Pick<typeof events.$inferSelect, "contentHash" | "deliveries" | "isTest">;

/** Undoes everything that was written so far. */
class Refused extends Error {
  constructor(readonly results: PublishResult[]) {
    super("Events are refused.");
  }
}

export function publishVerbs({ write }: Connection): Pick<EventStore, "publishEvents"> {
  /** What is answered of each call; when one is refused, nothing of any of them is written. */
  async function publishAll(calls: NewEvent[][]): Promise<PublishResult[]> {
    try {
      return await write((tx) => publish(tx, calls));
    } catch (error) {
      if (error instanceof Refused) return error.results;
      throw error;
    }
  }
  return {
    publishEvents: publishGroup({
      publishAlone: async (events) => onlyOne(await publishAll([events])),
      // Whether one is refused may hang on what the others brought, which does not stay.
      publishTogether: async (calls) =>
        (await publishAll(calls)).map((result) => (result.kind === "accepted" ? result : null)),
    }),
  };
}

async function publish(tx: Transaction, calls: NewEvent[][]): Promise<PublishResult[]> {
  const recipients = await lockRecipients(tx.db, calls.flat());
  const targets = await listTargets(tx.db, new Set(recipients.values()));
  const rows = new Map<string, NewRow>();
  const named = calls.map((events) => nameKnown(events, recipients));
  for (const { event, customerKey, name } of named.flatMap(({ known }) => known)) {
    if (!rows.has(name)) rows.set(name, toRow(event, customerKey, targets.get(customerKey) ?? [], tx.now));
  }
  const fresh = await writeEvents(tx, [...rows.values()]);
  const before = await findEvents(
    tx.db,
    [...rows.values()].filter((row) => !fresh.has(row)),
  );
  const results = named.map((call): PublishResult => {
    const accepted: Accepted = [];
    for (const [index, { event, name }] of call.known.entries()) {
      const row = rows.get(name) as NewRow;
      const first = before.get(name) ?? { ...row, deliveries: row.targets.length };
      if (first.isTest || first.contentHash !== event.contentHash) return { kind: "conflict", index };
      // The first of a name is the one that is new.
      accepted.push({ id: event.id, deliveries: first.deliveries, duplicate: !fresh.delete(row) });
    }
    // A conflict before it would have been what is wrong first.
    if (call.unknown >= 0) return { kind: "unknown_customer", index: call.unknown };
    return { kind: "accepted", events: accepted };
  });
  if (results.some(({ kind }) => kind !== "accepted")) throw new Refused(results);
  return results;
}

/** The events of a call up to the first whose customer nobody knows, at `unknown`; -1 when all are known. */
function nameKnown(events: NewEvent[], recipients: Map<string, number>) {
  const unknown = events.findIndex(({ customer }) => !recipients.has(customer));
  const known = (unknown < 0 ? events : events.slice(0, unknown)).map((event) => {
    const customerKey = recipients.get(event.customer) as number;
    return { event, customerKey, name: nameOf(event.id, customerKey) };
  });
  return { unknown, known };
}

/**
 * The customers' keys, by the names that the events have for them. Until this transaction ends nobody edits their
 * webhooks, so that an event meets all of them as they are at one moment. A lock is a write: so the commit that answers
 * what was sent before waits for a standby, too, which may not have it yet.
 */
async function lockRecipients(db: Database, batch: NewEvent[]): Promise<Map<string, number>> {
  const names = [...new Set(batch.map(({ customer }) => customer))];
  const rows = await db
    .select({ key: customers.key, id: customers.id, externalId: customers.externalId })
    .from(customers)
    .where(and(or(inArray(customers.id, names), inArray(customers.externalId, names)), isVisible))
    .orderBy(asc(customers.key))
    .for("share");
  const byName = new Map<string, number>();
  for (const { key, id, externalId } of rows) {
    byName.set(id, key);
    if (externalId !== null) byName.set(externalId, key);
  }
  return byName;
}

/** In a statement after the lock, or it would see them as they were before who held it. */
async function listTargets(db: Database, customerKeys: Set<number>): Promise<Map<number, Target[]>> {
  if (customerKeys.size === 0) return new Map();
  const { key, customerKey, isActive, events: listed } = webhooks;
  const rows = await db
    .select({ key, customerKey, isActive, events: listed })
    .from(webhooks)
    .where(and(inArray(customerKey, [...customerKeys]), isNull(webhooks.deletedAt)))
    .orderBy(asc(key));
  return groupBy(rows, (row) => row.customerKey);
}

function toRow(event: NewEvent, customerKey: number, targets: Target[], now: number): NewRow {
  const { id, type, contentHash } = event;
  const payload = eventBody({ ...event, createdAt: now });
  return { id, customerKey, type, payload, contentHash, isTest: false, ...fanOut(type, targets) };
}

function fanOut(eventType: string, webhooks: Target[]) {
  const targets: number[] = [];
  const skipped: [number, SkipReason][] = [];
  for (const webhook of webhooks) {
    const match = matchWebhook(webhook, eventType);
    if (match === "match") targets.push(webhook.key);
    else skipped.push([webhook.key, match]);
  }
  return { targets, skipped };
}

/** What has these names already. */
async function findEvents(db: Database, rows: NewRow[]): Promise<Map<string, Known>> {
  if (rows.length === 0) return new Map();
  const { id, customerKey, contentHash, deliveries, isTest } = events;
  const names = sql.join(
    rows.map((row) => sql`(${row.customerKey}, ${row.id})`),
    sql`, `,
  );
  const found = await db
    .select({ id, customerKey, contentHash, deliveries, isTest })
    .from(events)
    .where(sql`(${customerKey}, ${id}) in (${names})`);
  return new Map(found.map((event) => [nameOf(event.id, event.customerKey), event]));
}
