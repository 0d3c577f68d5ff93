import { classNames } from "@/app/_components/ui/class-names";
import type { DifferenceLine } from "./line-difference";

/** A line of a difference: red and − was there before, green and + is there now. */
export function ChangedLine({ kind, text }: DifferenceLine) {
  return (
    <div
      className={classNames(
        "px-3",
        kind === "added" && "bg-ok-ground text-ok",
        kind === "removed" && "bg-bad-ground text-bad",
      )}
    >
      <span className="sr-only">{kind === "same" ? "" : `${kind}: `}</span>
      <span aria-hidden>{{ same: "  ", added: "+ ", removed: "− " }[kind]}</span>
      <span>{text}</span>
    </div>
  );
}
