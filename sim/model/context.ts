import type { Rows } from "./rows";
import type { Delivery, Model, Targets } from "./state";

/** What a commit is judged by: the model before it, the rows after it, and the store's clock at that moment. */
export type Context = {
  model: Model;
  rows: Rows;
  now: number;
  asked: Moment;
};

/** When the caller asked, and what there was then: a worker's caps, what a recovery sends, what is given up. */
export type Moment = {
  at: number;
  caps: ReadonlyMap<number, number>;
  targets: Targets | null;
  waiting: ReadonlySet<Delivery> | null;
};
