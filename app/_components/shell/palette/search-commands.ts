import { Route, Search } from "lucide-react";
import type { Command } from "./command";

/** An id that somebody may have pasted: shorter ones are words. */
const eventIdShape = /^[A-Za-z0-9_-]{6,128}$/;

/** A UUID of another version than the 7 of ids made here: a value of somebody's payload, as a rule. */
const foreignIdShape = /^[0-9a-f]{8}-[0-9a-f]{4}-(?!7)[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * What can be done with any text. It comes after what was found, and so first for the id of an event. The search finds
 * events by their ids, too: it comes first where the text may be either, or is a word, without any digit.
 */
export function searchCommands(typed: string, go: (href: string) => void): Command[] {
  const text = typed.trim();
  if (text === "") return [];
  const shared = { group: "Search", code: text };
  const search = {
    ...shared,
    id: "search",
    icon: Search,
    title: "Search events for",
    run: () => go(`/dashboard/events?${new URLSearchParams({ q: text })}`),
  };
  if (!eventIdShape.test(text)) return [search];
  const trace = {
    ...shared,
    id: "trace",
    icon: Route,
    title: "Trace the event",
    run: () => go(`/dashboard/events/${text}`),
  };
  return foreignIdShape.test(text) || !/\d/.test(text) ? [search, trace] : [trace, search];
}
