import { sql } from "drizzle-orm";
import type { Audiences } from "@/domain/agent/audience";
import { eventBody } from "@/domain/event/event";
import { fanOut, type Subscription } from "@/domain/event/fan-out";
import type { EventStore, NewEvent, PublishResult } from "../../store";
import { isVisible } from "../access/customers";
import { type ForAgents, rowsForAgents } from "../agents/fan-out";
import type { Connection, Database, Transaction } from "../connection/connection";
import { groupBy, onlyOne } from "../connection/rows";
import { listOf, type RowOf, statement } from "../connection/statement";
import { together } from "../connection/together";
import { customers, events, webhooks } from "../schema/tables";
import { publishGroup } from "./publish-group";
import { type Fresh, type NewRow, nameOf, writeNew, writeRest } from "./write-events";

type Target = Subscription & { key: number; customerKey: number; isActive: boolean };
type Accepted = Extract<PublishResult, { kind: "accepted" }>["events"];
type Known = Pick<typeof events.$inferSelect, "contentHash" | "deliveries" | "isTest">;

/** Undoes everything that was written so far. */
class Refused extends Error {
  constructor(readonly results: PublishResult[]) {
    super("Events are refused.");
  }
}

export function publishVerbs({ writeQuickly }: Connection): Pick<EventStore, "publishEvents"> {
  /** What is answered of each call; when one is refused, nothing of any of them is written. */
  async function publishAll(calls: NewEvent[][]): Promise<PublishResult[]> {
    try {
      return await writeQuickly(
        (db) => lockRecipients(db, calls.flat()),
        (tx, found) => publish(tx, calls, found),
      );
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

async function publish(
  tx: Transaction,
  calls: NewEvent[][],
  { recipients, targets, agents }: Awaited<ReturnType<typeof lockRecipients>>,
): Promise<{ result: PublishResult[]; last: Promise<void> }> {
  const rows = new Map<string, NewRow>();
  const named = calls.map((events) => nameKnown(events, recipients));
  const known = named.flatMap((call) => call.known);
  for (const { event, customerKey, name } of known) {
    if (!rows.has(name)) rows.set(name, toRow(event, customerKey, targets.get(customerKey) ?? [], tx.now));
  }
  const written = await writeNew(tx, [...rows.values()]);
  const fresh = new Set(written.map(({ event }) => event));
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
  const ofAgents = await writeNew(tx, await rowsForAgents(tx, forAgents(known, rows, written, agents)));
  return { result: results, last: writeRest(tx, [...written, ...ofAgents]) };
}

type Named = { event: NewEvent; customerKey: number; name: string };

/** Which of these are new, of customers with agents. */
function forAgents(
  known: Named[],
  rows: Map<string, NewRow>,
  written: Fresh[],
  agents: Map<number, Audiences>,
): ForAgents[] {
  if (agents.size === 0) return [];
  const fresh = new Set(written.map(({ event }) => event));
  return known.flatMap(({ event, customerKey, name }) => {
    const audiences = agents.get(customerKey);
    // The first of a name is the one that is new.
    return audiences && fresh.delete(rows.get(name) as NewRow) ? [{ event, agents: audiences }] : [];
  });
}

/** The events of a call up to the first whose customer nobody knows, at `unknown`; -1 when all are known. */
function nameKnown(events: NewEvent[], recipients: Map<string, number>): { known: Named[]; unknown: number } {
  const unknown = events.findIndex(({ customer }) => !recipients.has(customer));
  const known = (unknown < 0 ? events : events.slice(0, unknown)).map((event) => {
    const customerKey = recipients.get(event.customer) as number;
    return { event, customerKey, name: nameOf(event.id, customerKey) };
  });
  return { unknown, known };
}

/**
 * The customers' keys, by the names that the events have for them, their webhooks, and the audiences of those with agents. Until this transaction ends nobody
 * edits these, so that an event meets all of them as they are at one moment: they are looked for in a statement after
 * the lock, or it would see them as they were before who held it.
 */
async function lockRecipients(db: Database, batch: NewEvent[]) {
  const names = [...new Set(batch.map(({ customer }) => customer))];
  const [rows, webhooks] = await together([lockCustomers(db, { names }), listTargets(db, { names })]);
  const recipients = new Map<string, number>();
  const agents = new Map<number, Audiences>();
  for (const { key, id, externalId, agents: audiences } of rows) {
    recipients.set(id, key);
    if (externalId !== null) recipients.set(externalId, key);
    if (audiences) agents.set(key, audiences);
  }
  return { recipients, agents, targets: groupBy(webhooks, ({ customerKey }) => customerKey) };
}

const names = sql`any(${sql.placeholder("names")}::text[])`;
/** Each name by its own index. */
const isRecipient = sql`${customers.key} in (
  select key from customers where id = ${names} union select key from customers where external_id = ${names}
) and ${isVisible}`;

const { key: customer, id, externalId, agents } = customers;
const recipientColumns = { key: customer, id, externalId, agents };
const lockCustomers = statement<RowOf<typeof recipientColumns>>(sql`
  select ${listOf(recipientColumns)} from ${customers} where ${isRecipient}
  order by ${customers.key} for share`);

const { key, customerKey, isActive, events: listed, conditions } = webhooks;
const targetColumns = { key, customerKey, isActive, events: listed, conditions };
const listTargets = statement<RowOf<typeof targetColumns>>(sql`
  select ${listOf(targetColumns)} from ${customers} join ${webhooks} on ${customerKey} = ${customers.key}
  where ${isRecipient} and ${webhooks.deletedAt} is null
  order by ${key}`);

function toRow(event: NewEvent, customerKey: number, targets: Target[], now: number): NewRow {
  const { id, type, contentHash } = event;
  const payload = eventBody({ ...event, createdAt: now });
  return { id, customerKey, type, payload, contentHash, isTest: false, ...fanOut(event, targets) };
}

/** What has these names already. */
async function findEvents(db: Database, rows: NewRow[]): Promise<Map<string, Known>> {
  if (rows.length === 0) return new Map();
  const { id, customerKey, contentHash, deliveries, isTest } = events;
  const customerKeys = sql.param(rows.map((row) => row.customerKey));
  const ids = sql.param(rows.map((row) => row.id));
  const found = await db
    .select({ id, customerKey, contentHash, deliveries, isTest })
    .from(events)
    .where(sql`(${customerKey}, ${id}) in (select * from unnest(${customerKeys}::bigint[], ${ids}::text[]))`);
  return new Map(found.map((event) => [nameOf(event.id, event.customerKey), event]));
}
