import { leavesOf, longestValue } from "./leaves";

/** What somebody looks for in payloads: `C-42` anywhere, or `data.case_id = C-42` at that place. */
export type SearchQuery = {
  /** As it was typed. */
  text: string;
  /** Null when the value may be anywhere. */
  path: string | null;
  value: string;
};

/** Where a payload holds what was looked for. */
export type Hit = {
  /** With places in lists, `data.reasons[1]`; null when it is no part of one value. */
  path: string | null;
  /** The value, or a piece of it or of the payload around the text. */
  excerpt: string;
};

const byPath = /^\s*([\w$-]+(?:\[\d*\])*(?:\.[\w$-]+(?:\[\d*\])*)*)\s*=\s*(\S(?:.*\S)?)\s*$/;
const placesInLists = /\[\d*\]/g;

/** Reads what was typed: `data.` at the beginning of a path, places in lists and quotes around a value may be there or not. */
export function parseSearch(text: string): SearchQuery {
  const [, path, value] = byPath.exec(text) ?? [];
  if (path === undefined || value === undefined) return { text, path: null, value: text };
  const bare = path.replace(placesInLists, "");
  return { text, path: bare.startsWith("data.") ? bare : `data.${bare}`, value: unquoted(value) };
}

const unquoted = (value: string) => (/^".*"$/.test(value) ? value.slice(1, -1) : value);

/** The first value of a payload that is the one looked for, from its first to its last character. */
export function findValue(payload: string, { path, value }: SearchQuery): Hit | null {
  for (const leaf of leavesOf(payload)) {
    if (leaf.value === value && (path === null || leaf.path === path))
      return { path: leaf.place, excerpt: leaf.value };
  }
  return null;
}

/** Where a payload holds the text: with a path, only at that place and as the whole value. */
export function findText(payload: string, query: SearchQuery): Hit | null {
  if (query.path !== null) return findValue(payload, query);
  const at = neededTexts(query)
    .map((needed) => payload.indexOf(needed))
    .find((place) => place >= 0);
  if (at === undefined) return null;
  for (const { place, value } of leavesOf(payload)) {
    const inValue = value.indexOf(query.text);
    if (inValue >= 0) return { path: place, excerpt: around(value, inValue, query.text.length) };
  }
  return { path: null, excerpt: around(payload, at, query.text.length) };
}

/** A value as JSON has it between its quotes. */
export const asWritten = (value: string): string => JSON.stringify(value).slice(1, -1);

/**
 * Every payload with a hit holds one of these somewhere: a database finds that faster than a value is found. Without a
 * path it may be a piece of the payload itself, or of a value, in which JSON writes quotes and the like in its own way.
 */
export const neededTexts = ({ text, path, value }: SearchQuery): string[] =>
  path === null ? [...new Set([text, asWritten(text)])] : [asWritten(value)];

const shownAround = 40;

function around(text: string, at: number, length: number): string {
  if (text.length <= longestValue) return text;
  const [from, to] = [Math.max(0, at - shownAround), Math.min(text.length, at + length + shownAround)];
  return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
}
