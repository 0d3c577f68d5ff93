/** In `events` every type of the catalogue, future ones too; in conditions each type that has none of its own. */
export const anyType = "*";

export type Scalar = string | number | boolean | null;
export const comparisons = ["less", "at_most", "at_least", "greater"] as const;
export type Comparison = (typeof comparisons)[number];

/** What is asked of the values at a path, of which lists may hold several: that any of them is so. */
export type Leaf =
  | { op: "equals"; path: string; value: Scalar }
  | { op: "in"; path: string; values: Scalar[] }
  /** With a number, or with a time as ISO 8601 has it. */
  | { op: Comparison; path: string; value: number | string }
  | { op: "prefix"; path: string; value: string }
  /** Whether there is anything at all, null included. */
  | { op: "exists"; path: string; value: boolean };

/** What an event's `data` must be like. */
export type Condition =
  | Leaf
  | { op: "and" | "or"; conditions: Condition[] }
  | { op: "not"; condition: Condition };

/** By type of event, or `*`. */
export type Conditions = Record<string, Condition>;
