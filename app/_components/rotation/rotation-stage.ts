import type { Outputs } from "@/app/_trpc/client";
import { isSecretRefusal } from "@/domain/webhook/rotation";

export type Webhook = Pick<Outputs["webhooks"]["get"], "status" | "last_delivery_status">;
export type Rotation = NonNullable<Outputs["stats"]["webhook"]["queue"]["rotation"]>;

export type RotationStage = "old" | "switched" | "neither" | "late";

/**
 * How far an endpoint has followed a rotation: it takes the old secret, the new one or neither, while both sign; or it
 * was not seen to take the new one before that signed alone. Null when there is nothing to tell.
 */
export function rotationStage(
  rotation: Rotation | null,
  now: number,
  webhook: Webhook,
): RotationStage | null {
  if (!rotation?.until) return null;
  const isOld = rotation.signs_with === "previous";
  if (Date.parse(rotation.until) <= now) return isOld ? "late" : null;
  if (isRefusing(webhook)) return "neither";
  return isOld ? "old" : "switched";
}

/** What it refuses now may be the secret: the card of a failing webhook says so. */
export const isRefusing = ({ status, last_delivery_status }: Webhook) =>
  status === "failing" && isSecretRefusal(last_delivery_status ?? 0);
