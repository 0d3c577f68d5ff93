import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { statement } from "../connection/statement";

/** An event, and the day in whose partition its payload is. */
export type OfEvent = { eventKey: number; day: number };

/** Reads the payloads of events, by event key, each once and in no other day's partition. */
export async function readPayloads(db: Database, of: OfEvent[]): Promise<Map<number, string>> {
  if (of.length === 0) return new Map();
  const rows = await selectPayloads(db, placesOf(of));
  return new Map(rows.map(({ eventKey, payload }) => [eventKey, payload]));
}

/** How long they are, which is known without reading them. */
export async function payloadBytes(db: Database, of: OfEvent[]): Promise<Map<number, number>> {
  if (of.length === 0) return new Map();
  const rows = await selectBytes(db, placesOf(of));
  return new Map(rows.map(({ eventKey, bytes }) => [eventKey, bytes]));
}

/** The SHA-256 of their bytes, in hex, which is made where they are. */
export async function payloadDigests(db: Database, of: OfEvent[]): Promise<Map<number, string>> {
  if (of.length === 0) return new Map();
  const rows = await selectDigests(db, placesOf(of));
  return new Map(rows.map(({ eventKey, digest }) => [eventKey, digest]));
}

const isOne = sql`day = any(${sql.placeholder("days")}::integer[])
  and event_key = any(${sql.placeholder("keys")}::bigint[])`;

const selectPayloads = statement<{ eventKey: number; payload: string }>(
  sql`select event_key as "eventKey", payload from payloads where ${isOne}`,
);
const selectBytes = statement<{ eventKey: number; bytes: number }>(
  sql`select event_key as "eventKey", octet_length(payload) as bytes from payloads where ${isOne}`,
);

const selectDigests = statement<{ eventKey: number; digest: string }>(
  sql`select event_key as "eventKey", encode(sha256(convert_to(payload, 'UTF8')), 'hex') as digest
    from payloads where ${isOne}`,
);

const placesOf = (of: OfEvent[]) => ({
  days: unique(of.map(({ day }) => day)),
  keys: unique(of.map(({ eventKey }) => eventKey)),
});

/** The days, each once, in a statement. */
export const daysOf = (of: { day: number }[]): SQL =>
  sql`${sql.param(unique(of.map(({ day }) => day)))}::integer[]`;

const unique = (numbers: number[]) => [...new Set(numbers)];
