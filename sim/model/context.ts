import type { Rows } from "./rows";
import type { Model } from "./state";

/** What a commit is judged by: the model before it, the rows after it, and the store's clock at that moment. */
export type Context = {
  model: Model;
  rows: Rows;
  now: number;
  /** When the caller asked, and what a worker's webhooks had as caps then. */
  askedAt: number;
  caps: ReadonlyMap<number, number>;
};
