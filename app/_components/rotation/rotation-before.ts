import type { RotationBefore } from "@/domain/delivery/diagnosis-rotation";
import type { Rotation } from "./rotation-stage";

/** What the diagnosis of an attempt that failed then has to know of the webhook's rotation. */
export const rotationBefore = (
  rotation: Rotation | null | undefined,
  failedAt: string | null | undefined,
  isTest = false,
): RotationBefore | null =>
  rotation && failedAt
    ? {
        rotatedAt: Date.parse(rotation.rotated_at),
        until: rotation.until === null ? null : Date.parse(rotation.until),
        failedAt: Date.parse(failedAt),
        isTest,
      }
    : null;
