import { heldWords } from "@/app/_components/status/held-words";
import type { FullDelivery } from "./types";

/** Why the latest attempt failed, and the next step; the reason why it waits, when it has not been tried. */
export function DiagnosisNote({ delivery }: { delivery: FullDelivery }) {
  const { diagnosis } = delivery;
  if (delivery.status === "cancelled") {
    return <Note>It was cancelled before it was delivered. Redeliver it if you still want it.</Note>;
  }
  if (!diagnosis) return delivery.held && <Note>{heldWords[delivery.held].sentence}</Note>;
  return (
    <div className="rounded-[10px] bg-bad-ground px-4 py-3 wrap-anywhere">
      <b className="font-semibold text-bad">{diagnosis.meaning}</b> <span>{diagnosis.next_step}</span>
    </div>
  );
}

function Note({ children }: { children: string }) {
  return <div className="rounded-[10px] bg-warn-ground px-4 py-3">{children}</div>;
}
