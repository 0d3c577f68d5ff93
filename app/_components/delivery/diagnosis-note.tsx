import { rotationBefore } from "@/app/_components/rotation/rotation-before";
import { diagnose } from "@/domain/delivery/diagnosis";
import type { FullDelivery } from "./types";

/** Why the latest attempt failed, and the next step; the reason why it waits, when it has not been tried. */
export function DiagnosisNote({ delivery }: { delivery: FullDelivery }) {
  const [latest] = delivery.attempts;
  const error = delivery.error ?? latest?.error;
  if (delivery.status === "cancelled") {
    return <Note>It was cancelled before it was delivered. Redeliver it if you still want it.</Note>;
  }
  if (!error) return waitingNote(delivery);
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

function waitingNote({ details, status }: FullDelivery) {
  if (status !== "pending") return null;
  if (details?.held === "inactive") {
    return <Note>It is held because the webhook is switched off, and goes out once it is on again.</Note>;
  }
  if (details?.held === "breaker") {
    return (
      <Note>
        It is held behind a probe: the endpoint failed too often. It goes out once the endpoint answers; “Send
        now” makes it the next probe.
      </Note>
    );
  }
  return null;
}

function Note({ children }: { children: string }) {
  return <div className="rounded-[10px] bg-warn-ground px-4 py-3">{children}</div>;
}
