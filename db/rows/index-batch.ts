import { type Indexed, type Term, termsOf, widestSegment } from "@/domain/search/segment";
import { fittingRows } from "./page-size";

/** Events that one batch makes known: fewer are looked through in a few milliseconds. */
export const batchRows = 512;
/** And so much of their payloads: fewer events when these are large. */
export const batchBytes = 2 * 1024 * 1024;

/** An event that is to be in the index, without its payload. */
export type Candidate = { key: number; customerKey: number; day: number; bytes: number };

/** What is written of some of a customer's events. */
export type Segment = {
  firstEvent: number;
  lastEvent: number;
  customerKey: number;
  day: number;
  terms: Term[];
};

/** Of events in the order of their keys, up or down, the first that go together: of one day, and no wider than a segment. */
export function batchOf(candidates: Candidate[]): Candidate[] {
  const [first] = candidates;
  const isOther = ({ key, day }: Candidate) =>
    first !== undefined && (day !== first.day || Math.abs(key - first.key) > widestSegment);
  const end = candidates.findIndex(isOther);
  const alike = end < 0 ? candidates : candidates.slice(0, end);
  return alike.slice(0, fittingRows(alike, batchBytes));
}

/** Whether so many events, or so much of payloads, are worth a batch. */
export const isWorthIt = (candidates: Candidate[]): boolean =>
  candidates.length >= batchRows || candidates.reduce((sum, { bytes }) => sum + bytes, 0) >= batchBytes;

/** The events of a batch that are still there, as a segment for each customer. */
export function segmentsOf(batch: Candidate[], payloads: ReadonlyMap<number, string>): Segment[] {
  const byCustomer = new Map<number, (Candidate & Indexed)[]>();
  for (const candidate of batch.toSorted((a, b) => a.key - b.key)) {
    const payload = payloads.get(candidate.key);
    if (payload === undefined) continue;
    const group = byCustomer.get(candidate.customerKey) ?? [];
    group.push({ ...candidate, payload });
    byCustomer.set(candidate.customerKey, group);
  }
  return [...byCustomer.values()].flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    const { key: firstEvent, customerKey, day } = first;
    return [{ firstEvent, lastEvent: last.key, customerKey, day, terms: termsOf(group, firstEvent) }];
  });
}
