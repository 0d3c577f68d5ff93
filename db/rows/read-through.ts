import { answerLimits } from "@/domain/limits";
import { findText, type Hit, type SearchQuery } from "@/domain/search/query";
import type { Cursor, Searched } from "../store";
import { fittingRows } from "./page-size";
import { isIndexCursor } from "./value-search";

/** A page that looks through payloads looks through so many and so much, and then says how far it came. */
const mostRows = 16_384;
const mostBytes = 16 * 1024 * 1024;

/** What a part of such a page came to. */
export type Part<Item> = {
  items: Item[];
  /** How large these are. */
  bytes: number;
  /** It ended early because these are large. */
  isCut: boolean;
  next: Cursor | null;
  searchedBackTo: number | null;
  looked: { rows: number; bytes: number };
};

/** The row that a look goes down to, and how much there is to look through. */
export type Floor = { key: number; createdAt: number; rows: number; bytes: number };

/** Reads payload by payload, part by part, each from where the one before ended. `rest` lets others have their turn. */
export async function readThrough<Item>(
  filter: { pageSize: number; cursor?: Cursor },
  look: (
    part: { cursor: Cursor | undefined; pageSize: number },
    maxBytes: number,
  ) => Part<Item> | Promise<Part<Item>>,
  rest: () => Promise<unknown>,
): Promise<Searched<Item>> {
  const items: Item[] = [];
  let [rowsLeft, textLeft, bytesLeft] = [mostRows, mostBytes, answerLimits.pageBytes as number];
  // The index that found what came before is gone: better some of it again than none of the rest.
  for (let cursor: Cursor | undefined = isIndexCursor(filter.cursor) ? undefined : filter.cursor; ; ) {
    const part = await look({ cursor, pageSize: filter.pageSize - items.length }, bytesLeft);
    items.push(...part.items);
    bytesLeft -= part.bytes;
    rowsLeft -= part.looked.rows;
    textLeft -= part.looked.bytes;
    const { next, searchedBackTo } = part;
    const isFull = part.isCut || items.length === filter.pageSize || bytesLeft <= 0;
    if (isFull || next === null || rowsLeft <= 0 || textLeft <= 0)
      return { items, next, searchedBackTo, searchedBy: "payloads" };
    cursor = next;
    await rest();
  }
}

/** The floor of a part: so many of these rows, and so much of their payloads. Null when there are no more. */
export function floorOf(
  rows: { key: number; createdAt: number; bytes: number }[],
  partRows: number,
  partBytes: number,
): Floor | null {
  const fitting = Math.min(partRows, fittingRows(rows, partBytes));
  const last = fitting < rows.length ? rows[fitting - 1] : undefined;
  const bytes = rows.slice(0, fitting).reduce((sum, row) => sum + row.bytes, 0);
  return last ? { key: last.key, createdAt: last.createdAt, rows: fitting, bytes } : null;
}

/** Items with where they hold what was looked for. With a path, one that holds the text elsewhere is none. */
export function withHits<Item>(
  items: Item[],
  query: SearchQuery,
  payloadOf: (item: Item, index: number) => string | undefined,
): (Item & { hit: Hit | null })[] {
  return items.flatMap((item, index) => {
    const payload = payloadOf(item, index);
    const hit = payload === undefined ? null : findText(payload, query);
    return hit || query.path === null ? [{ ...item, hit }] : [];
  });
}
