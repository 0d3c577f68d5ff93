import { listsType } from "@/domain/event/lists-type";
import { isNoticeType } from "@/domain/notice/kinds";

type Named = { type: string };

/** The first type of the catalogue that a webhook's `events` come to; any where they come to none. */
export const firstType = <Type extends Named>(events: string[], types: Type[]): Type | undefined =>
  types.find(({ type }) => listsType(events, type)) ?? types[0];

/** The first of them that a platform can publish; none where a webhook is told of others only, or receives nothing. */
export const firstPublished = <Type extends Named>(events: string[], types: Type[]): Type | undefined =>
  types.find(({ type }) => listsType(events, type) && !isNoticeType(type));
