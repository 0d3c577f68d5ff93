import type { Hit } from "@/domain/search/query";
import type { Page } from "./page";

/** What is looked for in the data of events. */
export type TextFilter = {
  /** An event's id, a value, or `data.case_id = C-42` (see domain/search/query). */
  text?: string;
  /**
   * Payloads are read one after the other in place of the index, which also finds parts of values. They are, too, where
   * there is no index, and where nothing in it is the value.
   */
  isDirect?: boolean;
};

/** What a search found: a page, and how far it looked. */
export type Searched<Item> = Page<Item> & {
  /** The time up to which was looked, when that is not as far back as anything is kept and the page is not full. */
  searchedBackTo: number | null;
  /** By the index, which knows whole values, or by reading payloads; null when no text was looked for. */
  searchedBy: "index" | "payloads" | null;
};

/** Where an item of a text search holds what was looked for; null when that is its id. */
export type Found = { hit?: Hit | null };

export type SearchStore = {
  /**
   * One small batch of making events known to the index, the newest first, or of removing the index when it is not wanted
   * any more. True when there is more to do now.
   */
  keepSearchIndex(isWanted: boolean): Promise<boolean>;
};
