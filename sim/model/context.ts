import type { Rows } from "./rows";
import type { Model, Targets } from "./state";

/** What a commit is judged by: the model before it, the rows after it, and the store's clock at that moment. */
export type Context = {
  model: Model;
  rows: Rows;
  now: number;
  asked: Moment;
};

/** When the caller asked, what a worker's webhooks had as caps then, and what a recovery would send. */
export type Moment = { at: number; caps: ReadonlyMap<number, number>; targets: Targets | null };
