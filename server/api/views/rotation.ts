import { z } from "zod";
import { type Rotation, secretNames } from "@/domain/webhook/rotation";
import { isoTime, nullableIsoTime, timeView } from "./time";

export const rotationView = z.object({
  rotated_at: timeView,
  until: timeView
    .nullable()
    .describe("When the overlap ends or ended, in which the previous secret signs too; null without one"),
  signs_with: z
    .enum(secretNames)
    .describe(
      "The secret that makes X-Signature: during the overlap, what the endpoint was last seen to take",
    ),
  switched_at: timeView
    .nullable()
    .describe("When the endpoint was seen to take the new one and not the other"),
});

/** How far a webhook's receiver has followed the latest change of its secret. */
export const toRotationView = (rotation: Rotation | null): z.infer<typeof rotationView> | null =>
  rotation && {
    rotated_at: isoTime(rotation.rotatedAt),
    until: nullableIsoTime(rotation.until),
    signs_with: rotation.signsWith,
    switched_at: nullableIsoTime(rotation.switchedAt),
  };
