import { leavesOf, longestValue } from "./leaves";
import type { SearchQuery } from "./query";

/*
 * The index of a few hundred events of one customer: for each value of their data, the events that hold it, and at which
 * path. It is written once, in the order of its terms, and goes as a whole.
 */

/** Where a value stands: the event, counted from the first of the segment, and a digest of the path. */
type Posting = { offset: number; path: number };

/** An event that is to be found. */
export type Indexed = { key: number; payload: string };

/** `term` is a digest of a value. One event has many values, and a value may be in many events. */
export type Term = { term: number; postings: Buffer };

/** Events with more values than that are looked through whatever is asked for: they are under the term 0. */
const mostValues = 500;
const widePosting = 0;
const postingBytes = 4;
/** Keys of one segment lie no further apart, so that two bytes tell one from another. */
export const widestSegment = 0xffff;

/** What finds the events by their values, in the order of the terms. */
export function termsOf(events: Indexed[], firstKey: number): Term[] {
  const byTerm = new Map<number, Posting[]>();
  for (const { key, payload } of events) {
    const offset = key - firstKey;
    for (const { term, path } of entriesOf(payload)) {
      const postings = byTerm.get(term);
      if (postings) postings.push({ offset, path });
      else byTerm.set(term, [{ offset, path }]);
    }
  }
  return [...byTerm]
    .toSorted(([a], [b]) => a - b)
    .map(([term, postings]) => ({ term, postings: encode(postings) }));
}

function entriesOf(payload: string): { term: number; path: number }[] {
  const entries = new Map<string, { term: number; path: number }>();
  for (const { path, value } of leavesOf(payload)) {
    if (value.length > longestValue) continue;
    if (entries.size === mostValues) return [{ term: widePosting, path: 0 }];
    const entry = { term: termOf(value), path: pathDigest(path) };
    entries.set(`${entry.term}.${entry.path}`, entry);
  }
  return [...entries.values()];
}

/** Under which terms there may be events that hold what is looked for. */
export const termsFor = ({ value }: SearchQuery): number[] => [widePosting, termOf(value)];

/** Keys of the events that these postings name, the newest first; with a path only those that have the value there. */
export function eventsOf(terms: Term[], firstKey: number, { path }: SearchQuery): number[] {
  const wanted = path === null ? null : pathDigest(path);
  const keys = new Set<number>();
  for (const { term, postings } of terms) {
    const isAnywhere = wanted === null || term === widePosting;
    for (let at = 0; at < postings.length; at += postingBytes) {
      if (isAnywhere || postings.readUInt16LE(at + 2) === wanted)
        keys.add(firstKey + postings.readUInt16LE(at));
    }
  }
  return [...keys].toSorted((a, b) => b - a);
}

function encode(postings: Posting[]): Buffer {
  const bytes = Buffer.alloc(postings.length * postingBytes);
  for (const [index, { offset, path }] of postings.entries()) {
    bytes.writeUInt16LE(offset, index * postingBytes);
    bytes.writeUInt16LE(path, index * postingBytes + 2);
  }
  return bytes;
}

/** 48 bits, never 0. What two values share by chance is told apart when the payload is read. */
const termOf = (value: string): number => (digest(value) % (2 ** 48 - 1)) + 1;

const pathDigest = (path: string): number => digest(path) % 2 ** 16;

/** 53 bits of a text: two 32-bit FNV-1a-like lanes, mixed at the end as MurmurHash3 does. It is no secret's digest. */
function digest(text: string): number {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  a = Math.imul(a ^ (a >>> 16), 0xc2b2ae35) ^ Math.imul(b ^ (b >>> 13), 0x27d4eb2f);
  b = Math.imul(b ^ (b >>> 16), 0x27d4eb2f) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b & 0x1fffff) * 2 ** 32 + (a >>> 0);
}
