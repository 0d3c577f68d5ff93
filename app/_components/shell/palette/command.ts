import type { LucideIcon } from "lucide-react";

/** Something that can be reached or done from ⌘K. */
export type Command = {
  /** Tells it from all others. */
  id: string;
  group: string;
  icon: LucideIcon;
  title: string;
  /** Part of the title that is code: a URL, a type, an id. It is shown in mono, after the title. */
  code?: string;
  /** What is shown beside it, and found too. */
  note?: string;
  /** Found by these too, and not shown. */
  words?: string;
  /** Ids: found by their whole beginning only, since all of them look alike inside. */
  ids?: string[];
  /** Too many to be listed before anything was typed. */
  isOnlyFound?: boolean;
  run: () => void;
};
