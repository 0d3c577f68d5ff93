import { listsType } from "@/domain/event/lists-type";
import { anyType } from "@/domain/filter/condition";
import { everyNotice } from "@/domain/notice/kinds";

/** The types, by name, that a webhook's `events` come to today. */
export const typesOf = (events: string[], names: string[]): string[] =>
  names.filter((name) => listsType(events, name));

/** `events` that come to these types: what stands for many, also for those to come, stays until one of these is taken out. */
export function eventsFor(types: string[], before: string[], names: string[]): string[] {
  const kept = [anyType, everyNotice].filter(
    (many) => before.includes(many) && typesOf([many], names).every((name) => types.includes(name)),
  );
  return [...kept, ...types.filter((type) => !listsType(kept, type))];
}

/** `events` with every type that platforms publish today, and the notices that they came to before. */
export const allPublished = (events: string[], names: string[]): string[] =>
  eventsFor(typesOf([anyType, ...events], names), events, names);
