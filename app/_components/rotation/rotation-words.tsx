"use client";

import { ClockTime } from "@/app/_components/time/clock-time";
import type { Rotation, RotationStage } from "./rotation-stage";

/** How far the endpoint has followed a rotation, and what is left to do. */
export function RotationWords({ rotation, stage }: { rotation: Rotation; stage: RotationStage }) {
  if (!rotation.until) return null;
  if (stage === "switched")
    return (
      <p className="text-muted">
        <b className="font-semibold text-ink">The new secret leads</b>
        {rotation.switched_at && (
          <span>
            <span> · switched at</span>{" "}
            <ClockTime at={rotation.switched_at} className="whitespace-nowrap text-ink" />
          </span>
        )}
        <span>. The old one signs too until</span>{" "}
        <ClockTime at={rotation.until} className="whitespace-nowrap text-ink" />
        <span>.</span>
      </p>
    );
  if (stage === "late")
    return (
      <p className="text-muted">
        <b className="font-semibold text-ink">Not seen to take the new secret.</b>{" "}
        <span>The old one signed until</span>{" "}
        <ClockTime at={rotation.until} className="whitespace-nowrap text-ink" />
        <span>
          ; only the new one signs now. Give it to your endpoint, or rotate again and copy the one that is
          shown; then recover what failed.
        </span>
      </p>
    );
  if (stage === "neither")
    return (
      <p className="text-muted">
        <b className="font-semibold text-ink">Refuses what either secret signs.</b>{" "}
        <span>Both sign until</span> <ClockTime at={rotation.until} className="whitespace-nowrap text-ink" />
        <span>: check which one your endpoint has.</span>
      </p>
    );
  return (
    <p className="text-muted">
      <b className="font-semibold text-ink">The old secret leads.</b> <span>Both sign until</span>{" "}
      <ClockTime at={rotation.until} className="whitespace-nowrap text-ink" />
      <span>
        : give your endpoint the new one before then. The first request that it refuses comes again at once
        with the new one, which leads from there on. An endpoint that takes both shows no switch.
      </span>
    </p>
  );
}
