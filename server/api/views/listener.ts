import { z } from "zod";
import { isAway, type Listener, listenerExpiry } from "@/domain/webhook/listener";
import { isoTime, timeView } from "./time";

export const listenerView = z
  .object({
    name: z.string(),
    forwards_to: z.string().describe("Where the program that listens sends what it takes"),
    is_connected: z.boolean().describe("Whether a program listens now; else what comes waits for it"),
    last_heard_at: timeView.describe("When a program last asked for something"),
    expires_at: timeView.describe("When it is deleted unless a program listens before"),
  })
  .meta({ id: "Listener" });

export function toListenerView(listener: Listener, now: number): z.infer<typeof listenerView> {
  return {
    name: listener.name,
    forwards_to: listener.forwardsTo,
    is_connected: !isAway(listener.heardAt, now),
    last_heard_at: isoTime(listener.heardAt),
    expires_at: isoTime(listenerExpiry(listener)),
  };
}
