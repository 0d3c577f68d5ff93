import type { ReactNode } from "react";
import { Badge } from "@/app/_components/ui/badge";
import type { State } from "./states";

/** A state as its badge; `more` follows the word, an age for example. */
export function StateBadge({ state, more }: { state: State; more?: ReactNode }) {
  return (
    <Badge tone={state.tone} icon={state.icon}>
      <span>{state.label}</span>
      {more && <span className="font-normal">{more}</span>}
    </Badge>
  );
}
