import { z } from "zod";
import type { Searched } from "@/db/store";
import { nullableIsoTime, timeView } from "./time";

/** How a search went, beside its items. */
export const searchedView = {
  searched_by: z
    .enum(["index", "payloads"])
    .nullable()
    .describe(
      "By the index of whole values, or by reading payloads one by one; null when no text was looked for",
    ),
  searched_back_to: timeView
    .nullable()
    .describe("How far back was looked; null when that is all that is kept, or the page is full"),
};

export const toSearchedView = ({ searchedBy, searchedBackTo }: Searched<unknown>) => ({
  searched_by: searchedBy,
  searched_back_to: nullableIsoTime(searchedBackTo),
});

export const hitView = z
  .object({
    path: z.string().nullable().describe("Such as data.reasons[1]; null when it is no part of one value"),
    excerpt: z.string().describe("The value, or what is around the text"),
  })
  .nullable()
  .optional()
  .describe("Of a text search: where the payload holds the text; null when it is the event's id");
