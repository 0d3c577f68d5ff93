import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type Tone = "ok" | "bad" | "warn" | "off";

const grounds: Record<Tone, string> = {
  ok: "bg-ok-ground text-ok",
  bad: "bg-bad-ground text-bad",
  warn: "bg-warn-ground text-warn",
  off: "bg-off-ground text-off",
};

/** A state as colour, icon and word, so that none of them has to be seen alone. */
export function Badge({ tone, icon: Icon, children }: { tone: Tone; icon: LucideIcon; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 rounded-full py-px pr-2.5 pl-2 text-[0.78125rem] leading-5 font-medium whitespace-nowrap",
        grounds[tone],
      )}
    >
      <Icon aria-hidden className="size-3" strokeWidth={2.5} />
      <span className="contents">{children}</span>
    </span>
  );
}
