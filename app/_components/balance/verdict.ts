import { CircleCheck, CircleX, type LucideIcon, Scale } from "lucide-react";
import type { Tone } from "@/app/_components/ui/badge";
import type { Outputs } from "@/app/_trpc/client";

export type Balance = Pick<
  Outputs["stats"]["balance"],
  "matched" | "delivered" | "waiting" | "failed" | "cancelled" | "missed" | "is_balanced"
>;

/** What an equation comes to, as people want to know it: green only when nothing is missing and nothing failed. */
export function verdictOf({ failed, missed, is_balanced }: Balance): {
  words: string;
  tone: Tone;
  icon: LucideIcon;
} {
  if (!is_balanced) return { words: "Does not add up: report this", tone: "bad", icon: CircleX };
  const lacking = [failed > 0 && "some failed", missed > 0 && "some missed"].filter(Boolean).join(", ");
  if (lacking) return { words: `Adds up, ${lacking}`, tone: "warn", icon: Scale };
  return { words: "Adds up, nothing lost", tone: "ok", icon: CircleCheck };
}
