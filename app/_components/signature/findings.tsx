import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { Outputs } from "@/app/_trpc/client";

const looks = {
  ok: { icon: CircleCheck, colour: "text-ok" },
  bad: { icon: CircleAlert, colour: "text-bad" },
  info: { icon: Info, colour: "text-faint" },
};

/** What the helper found, the cause first. */
export function Findings({ findings }: { findings: Outputs["signatures"]["check"] }) {
  return (
    <ul aria-live="polite" aria-label="Findings" className="grid gap-2">
      {findings.map(({ tone, text }) => {
        const { icon: Icon, colour } = looks[tone];
        return (
          <li key={text} className="flex gap-2">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colour}`} />
            <span className="min-w-0 wrap-anywhere">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
