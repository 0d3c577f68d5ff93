import { asWritten, findValue, type Hit, type SearchQuery } from "@/domain/search/query";
import { eventsOf, type Term, termsFor } from "@/domain/search/segment";
import type { Cursor, Searched } from "../store";

/** Keys of events, the older of which is not among them. */
export type KeyRange = { above: number; below: number };
export type SegmentPlace = { firstEvent: number; day: number };
export type PayloadRow = { key: number; id: string; createdAt: number; payload: string };

/** What a search by the index asks a database for, of one customer. */
export type SearchSource = {
  /** Of events in a range, the keys of those whose payload holds a text or whose id it is, and how large all are. */
  lookThrough(range: KeyRange, needed: string): Awaitable<{ keys: number[]; bytes: number }>;
  findEvent(id: string): Awaitable<number | undefined>;
  /** The newest segments whose first event is before a key. */
  segmentsBefore(key: number, limit: number): Awaitable<SegmentPlace[]>;
  /** What some segments know of some terms, by segment. */
  termsIn(segments: SegmentPlace[], terms: number[]): Awaitable<Map<number, Term[]>>;
  /** Those that are still there, in any order. */
  read(keys: number[]): Awaitable<PayloadRow[]>;
  /** Whether the customer has an event before this one. */
  hasBefore(key: number): Awaitable<boolean>;
  /** When the first event from this one on was accepted, whoever's it is. */
  timeFrom(key: number): Awaitable<number | null>;
};

type Awaitable<T> = T | Promise<T>;

/** Every event from one up to another is in a segment. `newest` is the newest of all. */
export type Covered = { from: number; upTo: number; newest: number };

export type FoundEvent = { key: number; createdAt: number; hit: Hit | null };
/** Some of what was found, the newest first, and up to which event was looked: 0 at the end. */
export type Step = { found: FoundEvent[]; lookedFrom: number };

/** Events that are looked through at once where there is no index, and payloads that are read at once. */
const windowKeys = 512;
const payloadsAtOnce = 64;
/** Segments that are looked up at once: few at first, as what many events hold is in the newest ones already. */
const segmentsAtFirst = 4;
const segmentsAtMost = 256;
/** A page looks through so much, and then says how far it came. */
const mostKeys = 16_384;
const mostBytes = 16 * 1024 * 1024;

/** Finds a customer's events by a whole value, from below a key on: first what is too new for the index, then by it. */
export async function* stepsOf(
  source: SearchSource,
  query: SearchQuery,
  covered: Covered,
  before: number | undefined,
): AsyncGenerator<Step> {
  const named = query.path === null ? await source.findEvent(query.text) : undefined;
  let below = Math.min(before ?? Number.POSITIVE_INFINITY, covered.newest + 1); // a cursor may be anybody's guess
  let keysLeft = mostKeys;
  let bytesLeft = mostBytes;

  while (below > covered.upTo + 1 && keysLeft > 0 && bytesLeft > 0) {
    const above = Math.max(covered.upTo, below - windowKeys - 1);
    const looked = await source.lookThrough({ above, below }, asWritten(query.value));
    keysLeft -= below - above - 1;
    bytesLeft -= looked.bytes;
    yield* verified(looked.keys, above + 1);
    below = above + 1;
  }
  if (below > covered.upTo + 1) return;

  for (let atOnce = segmentsAtFirst; bytesLeft > 0; atOnce = Math.min(4 * atOnce, segmentsAtMost)) {
    const places = await source.segmentsBefore(below, atOnce);
    if (places.length === 0) break;
    const terms = await source.termsIn(places, termsFor(query));
    const keys = places.flatMap(({ firstEvent }) => eventsOf(terms.get(firstEvent) ?? [], firstEvent, query));
    const lookedFrom = places.at(-1)?.firstEvent ?? 0;
    const isIn = named !== undefined && named >= lookedFrom && named < below && !keys.includes(named);
    const candidates = isIn ? [...keys, named] : keys;
    yield* verified(newestFirst(candidates.filter((key) => key < below)), lookedFrom);
    below = lookedFrom;
  }
  if (bytesLeft > 0) yield* verified(named !== undefined && named < below ? [named] : [], 0);

  /** What the index says may be there: the payload tells, and where in it. */
  async function* verified(keys: number[], lookedFrom: number): AsyncGenerator<Step> {
    for (let at = 0; at < keys.length && bytesLeft > 0; at += payloadsAtOnce) {
      const some = keys.slice(at, at + payloadsAtOnce);
      const rows = await source.read(some);
      bytesLeft -= rows.reduce((sum, { payload }) => sum + payload.length, 0);
      const found = rows
        .toSorted((a, b) => b.key - a.key)
        .flatMap(({ key, id, createdAt, payload }) => {
          const hit = findValue(payload, query);
          return hit || (query.path === null && id === query.text) ? [{ key, createdAt, hit }] : [];
        });
      yield { found, lookedFrom: some.at(-1) ?? lookedFrom };
    }
    if (bytesLeft > 0) yield { found: [], lookedFrom };
  }
}

const newestFirst = (keys: number[]) => keys.toSorted((a, b) => b - a);

/** How far a page by the index came: where the next one begins, and the time to which it has looked. */
export async function endOf(
  source: SearchSource,
  covered: Covered,
  lookedFrom: number,
): Promise<{ next: Cursor | null; searchedBackTo: number | null }> {
  if (lookedFrom > 0)
    return {
      next: toIndexCursor({ event: lookedFrom, delivery: 0 }),
      searchedBackTo: await source.timeFrom(lookedFrom),
    };
  const isAll = !(await source.hasBefore(covered.from));
  return { next: null, searchedBackTo: isAll ? null : await source.timeFrom(covered.from) };
}

/**
 * Whether payloads are to be read after all: the first page by the index is empty, and does not say for sure that there is
 * nothing. Parts of values are in no index; of a place the index knows all that it has come to.
 */
export const isForPayloads = (
  page: Searched<unknown>,
  { cursor }: { cursor?: Cursor },
  { path }: SearchQuery,
): boolean =>
  cursor === undefined &&
  page.items.length === 0 &&
  page.next === null &&
  (path === null || page.searchedBackTo !== null);

/** Where a page by the index goes on: below an event, or among its deliveries below one of them. */
export type Place = { event: number; delivery: number };

export const isIndexCursor = (cursor: Cursor | undefined): cursor is Cursor =>
  cursor?.startsWith("v") ?? false;
export const toIndexCursor = ({ event, delivery }: Place): Cursor => `v${event}.${delivery}`;

export function fromIndexCursor(cursor: Cursor): Place {
  const [event, delivery] = cursor.slice(1).split(".").map(Number) as [number, number];
  return { event, delivery };
}
