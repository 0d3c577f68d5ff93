"use client";

import { useNow } from "@/app/_components/time/now";
import { Card } from "@/app/_components/ui/card";
import { isRefusing, type Rotation, rotationStage, type Webhook } from "./rotation-stage";
import { RotationWords } from "./rotation-words";

/** While a rotation is under way, or was missed: how far the endpoint has followed it. */
export function RotationCard({ webhook, rotation }: { webhook: Webhook; rotation: Rotation | null }) {
  const stage = rotationStage(rotation, useNow(), webhook);
  if (!rotation || stage === null || isRefusing(webhook)) return null;
  return (
    <section aria-label="Rotation" className="mb-4">
      <Card tone={stage === "late" ? "bad" : undefined}>
        <RotationWords rotation={rotation} stage={stage} />
      </Card>
    </section>
  );
}
