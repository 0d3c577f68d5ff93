import { rotationBefore } from "@/app/_components/rotation/rotation-before";
import { heldWords } from "@/app/_components/status/held-words";
import { diagnose } from "@/domain/delivery/diagnosis";
import type { FullDelivery } from "./types";

/** Why the latest attempt failed, and the next step; the reason why it waits, when it has not been tried. */
export function DiagnosisNote({ delivery }: { delivery: FullDelivery }) {
  const [latest] = delivery.attempts;
  const error = delivery.error ?? latest?.error;
  if (delivery.status === "cancelled") {
    return <Note>It was cancelled before it was delivered. Redeliver it if you still want it.</Note>;
  }
  if (!error) return delivery.held && <Note>{heldWords[delivery.held].sentence}</Note>;
  const { meaning, nextStep } = diagnose({
    error,
    detail: latest?.details?.error_detail ?? null,
    statusCode: latest?.status_code ?? null,
    headers: latest?.response?.headers ?? {},
    url: latest?.details?.url ?? null,
    rotation: rotationBefore(delivery.details?.rotation, latest?.started_at, delivery.is_test),
  });
  return (
    <div className="rounded-[10px] bg-bad-ground px-4 py-3">
      <b className="font-semibold text-bad">{meaning}</b> <span>{nextStep}</span>
    </div>
  );
}

function Note({ children }: { children: string }) {
  return <div className="rounded-[10px] bg-warn-ground px-4 py-3">{children}</div>;
}
