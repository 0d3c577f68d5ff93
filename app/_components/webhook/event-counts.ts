import { anyType } from "@/domain/filter/condition";
import { isNoticeType } from "@/domain/notice/kinds";
import { typesOf } from "./form/chosen-types";

/** The types that platforms publish: all but those that tell a customer of other webhooks. */
export const publishedTypes = (names: string[]): string[] => names.filter((name) => !isNoticeType(name));

/** How many of the published types a webhook's `events` come to, of how many, and how many kinds of notices. */
export function countEvents(events: string[], names: string[]) {
  const listed = typesOf(events, names);
  const published = publishedTypes(listed).length;
  return { published, of: publishedTypes(names).length, notices: listed.length - published };
}

/** What a webhook receives, in the few words that a list has room for: "3 of 7 + notices". */
export function eventWords(events: string[], names: string[]): string {
  if (events.length === 0) return "no events";
  const { published, of, notices } = countEvents(events, names);
  const told = notices > 0 ? "notices" : null;
  return [events.includes(anyType) ? "every type" : publishedWords(published, of, told), told]
    .filter((words) => words !== null)
    .join(" + ");
}

function publishedWords(published: number, of: number, told: string | null): string | null {
  if (published === of) return `all ${of}`;
  return published === 0 && told ? null : `${published} of ${of}`;
}
